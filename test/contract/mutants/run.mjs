/** Runs the cases against each mutant of the mock, and prints a line of JSON for each: the cases of its rule that caught it, and those that crashed it. */
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { mockWith, require, SRC } from './mutated.mjs';

const { MUTANTS } = require('./mutants.ts');
const { pooledClient } = require('../../support/pooled.ts');
const { callTexts, requestOf, worldWith } = require(join(SRC, 'contract/case-request.ts'));
const { compared } = require(join(SRC, 'contract/compare.ts'));
const { shippedCases, stepsOf } = require(join(SRC, 'contract/table.ts'));

const TABLE = shippedCases();

/** The cases that ended otherwise than they should: by what was answered or done, or because something broke. */
async function endsAgainst(change, cases) {
  const mor = await mockWith(change);
  const client = await pooledClient(mor, 1);
  const caught = [];
  const crashed = [];
  try {
    for (const one of cases) {
      const end = await endOf(mor, client, one).catch((error) => error);
      if (end === 'crashed' || end instanceof Error) crashed.push(one.title);
      else if (end === 'differs') caught.push(one.title);
    }
    return { caught, crashed };
  } finally {
    client.end();
    await mor.close();
  }
}

async function endOf(mor, client, one) {
  mor.replaceFixtures(worldWith(TABLE.world, one.given));
  const steps = stepsOf(one);
  const firstId = mor.settings().next_did_id;
  let differs = false;
  for (const { send, expect } of steps) {
    const answer = await client.send(requestOf(callTexts(TABLE.request, send), send));
    if (answer.status >= 500) return 'crashed';
    differs ||= compared(expect, answer).length > 0;
  }
  const wanted = steps.filter(({ expect }) => expect.success !== undefined);
  const made = mor.dids({ created: true });
  const isMade = ({ expect }, i) => Object.entries(expect.made ?? {}).every(([field, value]) => isDeepStrictEqual(made[i]?.[field], value));
  differs ||= made.length !== wanted.length || !wanted.every(isMade) || mor.settings().next_did_id !== firstId + wanted.length;
  return differs ? 'differs' : 'passed';
}

const tell = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

tell(await endsAgainst(undefined, Object.values(TABLE.cases).flat()));
for (const { rule, breaks, ...change } of MUTANTS) tell({ rule, breaks, ...(await endsAgainst(change, TABLE.cases[rule] ?? [])) });
