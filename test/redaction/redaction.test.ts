/** No secret that comes in, in whatever way, gets out in any. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXPLAIN } from '../../src/cli/explain.ts';
import { createLogger, type LogStream } from '../../src/cli/logger.ts';
import { DEFAULT_PATH, formatTarget } from '../../src/contract/exchange.ts';
import { readParams } from '../../src/http/read-params.ts';
import { callNameIn, decodedName } from '../../src/http/vendor-path.ts';
import { createMockMor, type LogEntry, type MockMor } from '../../src/index.ts';
import { StateStore } from '../../src/world/store.ts';
import { ownFolder, realMock, realServer, sendTo, shadowed } from '../shadow/shadowed.ts';
import { send } from '../support/send.ts';
import { TRACES_OF_SECRETS, WAYS_IN, WORLD } from './ways-in.ts';

/** Texts by the ways they got out. */
type Out = Readonly<Record<string, string>>;

/** What of the secrets is in some texts. */
function leaksIn(out: Out): readonly string[] {
  return Object.entries(out).flatMap(([way, text]) =>
    TRACES_OF_SECRETS.filter((trace) => text.includes(trace)).map((trace) => {
      const at = text.indexOf(trace);
      return `${way}: …${text.slice(Math.max(0, at - 60), at + 40)}…`;
    }),
  );
}

/** Entries of a log as fields, and as lines in both formats. */
async function logLines(entries: readonly LogEntry[]): Promise<Out> {
  const lines = { json: '', pretty: '' };
  for (const format of ['json', 'pretty'] as const) {
    const stream: LogStream = { writableLength: 0, write: (text) => ((lines[format] += String(text)), true) };
    const log = await createLogger(stream, format);
    for (const entry of entries) log(entry);
  }
  return { 'log entries': JSON.stringify(entries), 'log as JSON': lines.json, 'log for people': lines.pretty };
}

/** All that a mock keeps of the requests so far. */
async function kept(mor: MockMor): Promise<Out> {
  const got = async (path: string): Promise<string> => (await send(mor, { method: 'GET', path: `/__admin/${path}` })).body;
  const ids = mor.requests().requests.map(({ id }) => id);
  return {
    list: JSON.stringify(mor.requests()),
    entries: JSON.stringify(ids.map((id) => mor.request(id))),
    'list by HTTP': await got('requests'),
    'entries by HTTP': (await Promise.all(ids.map((id) => got(`requests/${String(id)}`)))).join('\n'),
    metrics: await mor.metrics(),
    coverage: JSON.stringify(mor.coverage()),
    'coverage by HTTP': await got('coverage'),
    health: await got('health'),
    faults: await got('faults'),
  };
}

test.each(WAYS_IN)('%s', async (_, request) => {
  const entries: LogEntry[] = [];
  const mor = await createMockMor({ fixtures: WORLD, log: (entry) => entries.push(entry), maxBodyBytes: 15_000 });
  const answers = [await send(mor, request)];
  expect(entries).toHaveLength(request.path?.startsWith('/__admin') === true ? 0 : 1);
  const { id } = mor.addFault({ http: { status: 503 } });
  answers.push(await send(mor, request));
  mor.deleteFault(id);
  const broken = jest.spyOn(StateStore.prototype, 'findUserByName').mockImplementation((username) => {
    throw new Error(`cannot find ${username} of ${formatTarget(request)}`);
  });
  answers.push(await send(mor, request));
  broken.mockRestore();
  expect(leaksIn({ answers: JSON.stringify(answers), ...(await logLines(entries)), ...(await kept(mor)) })).toEqual([]);
});

describe('explained', () => {
  const EXPLAINED = WAYS_IN.filter(([, { path = DEFAULT_PATH, headers }]) => path.includes('/api/') && headers === undefined);

  test.each(EXPLAINED)('%s', async (_, { path = DEFAULT_PATH, query = '', body = '', type, method = 'POST' }) => {
    const mor = await createMockMor({ fixtures: WORLD });
    const byHttp = await send(mor, { path: '/__admin/explain', query, body, ...(type === undefined ? {} : { type }) });
    const call = decodedName(callNameIn(path) ?? '') ?? '';
    const read = await Promise.resolve()
      .then(() => readParams({ query, body: Buffer.from(body), contentType: type, most: 100 }))
      .catch(() => undefined);
    const fixtures = join(ownFolder(), 'world.yaml');
    writeFileSync(fixtures, JSON.stringify(WORLD));
    const printed: string[] = [];
    const spy = jest.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
    const header = type === undefined ? [] : ['-H', `Content-Type: ${type}`];
    const words = ['curl', '-X', method, ...header, '--data-raw', body, `http://127.0.0.1:8080${formatTarget({ path, query })}`];
    for (const operands of [words, ['curl', '-d', body, '-d', query], [body === '' ? query : body], [path, body]]) {
      await Promise.resolve(EXPLAIN.run({ flags: new Map([['fixtures', [fixtures]]]), operands }, {})).catch((error: unknown) =>
        printed.push(String(error)),
      );
    }
    spy.mockRestore();
    expect(
      leaksIn({
        'by HTTP': JSON.stringify(byHttp),
        'by the library': read === undefined ? '' : JSON.stringify(mor.explain(read.params, { call })),
        'by the command': printed.join('\n'),
      }),
    ).toEqual([]);
  });
});

describe('behind a shadow, a server', () => {
  test.each<[title: string, makeTarget: () => Promise<string>]>([
    ['that agrees', async () => (await realMock(WORLD)).url],
    ['that disagrees', async () => (await realMock({ ...WORLD, settings: { ...WORLD.settings, allow_api: false } })).url],
    ['that repeats what it was sent', repeatingServer],
    ['that is not there', () => Promise.resolve('http://127.0.0.1:9')],
  ])('%s', async (title, makeTarget) => {
    const folder = ownFolder();
    const { url, shadow, entries } = await shadowed(await makeTarget(), WORLD, {
      record: join(folder, 'record.yaml'),
      maxBodyBytes: 15_000,
    });
    const leaks: string[] = [];
    for (const [way, request] of WAYS_IN) {
      // Of a word that the server repeats nobody knows that it is a password.
      if (title.includes('repeats') && /bare word|broken name/.test(way)) continue;
      const before = entries.length;
      await sendTo(url, request);
      await shadow.settled();
      const news = entries.slice(before);
      const lines = news.map(({ details = [], ...entry }) => ({ ...entry, message: [entry.message, ...details].join('\n') }));
      leaks.push(...leaksIn({ fields: JSON.stringify(news), ...(await logLines(lines)) }).map((leak) => `${way}: ${leak}`));
    }
    await shadow.close();
    expect(entries.length).toBeGreaterThanOrEqual(WAYS_IN.length - 3);
    expect(leaks).toEqual([]);
    const written = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const);
    expect(leaksIn(Object.fromEntries(written))).toEqual([]);
  });

  async function repeatingServer(): Promise<string> {
    const { url } = await realServer((request, response) => {
      const text = (request.url ?? '').replaceAll('&', '&amp;').replaceAll('<', '&lt;');
      response.writeHead(200, { 'Content-Type': 'text/xml' }).end(`<page><status><error>no ${text}</error></status></page>`);
    });
    return url;
  }
});
