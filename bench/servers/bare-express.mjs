/** Express with one route: what a start of any Express server costs. */
import express from 'express';
import { ready } from './ready.mjs';

const app = express();
app.all('/billing/api/did_create', (req, res) => {
  res.type('text/xml').send('<page/>\n');
});
const server = app.listen(0, '127.0.0.1', () => ready(server));
