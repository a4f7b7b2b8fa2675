/** A chain: calls one after the other, each with values of the answers before it, as clients make them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { findCall } from '../mor/calls/index.ts';
import { MockMorError } from '../problems.ts';
import type { Answer, RawRequest } from './exchange.ts';
import { parseAnswer } from './parse-answer.ts';
import { signParams, type ParamTexts } from './signed.ts';
import { getContractFolder } from './table.ts';
import { carried, type Transport } from './transports.ts';

const texts = z.record(z.string(), z.string());

const stepSchema = z.strictObject({
  call: z.string().describe('The name that is sent, which may be an old one.'),
  as: z.string().describe('Whose username and key are sent: one of `needs`, such as admin.'),
  params: texts.default({}).describe('`{name}` stands for a value.'),
  expect: z.strictObject({ success: z.string(), error: z.string() }).partial().default({}),
  take: texts.default({}).describe('Values of the answer by regular expression, as these clients take them: the first group.'),
  values: texts.default({}).describe('What values must be afterwards.'),
});

const chainSchema = z.strictObject({
  chain: z.string(),
  about: z.string(),
  needs: z.array(z.string()),
  steps: z.array(stepSchema).min(1),
  tidy: z.array(stepSchema).default([]),
});

/** One call of a chain. */
export type ChainStep = z.output<typeof stepSchema>;

/** A chain as it was written, with its defaults. */
export type Chain = z.output<typeof chainSchema>;

/** Values by name. */
export type ChainValues = Readonly<Record<string, string>>;

/** How a chain is run. */
export interface ChainRun {
  /** What the chain needs: a caller stands for their username. */
  readonly values: ChainValues;
  /** The key that a caller signs with, by the name in `as`. */
  readonly keyOf: (caller: string) => string;
  readonly by: Transport;
  readonly send: (request: RawRequest) => Promise<Answer>;
  /** Where each step is reported. Default: nowhere. */
  readonly onStep?: (step: ChainStep, answer: Answer) => void;
}

/** The chains of the contract, in the order of their names. */
export function loadChains(folder = join(getContractFolder(), 'chains')): readonly Chain[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  return files.toSorted().map((file) => {
    const parsed = chainSchema.safeParse(parse(readFileSync(join(folder, file), 'utf8')));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new MockMorError('RECORD_INVALID', `${file}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
  });
}

/**
 * Runs the steps up to one that goes otherwise, then all that tidy up and whose values are known. Returns what went otherwise; undefined
 * if nothing did.
 */
export async function runChain({ steps, tidy }: Chain, run: ChainRun): Promise<string | undefined> {
  const values = new Map(Object.entries(run.values));
  const failure = await runSteps(steps, values, run);
  const known = tidy.filter((step) => Object.values(step.params).every((text) => listSlots(text).every((name) => values.has(name))));
  let untidy: string | undefined;
  for (const step of known) untidy = (await runSteps([step], values, run)) ?? untidy;
  return failure ?? untidy;
}

async function runSteps(steps: readonly ChainStep[], values: Map<string, string>, run: ChainRun): Promise<string | undefined> {
  for (const step of steps) {
    const answer = await run.send(buildStep(step, values, run));
    run.onStep?.(step, answer);
    const failure = judge(step, answer, values);
    if (failure !== undefined) return `${step.call} as ${step.as}: ${failure}`;
  }
  return undefined;
}

function buildStep({ call, as, params }: ChainStep, values: ReadonlyMap<string, string>, { keyOf, by }: ChainRun): RawRequest {
  const found = findCall(call);
  if (found === undefined) throw new MockMorError('RECORD_INVALID', `a chain names the call ${call}, which there is not`);
  const filled = Object.entries({ u: `{${as}}`, ...params }).map(([name, text]) => [name, fill(text, values)]);
  const signed = signParams(found, Object.fromEntries(filled) as ParamTexts, keyOf(as));
  return { method: by === 'query' ? 'GET' : 'POST', path: `/billing/api/${call}`, ...carried(signed, by) };
}

/** The names of the values in a text. */
function listSlots(text: string): readonly string[] {
  return Array.from(text.matchAll(/\{(\w+)\}/g), ([, name = '']) => name);
}

function fill(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values.get(name);
    if (value === undefined) throw new MockMorError('RECORD_INVALID', `a chain uses the value ${name}, which no step took`);
    return value;
  });
}

/** What went otherwise; undefined if nothing did. The values that the step takes are kept. */
function judge({ expect, take, values: wanted }: ChainStep, { body }: Answer, values: Map<string, string>): string | undefined {
  const parsed = parseAnswer(body);
  const said = parsed === undefined ? 'no answer of MOR' : `${parsed.kind} ${parsed.text}`;
  const expected = Object.entries(expect).map(([kind, text]) => `${kind} ${text ?? ''}`);
  if (expected.length > 0 && !expected.includes(said)) return `expected ${expected.join(' or ')}, got ${said}`;
  for (const [name, pattern] of Object.entries(take)) {
    const found = new RegExp(pattern).exec(body)?.[1];
    if (found === undefined) return `the answer has no ${name} (${pattern})`;
    values.set(name, found);
  }
  const other = Object.entries(wanted).find(([name, text]) => values.get(name) !== fill(text, values));
  return other === undefined ? undefined : `${other[0]} is ${values.get(other[0]) ?? 'not known'}, not ${fill(other[1], values)}`;
}
