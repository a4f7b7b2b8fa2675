/**
 * Sends what verify would send to a real server to each mutant in the place of one, and prints a line of JSON for each: the DIDs that were made, changed
 * or removed without leave to write, and those with it outside the prefix.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockWith, require, SRC } from './mutated.mjs';

const { MUTANTS } = require('./mutants.ts');
const { pooledClient } = require('../../support/pooled.ts');
const { PROFILE, WORLD } = require('../../verify/posed-server.ts');
const { listCases, loadCases } = require(join(SRC, 'contract/table.ts'));
const { CALLS } = require(join(SRC, 'mor/calls/index.ts'));
const { MadeList } = require(join(SRC, 'verify/made-list.ts'));
const { ServerTarget } = require(join(SRC, 'verify/server-target.ts'));

const TABLES = new Map(CALLS.map(({ name }) => [name, loadCases(name)]));
// A call that changes nothing does no harm.
const CASES = CALLS.filter(({ isReadOnly }) => !isReadOnly).flatMap((call) => listCases(call, TABLES.get(call.name)));

/** Every request that a run would send, and of whose cases it is; they do not depend on what is answered. */
async function requestsOf(madeList) {
  const target = new ServerTarget(undefined, TABLES, PROFILE, { madeList, onHarm: () => undefined });
  const requests = [];
  for (const ruled of CASES) {
    const ready = await target.prepare(ruled);
    if (!('skipped' in ready)) requests.push(...ready.map(({ request }) => ({ call: ruled.call.name, request })));
  }
  return requests;
}

const folder = mkdtempSync(join(tmpdir(), 'mock-mor-as-servers-'));
const readOnly = await requestsOf(undefined);
const withWrites = await requestsOf(new MadeList(join(folder, 'made.csv'), 'this'));
rmSync(folder, { recursive: true });

async function madeBy(change, requests) {
  const mor = await mockWith(change, WORLD);
  const client = await pooledClient(mor, 1);
  try {
    for (const { request } of requests) await client.send(request).catch(() => undefined);
    const dids = mor.dids();
    const gone = WORLD.dids.filter(({ id }) => !dids.some((did) => did.id === id));
    return [...dids.filter(({ created, changed }) => created || changed), ...gone].map(({ did }) => did);
  } finally {
    client.end();
    await mor.close();
  }
}

process.stdout.write(`${JSON.stringify({ readOnly: readOnly.length, withWrites: withWrites.length })}\n`);
for (const { rule, breaks, ...change } of MUTANTS.filter(({ call = 'did_create' }) => CASES.some((ruled) => ruled.call.name === call))) {
  // A mutant breaks a rule of one call: the requests of the others would take hours, and prove nothing more.
  const isOwn = ({ call }) => call === (change.call ?? 'did_create');
  const made = await madeBy(change, readOnly.filter(isOwn));
  const outside = (await madeBy(change, withWrites.filter(isOwn))).filter((did) => !did.trim().startsWith(PROFILE.prefix));
  process.stdout.write(`${JSON.stringify({ rule, breaks, made, outside })}\n`);
}
