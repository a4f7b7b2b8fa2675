/** How a body comes: in pieces, cut off, read by somebody else before, or of another length than its Content-Length. */
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { setTimeout as moment } from 'node:timers/promises';
import express from 'express';
import request from 'supertest';
import { createMockMor, type MockMor } from '../../src/index.ts';
import { connected } from '../support/raw-socket.ts';

const PATH = '/billing/api/did_create';
const FORM = 'application/x-www-form-urlencoded';
const HEAD = `POST ${PATH} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n`;
const NOT_WHOLE = 'the body did not come whole, or is not packed as its Content-Encoding says';

let mor: MockMor;
beforeEach(async () => {
  mor = await createMockMor();
});
afterEach(() => mor.close());

test.each<[title: string, head: string, pieces: readonly string[]]>([
  ['with a Content-Length', 'Content-Length: 8\r\n\r\n', ['u=no', 'bo', 'dy']],
  ['in chunks', 'Transfer-Encoding: chunked\r\n\r\n', ['4\r\nu=no\r\n', '4\r\nbody', '\r\n0\r\n\r\n']],
])('in pieces, %s', async (_, head, pieces) => {
  const { socket, ended } = await connected(await mor.listen());
  for (const piece of [HEAD + head, ...pieces]) {
    socket.write(piece);
    await moment(10);
  }
  expect((await ended).bytes).toContain('Access Denied');
  expect(mor.requests().requests).toMatchObject([{ params: [{ name: 'u', value: 'nobody', from: 'form' }] }]);
});

test.each([
  ['with a Content-Length', 'Content-Length: 8\r\n\r\nu=no'],
  ['in chunks', 'Transfer-Encoding: chunked\r\n\r\n4\r\nu=no\r\n'],
])('a client that leaves in the middle, %s: the journal says so, and nothing was read', async (_, bytes) => {
  const { socket, ended } = await connected(await mor.listen());
  socket.write(HEAD + bytes);
  await moment(20);
  socket.destroy();
  await ended;
  while (mor.requests({ state: 'pending' }).requests.length > 0 || mor.requests().requests.length === 0) await moment(5);
  expect(mor.requests().requests).toMatchObject([{ state: 'aborted', params: [], outcome: NOT_WHOLE, answer: null }]);
});

test('what somebody has read and thrown away is no body', async () => {
  const app = express();
  app.use((req, _res, next) => {
    req.resume().once('end', next);
  });
  app.use(mor.handler);
  expect((await request(app).post(PATH).type(FORM).send('u=admin')).text).toContain('Access Denied');
});

test.each(['u=nobod', 'u=nobodyy'])('a request that was made by hand and holds %j, other than it says, is refused', async (body) => {
  const req = new IncomingMessage(new Socket());
  Object.assign(req, { method: 'POST', url: PATH, headers: { 'content-type': FORM, 'content-length': '8' } });
  const res = new ServerResponse(req);
  mor.handler(req, res);
  req.push(body);
  req.push(null);
  while (!res.writableEnded) await moment(1);
  expect(res.statusCode).toBe(400);
  expect(mor.requests().requests).toMatchObject([{ params: [], outcome: NOT_WHOLE }]);
});
