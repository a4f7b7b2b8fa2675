/** The same as http-full on plain Express 5 with body-parser, as its guide has it. */
import bodyParser from 'body-parser';
import express from 'express';
import { answer } from './answer.mjs';
import { ready } from './ready.mjs';

const app = express();
app.use(bodyParser.urlencoded({ extended: false }));
app.use(bodyParser.json());
app.all('/billing/api/did_create', (req, res) => {
  res.type('text/xml').send(answer(req.method, (name) => req.query[name] ?? req.body?.[name]));
});
const server = app.listen(0, '127.0.0.1', () => ready(server));
