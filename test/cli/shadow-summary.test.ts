import { formatSummary } from '../../src/cli/shadow.ts';

it('nothing to say: no line', () => {
  expect(formatSummary({ different: [], 'not judged': [] })).toEqual([]);
});

it('what differed and what was not judged, the most frequent first, and nothing that steers a terminal', () => {
  expect(
    formatSummary({
      different: [
        ['did_create: a', 3],
        ['did_create: b\u001b[2J', 1],
      ],
      'not judged': [['did_rename: no', 2]],
    }),
  ).toEqual(['  different:', '    3 × did_create: a', '    1 × did_create: b\\x1b[2J', '  not judged:', '    2 × did_rename: no']);
});

it('of many kinds the first are listed', () => {
  const kinds = Array.from({ length: 25 }, (_, i) => [`kind ${String(i)}`, 2] as const);
  const lines = formatSummary({ different: kinds, 'not judged': [] });
  expect([lines.length, lines.at(-1)]).toEqual([12, '    and 30 more']);
});
