/** A target or a client that fails: the client gets a plain answer, nothing is sent twice, and nothing hangs. */
import { once } from 'node:events';
import { request as httpRequest, type ClientRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { errorXml, successXml } from '../../src/contract/expected-xml.ts';
import { signed } from '../../src/contract/signed.ts';
import { carried } from '../../src/contract/transports.ts';
import { afterwards, answerXml, readBytes, realServer, sendTo, shadowed } from './shadowed.ts';

const WORLD = {
  settings: { api_secret_key: 'secret' },
  users: [{ id: 0, username: 'admin', type: 'admin' as const }],
  providers: [{ id: 1 }],
};

const GOOD = carried(signed({ u: 'admin', provider_id: '1', did: '370' }), 'form');

/** A target of bare connections, which counts the requests that come in on them. */
async function bareTarget(onRequest: (socket: Socket) => void): Promise<{ readonly url: string; count(): number }> {
  let count = 0;
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      count += 1;
      onRequest(socket);
    });
    sockets.push(socket);
  });
  const sockets: Socket[] = [];
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterwards(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, count: () => count };
}

function begun(url: string): ClientRequest {
  const call = httpRequest(`${url}/billing/api/did_create`, {
    method: 'POST',
    agent: false,
    headers: { 'Content-Type': GOOD.type, 'Content-Length': GOOD.body?.length },
  });
  call.on('error', () => undefined);
  return call;
}

describe('the target', () => {
  test('is down -> 502 of the mock, not judged', async () => {
    const { url: target, server } = await realServer(() => undefined);
    await new Promise<void>((resolve) => void server.close(() => resolve()));
    const { url, verdicts } = await shadowed(target, WORLD);
    expect(await sendTo(url, GOOD)).toMatchObject({
      status: 502,
      type: 'text/plain; charset=utf-8',
      body: 'mock-mor: the target cannot be reached: ECONNREFUSED\n',
    });
    expect(await verdicts()).toMatchObject([{ level: 'warn', verdict: 'not judged', did: '370' }]);
  });

  test('has no address -> 502 of the mock', async () => {
    const { url } = await shadowed('http://nowhere.invalid', WORLD);
    expect(await sendTo(url, GOOD)).toMatchObject({
      status: 502,
      body: expect.stringMatching(/^mock-mor: the target cannot be reached: E[A-Z_]+\n$/),
    });
  });

  test('does not answer in time -> 504 of the mock, and its connection is ended', async () => {
    let closed: Promise<unknown> = Promise.resolve();
    const target = await bareTarget((socket) => {
      closed = once(socket, 'close');
    });
    const { url, verdicts } = await shadowed(target.url, WORLD, { targetTimeoutMs: 200 });
    expect(await sendTo(url, GOOD)).toMatchObject({ status: 504, body: 'mock-mor: the target did not answer within 200 ms\n' });
    await closed;
    expect(await verdicts()).toMatchObject([{ verdict: 'not judged', outcome: 'the target did not answer within 200 ms' }]);
  });

  test('has not reported all of its answer in time -> the connection ends there', async () => {
    const target = await bareTarget((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<page>'));
    const { url, verdicts } = await shadowed(target.url, WORLD, { targetTimeoutMs: 300 });
    await expect(sendTo(url, GOOD)).rejects.toThrow(/aborted/);
    expect(await verdicts()).toMatchObject([{ verdict: 'not judged' }]);
  });

  test.each<[what: string, bytes: string, why: RegExp]>([
    ['hangs up', '', /^mock-mor: the target cannot be reached: (?:ECONNRESET|socket hang up)\n$/],
    ['speaks no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n', /^mock-mor: the target cannot be reached: HPE_[A-Z_]+\n$/],
    ['changes the protocol', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n', /^mock-mor: the target /],
    ['has a status that is none', 'HTTP/1.1 099 Odd\r\nContent-Length: 0\r\n\r\n', /^mock-mor: the target/],
  ])('%s -> 502 of the mock, and the request is not sent again', async (_, bytes, why) => {
    const target = await bareTarget((socket) => socket.end(bytes));
    const { url, verdicts } = await shadowed(target.url, WORLD);
    expect(await sendTo(url, GOOD)).toMatchObject({ status: 502, body: expect.stringMatching(why) });
    expect(await verdicts()).toMatchObject([{ verdict: 'not judged' }]);
    expect(target.count()).toBe(1);
  });

  test('hangs up in the middle of its answer -> so does the shadow', async () => {
    const target = await bareTarget((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<page>'));
    const { url, verdicts } = await shadowed(target.url, WORLD);
    await expect(sendTo(url, GOOD)).rejects.toThrow(/aborted/);
    expect(await verdicts()).toMatchObject([{ verdict: 'not judged', outcome: expect.stringContaining('broke off') }]);
    expect(target.count()).toBe(1);
  });

  test('hangs up after each answer -> every request is served', async () => {
    const target = await bareTarget((socket) =>
      socket.end(`HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n${errorXml('Access Denied')}`),
    );
    const { url } = await shadowed(target.url, WORLD);
    for (let i = 0; i < 20; i++) expect((await sendTo(url, { query: 'u=a' })).status).toBe(200);
    expect(target.count()).toBe(20);
  });

  test('answers before the request is whole -> the client gets the answer', async () => {
    const { url: target } = await realServer((_request, response) => answerXml(response, errorXml('Access Denied')));
    const { url, verdicts } = await shadowed(target, WORLD);
    const call = begun(url);
    call.write('u=');
    const [answer] = (await once(call, 'response')) as [IncomingMessage];
    expect((await readBytes(answer)).toString()).toBe(errorXml('Access Denied'));
    expect(await verdicts()).toMatchObject([{ verdict: 'not judged', outcome: 'the answer came before the request was whole' }]);
    call.destroy();
  });

  test('and what is still to come of such a request holds up none that follows', async () => {
    const answers = [errorXml('Access Denied'), errorXml('DID already exists')];
    const { url: target } = await realServer((_request, response) => answerXml(response, answers.shift() ?? ''));
    const { url, verdicts } = await shadowed(target, WORLD);
    const body = GOOD.body ?? '';
    const head = (last: string): string =>
      `POST /billing/api/did_create HTTP/1.1\r\nHost: x\r\n${last}Content-Type: ${GOOD.type ?? ''}\r\nContent-Length: ${String(body.length)}\r\n\r\n`;
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.write(head('') + body.slice(0, 5));
    await once(socket, 'data');
    socket.write(`${body.slice(5)}${head('Connection: close\r\n')}${body}`);
    for await (const _ of socket);
    expect((await verdicts()).map(({ verdict, request_id }) => [request_id, verdict])).toEqual([
      ['1', 'not judged'],
      ['2', 'different'],
    ]);
  });

  test.each([502, 503, 504])('is not reached by its own proxy, which says %i -> passed back, not judged', async (status) => {
    const { url: target } = await realServer((_request, response) => {
      response.writeHead(status, { 'Content-Type': 'text/html' });
      response.end('<html><h1>Bad luck</h1></html>');
    });
    const { url, verdicts } = await shadowed(target, WORLD);
    expect(await sendTo(url, GOOD)).toMatchObject({ status, type: 'text/html', body: '<html><h1>Bad luck</h1></html>' });
    expect(await verdicts()).toMatchObject([
      { verdict: 'not judged', outcome: 'MOR was not reached by what stands in front of it', status },
    ]);
  });
});

describe('the client', () => {
  test('goes away while it waits -> so does the request to the target', async () => {
    let arrived = (): void => undefined;
    const came = new Promise<void>((resolve) => (arrived = resolve));
    let closed: Promise<unknown> = Promise.resolve();
    const { url: target } = await realServer((request: IncomingMessage, response: ServerResponse) => {
      request.resume();
      closed = once(response, 'close');
      arrived();
    });
    const { url, verdicts } = await shadowed(target, WORLD);
    const call = begun(url);
    call.end(GOOD.body);
    await came;
    call.destroy();
    await closed;
    expect(await verdicts()).toMatchObject([{ verdict: 'not judged', outcome: 'the connection to the client ended', did: '370' }]);
  });

  test('goes away in the middle of its request -> so does the request to the target', async () => {
    const ends: unknown[] = [];
    let arrived = (): void => undefined;
    const came = new Promise<void>((resolve) => (arrived = resolve));
    let closed: Promise<unknown> = Promise.resolve();
    const { url: target } = await realServer((request: IncomingMessage, response) => {
      request.on('error', () => undefined);
      request.once('data', arrived);
      request.on('end', () => ends.push(request.url));
      closed = once(response, 'close');
    });
    const { url, verdicts } = await shadowed(target, WORLD);
    const call = begun(url);
    call.write('u=admin');
    await came;
    call.destroy();
    await closed;
    expect(ends).toEqual([]);
    expect(await verdicts()).toMatchObject([{ verdict: 'not judged', did: undefined }]);
  });

  test('goes away in the middle of an answer -> so does the answer of the target, and the next client is served', async () => {
    let closed: Promise<unknown> = Promise.resolve();
    const { url: target } = await realServer((request, response) => {
      request.resume();
      closed = once(response, 'close');
      response.writeHead(200, { 'Content-Length': 50_000_000 });
      response.write('x'.repeat(5_000_000));
    });
    const { url, verdicts } = await shadowed(target, WORLD);
    for (let i = 0; i < 2; i++) {
      const call = begun(url);
      call.end(GOOD.body);
      const [answer] = (await once(call, 'response')) as [IncomingMessage];
      answer.on('error', () => undefined);
      await once(answer, 'data');
      call.destroy();
      await closed;
    }
    expect(await verdicts()).toMatchObject([
      { verdict: 'not judged', outcome: 'the connection to the client ended' },
      { verdict: 'not judged', outcome: 'the connection to the client ended' },
    ]);
  });

  test('reads slowly -> it gets all of it, though the target is long gone', async () => {
    const body = 'x'.repeat(3_000_000);
    const { url: target } = await realServer((_request, response) => response.end(body));
    const { url } = await shadowed(target, WORLD);
    const call = begun(url);
    call.end(GOOD.body);
    const [answer] = (await once(call, 'response')) as [IncomingMessage];
    answer.pause();
    // Another request goes all the way meanwhile.
    await sendTo(url, GOOD);
    expect((await readBytes(answer)).length).toBe(body.length);
  });
});

describe('a request that was lost', () => {
  test('and carried out all the same explains that the number exists', async () => {
    let isDown = true;
    const { url: target } = await realServer((request, response) => {
      request.resume();
      if (isDown) response.destroy();
      else answerXml(response, errorXml('DID already exists'));
    });
    const { url, verdicts, entries } = await shadowed(target, WORLD);
    await sendTo(url, GOOD);
    isDown = false;
    await sendTo(url, GOOD);
    await sendTo(url, GOOD);
    expect((await verdicts()).map(({ verdict }) => verdict)).toEqual(['not judged', 'same', 'same']);
    expect(entries[1]?.message).toContain('request 1, which got no answer, was carried out');
    expect(entries[2]?.message).not.toContain('carried out');
  });

  test('and not carried out explains nothing', async () => {
    const answers = [undefined, successXml(7), errorXml('DID already exists'), errorXml('DID already exists')];
    const { url: target } = await realServer((request, response) => {
      request.resume();
      const answer = answers.shift();
      if (answer === undefined) response.destroy();
      else answerXml(response, answer);
    });
    const { url, verdicts } = await shadowed(target, WORLD);
    await sendTo(url, GOOD);
    await sendTo(url, GOOD);
    await sendTo(url, GOOD);
    const other = carried(signed({ u: 'admin', provider_id: '1', did: '371' }), 'form');
    await sendTo(url, other);
    expect((await verdicts()).map(({ verdict }) => verdict)).toEqual(['not judged', 'same', 'same', 'different']);
  });
});
