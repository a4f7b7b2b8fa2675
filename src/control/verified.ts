/** What a run of the cases against a server found, kept: so that a mock can say what of it is proven. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { checkRecord } from '../fixtures/check-input.ts';
import { MockMorError } from '../problems.ts';

const text = z.string().min(1, 'must not be empty');

const recordSchema = z.strictObject({
  mock_mor: text,
  date: z.string().regex(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/, 'must be a time such as 2026-11-25T12:00:00.000Z'),
  target: z.enum(['mock', 'server']),
  server_version: text.optional(),
  cases: z.array(
    z.strictObject({
      rule: text,
      title: text,
      status: z.enum(['passed', 'differs', 'skipped', 'failed']),
      outcome: z.string().optional(),
      digest: z.string().optional(),
    }),
  ),
});

/** A kept run. It names no address, no caller and no key. */
export type VerifiedRecord = z.output<typeof recordSchema>;

/** A kept run, as health tells it. */
export interface VerifiedView {
  /** When it was made, ISO 8601. */
  readonly date: string;
  /** Against what: another mock, or a real server. */
  readonly target: 'mock' | 'server';
  /** As its profile told it; absent where it did not. */
  readonly server_version?: string;
  readonly passed: number;
  readonly differs: number;
  readonly skipped: number;
  readonly failed: number;
  /** Rules of which every case that ran passed, and at least one did. */
  readonly rules_proven: readonly string[];
  /** Rules of which a case differed. */
  readonly rules_that_differ: readonly string[];
}

/** @throws MockMorError `OPTION_INVALID` where it cannot be read, `RECORD_INVALID` with every fault */
export function readVerified(file: string): VerifiedRecord {
  let json: string;
  try {
    json = readFileSync(file, 'utf8');
  } catch (error) {
    throw new MockMorError('OPTION_INVALID', `the record of a verify cannot be read: ${(error as Error).message}`);
  }
  return checkRecord(recordSchema, json, 'json', `The record ${file}`, file);
}

/** What of a kept run is told. */
export function verifiedView({ date, target, server_version, cases }: VerifiedRecord): VerifiedView {
  const count = (status: VerifiedRecord['cases'][number]['status']): number => cases.filter((one) => one.status === status).length;
  return {
    date,
    target,
    ...(server_version === undefined ? {} : { server_version }),
    passed: count('passed'),
    differs: count('differs'),
    skipped: count('skipped'),
    failed: count('failed'),
    rules_proven: provenRules({ cases }),
    rules_that_differ: [...new Set(cases.filter(({ status }) => status === 'differs').map(({ rule }) => rule))],
  };
}

/** Rules of which every case that ran passed, and at least one did. */
export function provenRules({ cases }: Pick<VerifiedRecord, 'cases'>): readonly string[] {
  const broken = new Set(cases.filter(({ status }) => status === 'differs' || status === 'failed').map(({ rule }) => rule));
  const passed = cases.filter(({ status }) => status === 'passed').map(({ rule }) => rule);
  return [...new Set(passed)].filter((rule) => !broken.has(rule));
}
