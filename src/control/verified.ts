/** What a run of the cases against a server found, kept: so that a mock can say what of it is proven. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { parseRecord } from '../loader/validate-input.ts';
import { invalidOption } from '../problems.ts';

const text = z.string().min(1, 'must not be empty');

const recordSchema = z.strictObject({
  mock_mor: text,
  date: z.string().regex(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/, 'must be a time such as 2026-11-25T12:00:00.000Z'),
  target: z.enum(['mock', 'server']),
  server_version: text.optional(),
  only: text.optional(),
  ended_by: text.optional(),
  cases: z.array(
    z.strictObject({
      // Records of earlier versions know this call alone.
      /** The call of the rule. */
      call: text.default('did_create'),
      /** The id of the rule. */
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

/** A saved run, as health shows it. */
export interface VerifiedView {
  /** When it was made, ISO 8601. */
  readonly date: string;
  /** Against what: another mock, or a real server. */
  readonly target: 'mock' | 'server';
  /** As its profile says; absent if it does not. */
  readonly server_version?: string;
  /** How many cases passed. */
  readonly passed: number;
  /** How many cases differ. */
  readonly differs: number;
  /** How many cases were skipped. */
  readonly skipped: number;
  /** How many cases failed. */
  readonly failed: number;
  /** Why the run ended before its time; absent where it did not. */
  readonly ended_by?: string;
  /** Which cases were run; absent where all were. */
  readonly only?: string;
  /** Each rule of which a case ran: how many of its cases passed, of how many there were, and how many differed. */
  readonly rules: readonly {
    /** The call of the rule. */
    readonly call: string;
    /** The id of the rule. */
    readonly rule: string;
    /** How many of its cases passed. */
    readonly passed: number;
    /** How many cases it has. */
    readonly of: number;
    /** How many of its cases differ. */
    readonly differs: number;
  }[];
}

/** @throws MockMorError `OPTION_INVALID` if it cannot be read, `RECORD_INVALID` with every issue */
export function readVerified(file: string): VerifiedRecord {
  let json: string;
  try {
    json = readFileSync(file, 'utf8');
  } catch (error) {
    throw invalidOption(`the record of a verify cannot be read: ${(error as Error).message}`);
  }
  return parseRecord(recordSchema, json, `The record ${file}`, { name: file, isJson: true });
}

/** Summarizes a saved run for the health endpoint. */
export function verifiedView({ date, target, server_version, only, ended_by, cases }: VerifiedRecord): VerifiedView {
  const count = (status: VerifiedRecord['cases'][number]['status']): number => cases.filter((one) => one.status === status).length;
  return {
    date,
    target,
    ...(server_version === undefined ? {} : { server_version }),
    ...(only === undefined ? {} : { only }),
    ...(ended_by === undefined ? {} : { ended_by }),
    passed: count('passed'),
    differs: count('differs'),
    skipped: count('skipped'),
    failed: count('failed'),
    rules: summarizeRules({ cases }).filter(({ passed, differs }) => passed + differs > 0),
  };
}

/** Every rule of a kept run, in its order, with how its cases went. */
export function summarizeRules({ cases }: Pick<VerifiedRecord, 'cases'>): VerifiedView['rules'] {
  const firstOfEach = [...new Map(cases.map((one) => [`${one.call} ${one.rule}`, one])).values()];
  return firstOfEach.map(({ call, rule }) => {
    const ofRule = cases.filter((one) => one.call === call && one.rule === rule);
    const count = (status: (typeof ofRule)[number]['status']): number => ofRule.filter((one) => one.status === status).length;
    return { call, rule, passed: count('passed'), of: ofRule.length, differs: count('differs') };
  });
}

/** Rules of a call of which every case that ran passed, and at least one did. */
export function provenRules({ cases: all }: Pick<VerifiedRecord, 'cases'>, call: string): readonly string[] {
  const cases = all.filter((one) => one.call === call);
  const broken = new Set(cases.filter(({ status }) => status === 'differs' || status === 'failed').map(({ rule }) => rule));
  const passed = cases.filter(({ status }) => status === 'passed').map(({ rule }) => rule);
  return [...new Set(passed)].filter((rule) => !broken.has(rule));
}
