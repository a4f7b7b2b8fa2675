/** What the server bears: sizes, numbers and times, each with what is said beyond it. */
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { connect } from 'node:net';
import { createMockMor, type MockMor, type MockMorOptions } from '../../src/index.ts';
import type { RawRequest } from '../../src/contract/exchange.ts';
import { connected, overOneConnection } from '../support/raw-socket.ts';
import { send } from '../support/send.ts';

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';
const MULTIPART = 'multipart/form-data; boundary=b';
const POST = 'POST /billing/api/did_create HTTP/1.1\r\nHost: x\r\n';

const partsOf = (count: number): string => '--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n\r\n'.repeat(count) + '--b--\r\n';
const membersOf = (count: number): string => `{${Array.from({ length: count }, (_, i) => `"k${String(i)}":0`).join(',')}}`;

async function overServer<T>(options: MockMorOptions, use: (url: string, mor: MockMor) => Promise<T>): Promise<T> {
  const mor = await createMockMor(options);
  try {
    return await use(await mor.listen(), mor);
  } finally {
    await mor.close();
  }
}

describe('the number of parameters', () => {
  let mor: MockMor;
  beforeAll(async () => {
    mor = await createMockMor({ maxParameters: 3 });
  });

  it.each<[title: string, request: RawRequest]>([
    ['query', { query: 'a=1&b=2&c' }],
    ['form', { type: FORM, body: 'a=1&b=2&c' }],
    ['form with a loose &', { type: FORM, body: 'a=1&b=2&c&' }],
    ['multipart', { type: MULTIPART, body: partsOf(3) }],
    ['JSON', { type: JSON_TYPE, body: membersOf(3) }],
    ['JSON with colons in its texts', { type: JSON_TYPE, body: '{"a":"::::\\"::::\\\\","b:::::":0,"c":1}' }],
    ['query and body together', { query: 'a', type: FORM, body: 'b&c' }],
  ])('as many as there may be, in %s', async (_, request) => {
    expect(await send(mor, request)).toMatchObject({ status: 200 });
  });

  it.each<[title: string, request: RawRequest]>([
    ['query', { query: 'a=1&b=2&c&d' }],
    ['query, empty ones too', { query: '&&&&' }],
    ['form', { type: FORM, body: 'a=1&b=2&c&d' }],
    ['multipart', { type: MULTIPART, body: partsOf(4) }],
    ['JSON', { type: JSON_TYPE, body: membersOf(4) }],
    ['JSON that repeats one', { type: JSON_TYPE, body: '{"a":1,"a":1,"a":1,"a":1}' }],
    ['JSON in an inner object', { type: JSON_TYPE, body: '{"a":{"b":1,"c":1,"d":1}}' }],
    ['query and form together', { query: 'a&b', type: FORM, body: 'c&d' }],
    ['query and JSON together', { query: 'a&b', type: JSON_TYPE, body: '{"c":1,"d":1}' }],
  ])('one more than there may be, in %s', async (_, request) => {
    expect(await send(mor, request)).toMatchObject({
      status: 413,
      type: 'text/plain; charset=utf-8',
      body: 'mock-mor: the request has more than 3 parameters; send fewer, or allow more with --max-parameters\n',
    });
  });

  it('holds in the admin API', async () => {
    for (const path of ['/__admin/dids', '/__admin/explain']) {
      const answer = await send(mor, { method: path.endsWith('dids') ? 'GET' : 'POST', path, query: 'a&b&c&d' });
      expect([answer.status, answer.body]).toEqual([413, expect.stringContaining('"code":"PARAMETERS_TOO_MANY"')]);
    }
  });
});

/** Bodies at the limit of bytes that once took a tenth of a second and more, each. */
const FLOODS: readonly (readonly [title: string, type: string, body: string])[] = [
  ['a form of half a million names', FORM, 'a&'.repeat(524_000)],
  ['a form of lists', FORM, 'a[]=&'.repeat(200_000)],
  ['JSON of 100,000 members', JSON_TYPE, membersOf(95_000)],
  ['JSON that repeats a member 200,000 times', JSON_TYPE, `{${'"":0,'.repeat(209_000)}"a":1}`],
  ['JSON of numbers as names', JSON_TYPE, `{${Array.from({ length: 70_000 }, (_, i) => `"${String(i * 65536)}":0`).join(',')}}`],
  ['multipart of 18,000 parts', MULTIPART, partsOf(18_000)],
];

it.each(FLOODS)('%s is refused', async (_, type, body) => {
  const mor = await createMockMor();
  expect(body.length).toBeLessThan(1_048_576);
  expect(await send(mor, { type, body })).toMatchObject({
    status: 413,
    body: expect.stringMatching(/^mock-mor: the request has more than 1000 /),
  });
});

it('a content type as long as the headers may be is refused, and costs no square of its length', async () => {
  const mor = await createMockMor();
  const before = process.cpuUsage();
  const answer = await send(mor, { type: `${FORM}; charset="${' '.repeat(15_000)}"`, body: 'u=a' });
  const { user, system } = process.cpuUsage(before);
  expect(answer.status).toBe(415);
  expect(answer.body.length).toBeLessThan(400);
  expect((user + system) / 1000).toBeLessThan(100);
});

describe('packed bodies', () => {
  const BOMB_BYTES = 100_000_000;
  const brotli = (bytes: Buffer): Buffer => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotli],
  ] as const)('a bomb of 100 MB in %s is refused, and never unpacked whole', async (encoding, pack) => {
    const bomb = pack(Buffer.alloc(BOMB_BYTES));
    expect(bomb.length).toBeLessThan(1_048_576);
    await overServer({}, async (url) => {
      const head = `${POST}Connection: close\r\nContent-Type: ${FORM}\r\nContent-Encoding: ${encoding}\r\nContent-Length: ${String(bomb.length)}\r\n\r\n`;
      const before = process.memoryUsage.rss();
      const answers = await Promise.all(Array.from({ length: 5 }, () => overOneConnection(url, Buffer.concat([Buffer.from(head), bomb]))));
      for (const [answer] of answers) expect(answer).toMatchObject({ statusLine: 'HTTP/1.1 413 Payload Too Large' });
      // Five at once unpacked whole would be 500 MB.
      expect(process.memoryUsage.rss() - before).toBeLessThan(150_000_000);
    });
  });
});

describe('bodies without a length', () => {
  it('one that never ends is refused at the limit, not when its sender is tired', async () => {
    await overServer({}, async (url) => {
      const client = await connected(url);
      client.socket.write(`${POST}Transfer-Encoding: chunked\r\n\r\n`);
      const chunk = Buffer.from(`10000\r\n${'a'.repeat(65_536)}\r\n`);
      let sent = 0;
      const more = (): void => {
        while (sent < 1000 && client.socket.writable) {
          sent += 1;
          if (!client.socket.write(chunk)) return;
        }
      };
      client.socket.on('drain', more);
      more();
      expect((await client.ended).bytes).toMatch(
        /^HTTP\/1\.1 413 [\s\S]*mock-mor: the body has more than 1048576 bytes; allow more with --max-body-bytes\n$/,
      );
    });
  });

  it('one that is coded as more than chunks is refused: nobody would decode it', async () => {
    await overServer({}, async (url) => {
      const [answer] = await overOneConnection(
        url,
        `${POST}Connection: close\r\nTransfer-Encoding: gzip, chunked\r\n\r\n8\r\nu=nobody\r\n0\r\n\r\n`,
      );
      expect(answer).toMatchObject({
        statusLine: 'HTTP/1.1 415 Unsupported Media Type',
        body: 'mock-mor: the transfer encoding "gzip, chunked" is not read here; allowed: chunked\n',
      });
    });
  });
});

it('a request that asks for another protocol is answered, and its connection ended: Node would lose what comes behind it', async () => {
  await overServer({}, async (url) => {
    const upgrade = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n';
    const asked = `${POST}${upgrade}Content-Length: 8\r\n\r\nu=nobody`;
    const answers = await overOneConnection(url, `${asked}${POST}Content-Length: 0\r\n\r\n`);
    expect(answers).toEqual([
      expect.objectContaining({ statusLine: 'HTTP/1.1 200 OK', headers: expect.objectContaining({ connection: 'close' }) }),
    ]);
  });
});

describe('headers', () => {
  it.each([
    [1000, 200, 200],
    [1000, 2000, 431],
  ])('of %i bytes, where %i more are sent: %i', async (maxHeaderBytes, length, status) => {
    await overServer({ maxHeaderBytes }, async (url) => {
      const [answer] = await overOneConnection(url, `${POST}Connection: close\r\nX: ${'x'.repeat(length)}\r\nContent-Length: 0\r\n\r\n`);
      expect(answer?.statusLine).toMatch(`HTTP/1.1 ${String(status)}`);
      if (status === 431) expect(answer?.body).toContain('more than 1000 bytes');
    });
  });

  it('the three thousandth counts as much as the first', async () => {
    await overServer({}, async (url) => {
      const many = Array.from({ length: 3000 }, (_, i) => `a${String(i)}: b\r\n`).join('');
      const [answer] = await overOneConnection(
        url,
        `${POST}Connection: close\r\n${many}X-Mock-Mor-Sandbox: nobodys\r\nContent-Length: 0\r\n\r\n`,
      );
      expect(answer).toMatchObject({
        statusLine: 'HTTP/1.1 404 Not Found',
        body: expect.stringContaining('there is no sandbox "nobodys"'),
      });
    });
  });
});

describe('times', () => {
  const LATE = 'HTTP/1.1 408 Request Timeout';

  it.each<[title: string, options: MockMorOptions, sent: string]>([
    ['half a head', { headersTimeoutMs: 100 }, POST],
    ['no byte', { headersTimeoutMs: 100 }, ''],
    ['half a line, as of HTTP/0.9', { headersTimeoutMs: 100 }, 'GET /\r\n'],
    ['half a body', { requestTimeoutMs: 100 }, `${POST}Content-Length: 10\r\n\r\nu=a`],
    ['half a chunk', { requestTimeoutMs: 100 }, `${POST}Transfer-Encoding: chunked\r\n\r\n5\r\nu=`],
    ['a head that may take longer than the request', { headersTimeoutMs: 60_000, requestTimeoutMs: 100 }, POST],
  ])('%s is ended with 408 when its time is over', async (_, options, sent) => {
    await overServer(options, async (url) => {
      const [answer] = await overOneConnection(url, sent);
      expect(answer).toMatchObject({ statusLine: LATE, body: 'mock-mor: the request did not come whole in time\n' });
    });
  });

  it('a head that comes a byte at a time gets no more time than another', async () => {
    await overServer({ headersTimeoutMs: 150 }, async (url) => {
      const client = await connected(url);
      const drip = setInterval(() => client.socket.write('x'), 10);
      client.socket.write(`${POST}X: `);
      expect((await client.ended).bytes).toContain(LATE);
      clearInterval(drip);
    });
  });

  it('a connection at rest is ended without a word', async () => {
    await overServer({ keepAliveTimeoutMs: 100 }, async (url) => {
      const client = await connected(url);
      client.socket.write(`${POST}Content-Length: 0\r\n\r\n`);
      const { bytes, end } = await client.ended;
      expect([bytes.match(/HTTP\/1\.1/g)?.length, end]).toEqual([1, 'end']);
    });
  });

  it('a connection whose answer is not read is ended, and its memory let go', async () => {
    await overServer({ keepAliveTimeoutMs: 100, journalBytes: 1e9 }, async (url, mor) => {
      // More than the system holds for a client that does not read.
      mor.addFault({ http: { status: 200, body: 'x'.repeat(30_000_000) } });
      const client = await connected(url);
      client.socket.pause();
      client.socket.write(`${POST}Content-Length: 0\r\n\r\n`);
      const { requests, complete } = await mor.waitForRequests({ state: 'aborted' });
      expect([requests.length, complete]).toEqual([1, true]);
      client.socket.destroy();
    });
  });
});

describe('what is refused in the middle of a connection', () => {
  it('waits for the answers to what came before it', async () => {
    await overServer({}, async (url, mor) => {
      mor.addFault({ delay_ms: 50 });
      const answers = await overOneConnection(
        url,
        `${POST}Content-Length: 8\r\n\r\nu=nobody${POST}Content-Length: 8\r\n\r\nu=nobodyGARBAGE\r\n\r\n`,
      );
      expect(answers.map(({ statusLine }) => statusLine)).toEqual(['HTTP/1.1 200 OK', 'HTTP/1.1 200 OK', 'HTTP/1.1 400 Bad Request']);
    });
  });

  it('stands in its turn where the fault is in the body of the second', async () => {
    await overServer({}, async (url, mor) => {
      mor.addFault({ delay_ms: 50 });
      const answers = await overOneConnection(
        url,
        `${POST}Content-Length: 8\r\n\r\nu=nobody${POST}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
      );
      expect(answers.map(({ statusLine }) => statusLine)).toEqual(['HTTP/1.1 200 OK', 'HTTP/1.1 400 Bad Request']);
    });
  });

  it('requests behind an answer that its client lost are lost too, and hold no stop up', async () => {
    await overServer({}, async (url, mor) => {
      mor.addFault({ connection: 'hang' });
      mor.addFault({ delay_ms: 600_000 });
      const client = await connected(url);
      client.socket.write(`${POST}Content-Length: 8\r\n\r\nu=nobody`.repeat(3));
      await mor.waitForRequests({ outcome: 'Access Denied', state: 'pending' });
      client.socket.destroy();
      const { requests } = await mor.waitForRequests({ state: 'aborted' }, { count: 3 });
      expect(requests.map(({ outcome }) => outcome)).toEqual(['fault 1: connection hang', null, 'Access Denied']);
      const before = performance.now();
      await mor.close();
      expect(performance.now() - before).toBeLessThan(900);
    });
  });

  it('never stands in the middle of an answer', async () => {
    await overServer({}, async (url, mor) => {
      mor.addFault({ connection: 'drip', drip_ms: 1 });
      const client = await connected(url);
      client.socket.write(`${POST}Content-Length: 8\r\n\r\nu=nobody`);
      await client.received(/<page>/);
      client.socket.write('GARBAGE\r\n\r\n');
      const { bytes } = await client.ended;
      expect(bytes).toMatch(/<\/page>\nHTTP\/1\.1 400 Bad Request/);
    });
  });

  it('a client that was refused and stays is let go', async () => {
    await overServer({}, async (url) => {
      const { hostname, port } = new URL(url);
      const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
      const closed = new Promise<void>((resolve) => socket.once('error', () => resolve()).once('close', () => resolve()));
      socket.write('GARBAGE\r\n\r\n');
      socket.on('data', () => undefined);
      const chatter = setInterval(() => socket.write('more'), 20);
      await closed;
      clearInterval(chatter);
      socket.destroy();
    });
  });
});
