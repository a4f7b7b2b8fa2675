import { z } from 'zod';
import { readCell } from '../../src/loader/csv-cell.ts';
import { IssueCollector } from '../../src/loader/issues.ts';
import { flag, id, requiredText, text } from '../../src/loader/schema-fields.ts';

/** The value of a cell, or its issue. */
function read(schema: z.ZodType, cell: string | undefined): unknown {
  const issues = new IssueCollector();
  const source = { file: 'n.csv', rank: 0, locate: (line: number) => ({ line }) };
  const value = readCell(schema, { source, field: 'a', text: cell, offset: 3 }, issues);
  if (issues.count === 0) return [value];
  return issues.toError('FIXTURE_INVALID', 'It is not valid').message.split('\n').slice(1).join().trim();
}

const WHOLE = 'n.csv:3 a: must be a whole number of at least 0 in plain digits, not';

test.each<[title: string, schema: z.ZodType, cell: string | undefined, value: unknown]>([
  ['text', text, 'a b', ['a b']],
  ['text that looks like a number', text, '0', ['0']],
  ['text that looks like a switch', text, 'true', ['true']],
  ['a number', id, '37', [37]],
  ['the digits of a number too long to be one', text, '12345678901234567890', ['12345678901234567890']],
  ['a number with a leading zero', id, '037', `${WHOLE} "037".`],
  ['a switch for a number', id, 'true', `${WHOLE} "true".`],
  ['a switch', flag, 'true', [true]],
  ['a switch that is off', flag.default(true), 'false', [false]],
  ['a word for a switch', flag, 'yes', 'n.csv:3 a: must be true or false, not "yes".'],
  ['a number for a switch', flag, '1', 'n.csv:3 a: must be true or false, not "1".'],
  ['one of several words', z.enum(['free', 'active']), 'free', ['free']],
  [
    'another word',
    z.enum(['free', 'active']),
    'fre',
    'n.csv:3 a: must be one of free, active, not "fre". Did you mean "free"?',
  ],
  ['nothing', requiredText, undefined, 'n.csv:3 a: is missing; it must be text.'],
  ['nothing, by default', id.default(5), undefined, [5]],
])('%s', (_, schema, cell, value) => {
  expect(read(schema, cell)).toEqual(value);
});
