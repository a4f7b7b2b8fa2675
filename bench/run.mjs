#!/usr/bin/env node
/**
 * Measures what is named, or everything: `npm run bench`, `npm run bench -- throughput start`.
 *
 *   --rounds N     how often each comparison is made
 *   --smoke        everything once and short: shows that it runs, not how fast
 *   --json FILE    also writes what was measured there
 *   --peers PATH   compares with the peers that are installed there (bench/peers/README.md)
 *   --help         prints this
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import process from 'node:process';
import { URL } from 'node:url';
import { parseArgs } from 'node:util';
import * as latency from './figures/latency.mjs';
import * as memory from './figures/memory.mjs';
import * as numbers from './figures/numbers.mjs';
import * as refused from './figures/refused.mjs';
import * as start from './figures/start.mjs';
import * as supertest from './figures/supertest.mjs';
import * as throughput from './figures/throughput.mjs';
import { peersIn } from './peers/index.mjs';

const FIGURES = { throughput, latency, supertest, start, memory, numbers, refused };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string' },
    smoke: { type: 'boolean', default: false },
    json: { type: 'string' },
    peers: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
if (values.help) {
  const [comment = ''] = /(?<=^\/\*\*\n)[^]*?(?=^ \*\/)/m.exec(readFileSync(new URL(import.meta.url), 'utf8')) ?? [];
  const figures = Object.entries(FIGURES).map(([name, { about }]) => `  ${name.padEnd(14)} ${about}\n`);
  process.stdout.write(`${comment.replace(/^ \* ?/gm, '')}\n${figures.join('')}`);
  process.exit(0);
}
const names = positionals.length === 0 ? Object.keys(FIGURES) : positionals;
const unknown = names.filter((name) => !(name in FIGURES));
if (unknown.length > 0) {
  process.stderr.write(`unknown: ${unknown.join(', ')}. There are: ${Object.keys(FIGURES).join(', ')}\n`);
  process.exit(2);
}

const peers = values.peers === undefined ? {} : peersIn(values.peers);
const machine = `${cpus().length} x ${cpus()[0]?.model.trim() ?? 'unknown CPU'}, Node ${process.version}, ${process.platform}`;
process.stdout.write(`${new Date().toISOString().slice(0, 10)}, ${machine}\n`);

const rows = [];
for (const name of names) {
  process.stdout.write(`\n${name}: ${FIGURES[name].about}\n`);
  for (const row of await FIGURES[name].measure({
    isSmoke: values.smoke,
    peers,
    ...(values.rounds === undefined ? {} : { rounds: Number(values.rounds) }),
  })) {
    // What is measured in passing reaches nothing.
    const told = values.smoke ? { ...row, atMost: undefined, atLeast: undefined } : row;
    rows.push(told);
    process.stdout.write(`${line(told)}\n`);
  }
}
if (values.json !== undefined) {
  writeFileSync(values.json, `${JSON.stringify({ date: new Date().toISOString(), machine, isSmoke: values.smoke, rows }, null, 2)}\n`);
}

/** `  CPU per request, 32 connections   mock-mor   1.75 x http-full (1.71 to 1.80, 9 rounds; 80.1 us)   reach: at most 1.8: yes`. */
function line({ figure, server, median, low, high, rounds, unit, absolute, atMost, atLeast }) {
  const digits = median >= 10 ? 1 : 2;
  const spread = `${low.toFixed(digits)} to ${high.toFixed(digits)}, ${rounds} rounds${absolute === undefined ? '' : `; ${absolute}`}`;
  const reach =
    atMost !== undefined
      ? `at most ${atMost}: ${median <= atMost ? 'yes' : 'no'}`
      : atLeast !== undefined
        ? `at least ${atLeast}: ${median >= atLeast ? 'yes' : 'no'}`
        : '';
  return `  ${figure.padEnd(52)} ${server.padEnd(20)} ${median.toFixed(digits).padStart(7)} ${unit} (${spread})  ${reach}`.trimEnd();
}
