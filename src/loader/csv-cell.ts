import { z } from 'zod';
import { quote } from '../mor/quote.ts';
import { applySchema } from './apply-schema.ts';
import type { IssueCollector, Source } from './issues.ts';
import { createValueDocument, getAt, PLAIN_NUMBER } from './source-document.ts';

/** A cell of a CSV file. */
export interface CsvCell {
  readonly source: Source;
  /** The name of its column. */
  readonly field: string;
  /** What is written in it; undefined if it is empty. */
  readonly text: string | undefined;
  /** Where it is, as an offset of its source. */
  readonly offset: number;
}

/** The value that a schema makes of a cell, whose text may be a number or a switch; undefined, with its issue added, if it is not valid. */
export function readCell(schema: z.ZodType, cell: CsvCell, issues: IssueCollector): unknown {
  const { source, field, text, offset } = cell;
  const guess = guessValue(text);
  for (const value of new Set([guess, text])) {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
  }
  const document = {
    ...createValueDocument({ [field]: guess }, source),
    offset: () => offset,
    describe: () => quote(text ?? ''),
    plainText: () => text,
  };
  return getAt(applySchema(z.strictObject({ [field]: schema }), document, issues).value, [field]);
}

function guessValue(text: string | undefined): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return text !== undefined && PLAIN_NUMBER.test(text) ? Number(text) : text;
}
