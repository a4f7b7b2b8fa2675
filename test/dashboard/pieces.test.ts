/** What the page colours, the events it reads, and the runs it opens. */
import fc from 'fast-check';
import { createEventReader } from '../../src/dashboard/event-lines.ts';
import { parseRun, readRun } from '../../src/dashboard/saved-run.ts';
import { splitXml } from '../../src/dashboard/split-xml.ts';
import { splitYaml } from '../../src/dashboard/split-yaml.ts';

const join = (pieces: readonly { text: string }[]): string => pieces.map(({ text }) => text).join('');

/** Texts with many of the signs that have a meaning. */
const signs = fc.string({ unit: fc.constantFrom(...'<>/?!-="\' ab:#\\1\n'.split(''), '\u202e', '😀') });

it('loses no character of XML', () => {
  fc.assert(fc.property(signs, (text) => expect(join(splitXml(text))).toBe(text)));
});

it('loses no character of YAML', () => {
  fc.assert(fc.property(signs, (text) => expect(join(splitYaml(text))).toBe(text)));
});

it('finds the parts of XML', () => {
  expect(splitXml('<a b="1">x</a>')).toEqual([
    ...[
      { kind: 'tag', text: '<' },
      { kind: 'name', text: 'a' },
      { kind: 'tag', text: ' ' },
      { kind: 'name', text: 'b' },
    ],
    ...[
      { kind: 'tag', text: '=' },
      { kind: 'value', text: '"1"' },
      { kind: 'tag', text: '>' },
      { kind: 'text', text: 'x' },
    ],
    ...[
      { kind: 'tag', text: '</' },
      { kind: 'name', text: 'a' },
      { kind: 'tag', text: '>' },
    ],
  ]);
});

it.each([
  ['an attribute without an end', `<a ${'b'.repeat(60_000)}`],
  ['many quotes that are open', `<a ${`b='`.repeat(20_001)}`],
  ['many blanks', `<a b${' '.repeat(60_000)}`],
  ['many signs', '<'.repeat(60_000)],
])('reads XML with %s in time', (_, text) => {
  expect(join(splitXml(text))).toBe(text);
});

it('finds keys, texts and notes of YAML', () => {
  expect(splitYaml(`- { id: 5, name: "a: b" } # c`)).toEqual([
    ...[
      { kind: 'plain', text: '- { ' },
      { kind: 'key', text: 'id:' },
      { kind: 'plain', text: ' ' },
      { kind: 'number', text: '5' },
    ],
    ...[
      { kind: 'plain', text: ', ' },
      { kind: 'key', text: 'name:' },
      { kind: 'plain', text: ' ' },
      { kind: 'string', text: '"a: b"' },
    ],
    ...[
      { kind: 'plain', text: ' } ' },
      { kind: 'note', text: '# c' },
    ],
  ]);
});

it('reads events however they are cut', () => {
  const stream = ': beat\n\nid: a.1\nevent: hello\ndata: {"x":\ndata: 1}\n\nretry: 1000\n\ndata: 2\n\nid: a.3\ndata: cut';
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), (size) => {
      const read = createEventReader();
      const chunks = Array.from({ length: Math.ceil(stream.length / size) }, (_, index) => stream.slice(index * size, (index + 1) * size));
      expect(chunks.flatMap((chunk) => read(chunk))).toEqual([
        { id: 'a.1', name: 'hello', data: '{"x":\n1}' },
        { id: '', name: 'message', data: '2' },
      ]);
    }),
  );
});

const REQUEST = {
  ...{ id: 2, request_id: '2', at: '2026-12-01T00:00:00.000Z', state: 'completed', method: 'POST', path: '/billing/api/did_create' },
  ...{ call: 'did_create', headers: {}, params: [{ name: 'did', value: '370', from: 'form' }], caller: null, outcome: 'Incorrect hash' },
  ...{ fault: null, answer: { status: 200, body: '<page/>' }, duration_ms: 1 },
  trace: {
    call: 'did_create',
    outcome: 'Incorrect hash',
    steps: [{ check: 'c', error: 'Incorrect hash', state: 'failed', actual: 'saw' }],
  },
};

const RUN = JSON.stringify({ format: 'mock-mor-run', version: '1', at: '2026-12-01T00:00:00.000Z', requests: [REQUEST], faults: [] });

it('answers for a saved run', () => {
  const run = parseRun(RUN);
  expect(readRun(run, '/requests', { view: 'row', q: '', call: '', kind: '', limit: 200 })).toMatchObject({
    requests: [{ id: 2, kind: 'refused', subject: 'did=370', reason: 'saw', status: 200 }],
    ...{ matched: 1, total: 1, dropped: 0 },
  });
  expect(readRun(run, '/requests', { q: 'INCORRECT', kind: 'ok' })).toMatchObject({ requests: [], matched: 0 });
  expect(readRun(run, '/requests/2', {})).toEqual(REQUEST);
  expect(readRun(run, '/coverage', {})).toEqual({ calls: [] });
  expect(readRun(run, '/dids', {})).toBeUndefined();
});

it.each(['', 'null', '[]', '{"format":"other"}', '{"format":"mock-mor-run"}'])('refuses the file %j', (text) => {
  expect(() => parseRun(text)).toThrow(/^The file is not/);
});
