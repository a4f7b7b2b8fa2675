/** Bare `node:http` that does what a call needs and nothing else: the measure of all figures. */
import { createServer } from 'node:http';
import { URLSearchParams } from 'node:url';
import { Buffer } from 'node:buffer';
import { answer } from './answer.mjs';
import { ready } from './ready.mjs';

const server = createServer((req, res) => {
  const at = req.url.indexOf('?');
  const query = at < 0 ? '' : req.url.slice(at + 1);
  let body = '';
  req.setEncoding('utf8');
  req.on('data', (chunk) => (body += chunk));
  req.on('end', () => {
    let get;
    if (body === '') {
      const params = new URLSearchParams(query);
      get = (name) => params.get(name);
    } else if (req.headers['content-type'] === 'application/json') {
      const params = JSON.parse(body);
      get = (name) => params[name];
    } else {
      const params = new URLSearchParams(body);
      get = (name) => params.get(name);
    }
    const xml = answer(req.method, get);
    res.writeHead(200, { 'Content-Type': 'text/xml; charset=utf-8', 'Content-Length': Buffer.byteLength(xml) });
    res.end(xml);
  });
});
server.listen(0, '127.0.0.1', () => ready(server));
