/** The suite itself is proven: each of these servers has one fault, and the suite has to see it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createMockMor, type MockMor } from '../../src/index.ts';
import { attack } from './attack.ts';
import { TOKEN } from './requests.ts';

/** Takes a request for itself, or leaves it to the mock. */
type Fault = (request: IncomingMessage, response: ServerResponse, mor: MockMor) => boolean;

const answer = (response: ServerResponse, status: number, type: string, body: string): true => {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
  return true;
};

const PLAIN = 'text/plain; charset=utf-8';

const FAULTS: readonly (readonly [title: string, fault: Fault, found: RegExp])[] = [
  ['a 500', ({ method }, response) => method === 'PROPFIND' && answer(response, 500, PLAIN, 'mock-mor: broken\n'), /status 500/],
  ['a hang', ({ method }) => method === 'LOCK', /it hangs/],
  [
    'an id that the canary does not get',
    ({ url = '' }, _response, mor) => {
      if (url.includes('jsessionid') && mor.countDids({ did: '9' }) === 0) mor.putDid({ did: '9', provider_id: 1 });
      return false;
    },
    /canary after turn \d+: expected .*<id>/,
  ],
  ['XML that is not well-formed', ({ method }, response) => method === 'MERGE' && answer(response, 200, 'text/xml; charset=utf-8', '<a><b></a>'), /not what its type says/],
  ['a stack', ({ method }, response) => method === 'COPY' && answer(response, 400, PLAIN, 'mock-mor: x\n    at f (/srv/a.js:1:2)\n'), /tells of its inside/],
  [
    'a header that a request brought in',
    ({ headers }, response) => {
      if (headers['x-http-method-override'] !== undefined) response.setHeader('X-Evil', '1');
      return false;
    },
    /a header of nobody's: x-evil/,
  ],
]; // prettier-ignore

test.each(FAULTS)(
  'it sees %s',
  async (title, fault, found) => {
    const mor = await createMockMor({ adminToken: TOKEN, log: () => undefined });
    mor.createSandbox({ name: 'victim' });
    const { handler } = mor;
    const broken: MockMor['handler'] = (request, response) => {
      if (!fault(request, response, mor)) handler(request, response);
    };
    // What it serves when it listens.
    Object.assign(mor, { handler: broken });
    const port = Number(new URL(await mor.listen()).port);
    // Client and server share a process, which may have to wait for a processor; only a hang is waited for many times.
    const deadlineMs = title === 'a hang' ? 1500 : 10_000;
    const { findings } = await attack({ port, seed: 1, cases: 1500, nextId: 3, deadlineMs });
    await mor.close();
    expect(findings.filter((finding) => found.test(finding)).length).toBeGreaterThan(0);
    // Nothing else is wrong with it.
    expect(findings.filter((finding) => !found.test(finding))).toEqual([]);
  },
  60_000,
);
