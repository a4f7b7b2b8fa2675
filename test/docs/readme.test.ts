/** What the README shows is what happens: its curl lines and its Jest example are run as they stand. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import supertest from 'supertest';
import * as mockMor from '../../src/index.ts';

const README = readFileSync(join(__dirname, '..', '..', 'README.md'), 'utf8');

/** The fenced blocks of a language. */
function blocks(language: string): readonly string[] {
  return Array.from(README.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm')), ([, text = '']) => text);
}

interface CurlLine {
  readonly line: string;
  readonly output: string;
}

function curlLines(): readonly CurlLine[] {
  return blocks('console').flatMap((block) =>
    block
      .split(/^\$ (?=curl )/m)
      .slice(1)
      .map((part) => {
        const [line = '', ...output] = part.split('\n');
        return { line, output: output.join('\n').trimEnd() };
      }),
  );
}

/** Runs a curl line by its words: -X, -H, -d and a URL. Anything else in the README would be a line this test must learn. */
async function run(line: string, url: string): Promise<string> {
  const words = Array.from(line.matchAll(/'([^']*)'|(\S+)/g), ([, quoted, bare]) => quoted ?? bare ?? '').slice(1);
  const init: { method?: string; headers: Record<string, string>; body?: string } = { headers: {} };
  let target = '';
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (word === '-X') init.method = words[++i] ?? '';
    else if (word === '-d') init.body = words[++i] ?? '';
    else if (word === '-H') {
      const [name = '', value = ''] = (words[++i] ?? '').split(': ');
      init.headers[name] = value;
    } else if (word.startsWith('-')) throw new Error(`the README uses curl's ${word}`);
    else target = word.replace('http://127.0.0.1:8080', url);
  }
  return (await (await fetch(target, init)).text()).trimEnd();
}

it('curl prints what the README shows', async () => {
  const mor = await mockMor.createMockMor();
  const url = await mor.listen();
  try {
    const lines = curlLines();
    expect(lines.length).toBeGreaterThanOrEqual(4);
    for (const { line, output } of lines) expect({ line, output: await run(line, url) }).toEqual({ line, output });
  } finally {
    await mor.close();
  }
});

describe('the Jest example', () => {
  const [example = ''] = blocks('js');

  it('has a dozen lines at most', () => {
    expect(example.trim().split('\n').length).toBeLessThanOrEqual(12);
  });

  let title: string | undefined;
  let body: (() => Promise<void>) | undefined;
  const modules: Readonly<Record<string, unknown>> = { supertest, 'mock-mor': mockMor };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- the example is run as it stands
  new Function('require', 'test', 'expect', example)(
    (name: string) => modules[name],
    (named: string, run: () => Promise<void>) => {
      title = named;
      body = run;
    },
    expect,
  );

  it(`passes as it stands: ${title ?? 'nothing'}`, async () => {
    expect.hasAssertions();
    await body?.();
  });
});

it('the fixtures of the README are valid', async () => {
  const shown = blocks('yaml').find((text) => text.includes('Main trunk')) ?? '';
  const mor = await mockMor.createMockMor({ fixtures: {} });
  expect(mor.replaceFixtures(shown)).toEqual({ users: 4, providers: 2, dids: 1_000_002 });
});

it('every document that is linked to is there', () => {
  const targets = Array.from(README.matchAll(/\]\((?!https?:|#)([^)#]+)/g), ([, target = '']) => target);
  expect(targets.filter((target) => !existsSync(join(__dirname, '..', '..', target)))).toEqual([]);
});
