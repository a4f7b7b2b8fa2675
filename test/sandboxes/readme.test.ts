/** What the page of sandboxes shows is what happens. */
import supertest from 'supertest';
import * as mockMor from '../../src/index.ts';
import { codeBlocks, readPage } from '../support/markdown.ts';

const block = (language: string): string => codeBlocks(readPage('docs/sandboxes.md'), language)[0] ?? '';

it('its curl lines do what they say, one after the other', async () => {
  const mor = await mockMor.createMockMor();
  const answers: [status: number, text: string][] = [];
  for (const line of block('sh').trim().split('\n')) {
    const words = Array.from(line.replace(/ {2,}#.*$/, '').matchAll(/'([^']*)'|(\S+)/g), ([, quoted, bare]) => quoted ?? bare ?? '').slice(
      1,
    );
    const after = (flag: string): string[] => words.flatMap((word, i) => (words[i - 1] === flag ? [word] : []));
    const url = words.at(-1)?.replace('http://127.0.0.1:8080', '') ?? '';
    const call = new supertest.Test(mor.handler, after('-X')[0] ?? 'GET', url);
    for (const header of after('-H')) void call.set(...(header.split(': ') as [string, string]));
    const { status, text } = await call.send(after('-d')[0]);
    answers.push([status, text]);
  }
  expect(answers).toEqual([
    [201, expect.stringContaining('/__sandboxes/t42"')],
    [200, expect.stringContaining('<id>3</id>')],
    [200, expect.stringContaining('"total":1')],
    [200, expect.stringContaining('"added_dids_dropped":1')],
    [200, expect.stringContaining('"name":"t42"')],
  ]);
  expect(mor.sandboxes()).toEqual([]);
});

it('its example passes as it stands', async () => {
  expect.hasAssertions();
  let run: (() => Promise<void>) | undefined;
  const modules: Readonly<Record<string, unknown>> = { supertest, 'mock-mor': mockMor };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- the example is run as it stands
  new Function('require', 'test', 'expect', block('js'))(
    (name: string) => modules[name],
    (_title: string, body: () => Promise<void>) => (run = body),
    expect,
  );
  await run?.();
});
