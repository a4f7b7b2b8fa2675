/** Runs the cases against each mutant of the mock, and prints a line of JSON for each: the cases of its rule that caught it, and those that crashed it. */
import { join } from 'node:path';
import { mockWith, require, SRC } from './mutated.mjs';

const { MUTANTS } = require('./mutants.ts');
const { pooledClient } = require('../../support/pooled.ts');
const { callTexts, buildRequest, worldWith } = require(join(SRC, 'contract/case-request.ts'));
const { compareAnswer } = require(join(SRC, 'contract/compare.ts'));
const { compareCreated, compareEffect } = require(join(SRC, 'contract/effect.ts'));
const { loadCases, caseSteps } = require(join(SRC, 'contract/table.ts'));
const { CALLS, findCall } = require(join(SRC, 'mor/calls/index.ts'));

const TABLES = new Map(CALLS.map(({ name }) => [name, loadCases(name)]));

/** The cases of a call that ended otherwise than they should: by what was answered or done, or because something broke. */
async function endsAgainst(change, call, cases) {
  const mor = await mockWith(change);
  const client = await pooledClient(mor, 1);
  const caught = [];
  const crashed = [];
  try {
    for (const one of cases) {
      const end = await endOf(mor, client, call, one).catch((error) => error);
      if (end === 'crashed' || end instanceof Error) crashed.push(one.title);
      else if (end === 'differs') caught.push(one.title);
    }
    return { caught, crashed };
  } finally {
    client.end();
    await mor.close();
  }
}

async function endOf(mor, client, call, one) {
  const table = TABLES.get(call);
  mor.replaceFixtures(worldWith(table.world, one.given));
  const steps = caseSteps(one);
  const before = mor.settings();
  let differs = false;
  const created = [];
  for (const { send, expect } of steps) {
    const target = findCall(send?.call ?? call);
    const answer = await client.send(buildRequest(callTexts(target, table.request, send), send));
    if (answer.status >= 500) return 'crashed';
    differs ||= compareAnswer(target, expect, answer).length > 0;
    if (expect.success !== undefined) created.push(TABLES.get(target.name).each_success);
  }
  const after = { dids: mor.dids(), users: mor.users(), devices: mor.devices(), settings: mor.settings() };
  differs ||= compareEffect(steps, after).length > 0 || compareCreated(created, before, after).length > 0;
  return differs ? 'differs' : 'passed';
}

const print = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

for (const [call, { cases }] of TABLES) print({ call, ...(await endsAgainst(undefined, call, Object.values(cases).flat())) });
for (const { call = 'did_create', rule, breaks, ...change } of MUTANTS)
  print({ call, rule, breaks, ...(await endsAgainst(change, call, TABLES.get(call).cases[rule] ?? [])) });
