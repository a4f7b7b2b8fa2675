// What large worlds cost: `npm run build && node bench/large-worlds.mjs [start|state|sandboxes|pages|lookups|yaml …]`.
// Prints each figure as a line of text, with its aim if it has one. docs/scaling.md has the results. Memory of a process is read from /proc, so start needs Linux.
import { spawn, spawnSync } from 'node:child_process';
import console from 'node:console';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const { createMockMor } = createRequire(import.meta.url)('../dist/index.js');
const { fetch, performance } = globalThis;

const CLI = join(import.meta.dirname, '..', 'dist', 'cli.js');
const WORLD =
  'settings: { api_secret_key: secret }\nusers: [{ id: 0, username: admin, type: admin }]\nproviders: [{ id: 1 }, { id: 2 }, { id: 3 }]\n';

const folder = mkdtempSync(join(tmpdir(), 'mock-mor-scale-'));

/** A folder of fixtures: the world, what is added to it, and other files. */
function fixtures(name, text = '', files = {}) {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'world.yaml'), `${WORLD}${text}`);
  for (const [file, content] of Object.entries(files)) writeFileSync(join(path, file), content);
  return path;
}

/** So many different numbers in no order, with one of three providers; the same ones at each run. */
function numbers(count) {
  const all = Array.from({ length: count }, (_, i) => 37_060_000_000 + 7 * i);
  let seed = 1;
  for (let i = count - 1; i > 0; i--) {
    seed = (seed * 48_271) % 2_147_483_647;
    const other = seed % (i + 1);
    [all[i], all[other]] = [all[other], all[i]];
  }
  return all;
}

const csv = (count) =>
  `did,provider_id\n${numbers(count)
    .map((did) => `${did},${1 + (did % 3)}\n`)
    .join('')}`;
const yamlRows = (count) =>
  `dids:\n${numbers(count)
    .map((did) => `  - { did: ${did}, provider_id: ${1 + (did % 3)} }\n`)
    .join('')}`;

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Prints a figure. `aim` says in words what was aimed at, and `isReached` whether it is so. */
function report(what, figure, aim, isReached) {
  console.log(`${what.padEnd(64)} ${figure}${aim === undefined ? '' : `; ${aim}: ${isReached ? 'yes' : 'no'}`}`);
}

const ms = (time) => `${time.toFixed(time < 10 ? 3 : 0)} ms`;
const mb = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

/** Starts the command and gives how long it took until it was ready, by the clock and in processor time, and the memory it then had and at most had had. */
async function start(path) {
  const began = performance.now();
  const child = spawn(process.execPath, [CLI, '--port', '0', '--log', 'silent', '--fixtures', path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve);
    child.once('exit', () => reject(new Error('the command ended before it was ready')));
  });
  const time = performance.now() - began;
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  const bytes = (name) => 1024 * Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]);
  // Behind the name, which may hold blanks: the fields from the third on; user and system time are in hundredths of a second.
  const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  const figures = { time, cpu: 10 * (Number(fields[11]) + Number(fields[12])), now: bytes('VmRSS'), peak: bytes('VmHWM') };
  child.removeAllListeners('exit');
  await new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGTERM');
  });
  return figures;
}

const BLOCK = '1,000,000 numbers in a block';
const CSV = '1,000,000 numbers in a CSV file, in no order';

async function measureStart() {
  const rounds = 7;
  const MAX_CSV_MS = 4000;
  const MAX_CSV_BYTES = 500e6;
  // What the machine's noise may add to a block, which is free.
  const MAX_BLOCK_MS = 10;
  const MAX_BLOCK_BYTES = 2e6;
  const worlds = {
    'nothing but a user and three providers': fixtures('empty'),
    [BLOCK]: fixtures('block', 'dids: [{ from: 37060000000, to: 37060999999, provider_id: 1 }]\n'),
    [CSV]: fixtures('csv', 'dids_from: numbers.csv\n', { 'numbers.csv': csv(1_000_000) }),
  };
  let empty;
  // In turn, so that a machine that is busy for a while is so for all.
  const runs = Object.fromEntries(Object.keys(worlds).map((name) => [name, []]));
  for (let i = 0; i < rounds; i++) for (const [name, path] of Object.entries(worlds)) runs[name].push(await start(path));
  for (const [name, figures] of Object.entries(runs)) {
    const [time, cpu, now, peak] = ['time', 'cpu', 'now', 'peak'].map((figure) => median(figures.map((run) => run[figure])));
    const more =
      empty === undefined
        ? ''
        : ` (${ms(time - empty.time)}, ${ms(cpu - empty.cpu)} of the processor, ${mb(now - empty.now)} and ${mb(peak - empty.peak)} more)`;
    empty ??= { time, cpu, now, peak };
    const figure = `${ms(time)}, ${ms(cpu)} of the processor, ${mb(now)} resident, ${mb(peak)} at most${more}`;
    const aims = {
      [BLOCK]: ['free', time - empty.time <= MAX_BLOCK_MS && now - empty.now <= MAX_BLOCK_BYTES],
      [CSV]: ['within 4 s and 500 MB', time <= MAX_CSV_MS && peak <= MAX_CSV_BYTES],
    };
    report(`ready, ${name}`, figure, ...(aims[name] ?? []));
  }
}

/** A mock of a million numbers from a CSV file, and a hundred thousand that were put there. */
async function bigMock() {
  const mor = await createMockMor({ fixtures: fixtures('csv', 'dids_from: numbers.csv\n', { 'numbers.csv': csv(1_000_000) }) });
  for (let i = 0; i < 100_000; i++) mor.putDid({ did: String(49_900_000_000 + i), provider_id: 1 + (i % 3) });
  return mor;
}

/** The median and the worst time of something that is done so often. */
function timed(times, run) {
  const all = Array.from({ length: times }, (_, i) => {
    const began = performance.now();
    run(i);
    return performance.now() - began;
  });
  return { all, text: `${ms(median(all))}, at most ${ms(Math.max(...all))}` };
}

async function measureState() {
  const mor = await bigMock();
  const MAX_MS = 1;
  const time = (what, times) =>
    report(
      what,
      `${ms(median(times))}, at most ${ms(Math.max(...times))}`,
      `constant, a median of at most ${MAX_MS} ms`,
      median(times) <= MAX_MS,
    );
  time('a snapshot, at 1,000,000 numbers and 100,000 put there', timed(50, (i) => mor.takeSnapshot(`s${i}`)).all);
  time('a fork (a sandbox from a snapshot)', timed(50, (i) => mor.createSandbox({ from: `s${i}` })).all);
  time('a restore', timed(50, (i) => mor.restoreSnapshot(`s${i}`)).all);
  const afterRestore = (run) =>
    Array.from({ length: 10 }, (_, i) => {
      mor.restoreSnapshot(`s${i}`);
      return timed(1, run).all[0];
    });
  time(
    'a reset',
    afterRestore(() => mor.reset()),
  );
  const changes = afterRestore(() => mor.deleteDid(1));
  report('the first change after a restore, which copies the 100,000', `${ms(median(changes))}, at most ${ms(Math.max(...changes))}`);
}

async function measureSandboxes() {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  const held = () => {
    for (let i = 0; i < 4; i++) collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const path = fixtures('csv100', 'dids_from: numbers.csv\n', { 'numbers.csv': csv(100_000) });
  // What is made at first use is no part of it.
  await (await createMockMor({ fixtures: path })).close();
  const before = held();
  const mor = await createMockMor({ fixtures: path });
  const alone = held();
  report('a world of 100,000 numbers in a CSV file, held', mb(alone - before));
  const sandboxes = Array.from({ length: 1000 }, () => mor.createSandbox());
  report('1,000 sandboxes over it, held more', mb(held() - alone));
  for (const sandbox of sandboxes) for (let i = 0; i < 10; i++) sandbox.putDid({ did: String(49_900_000_000 + i), provider_id: 1 });
  report('and ten numbers put into each of them, held more', mb(held() - alone));
  await mor.close();
}

async function measurePages() {
  const mor = await bigMock();
  const url = await mor.listen();
  const queries = [
    'offset=0',
    'offset=500000',
    'offset=1099900',
    'provider_id=2&offset=0',
    'provider_id=2&offset=300000',
    'status=closed',
    'did=49900000005',
  ];
  for (const query of queries) {
    const times = [];
    for (let i = 0; i < 20; i++) {
      const began = performance.now();
      await (await fetch(`${url}/__admin/dids?limit=100&${query}`)).json();
      times.push(performance.now() - began);
    }
    report(`GET /__admin/dids?limit=100&${query}`, `${ms(median(times))}, at most ${ms(Math.max(...times))}`);
  }
  await mor.close();
}

async function measureLookups() {
  for (const count of [10, 1_000_000]) {
    const mor = await createMockMor({ fixtures: fixtures(`csv${count}`, 'dids_from: numbers.csv\n', { 'numbers.csv': csv(count) }) });
    const wanted = Array.from({ length: 100_000 }, (_, i) => 1 + ((i * 7919) % count));
    const numbersOf = wanted.map((id) => mor.did(id).did);
    for (const [what, run] of [
      ['id', (i) => mor.did(wanted[i])],
      ['number', (i) => mor.countDids({ did: numbersOf[i] })],
    ]) {
      const rounds = Array.from({ length: 5 }, () => {
        const began = performance.now();
        for (let i = 0; i < wanted.length; i++) run(i);
        return (performance.now() - began) / wanted.length;
      });
      report(`a look-up by ${what} among ${count}`, `${(1000 * Math.min(...rounds)).toFixed(2)} us`);
    }
  }
}

/** `mock-mor validate` of so many rows, under a heap of so many megabytes or Node's own default. */
function measureYaml() {
  for (const [count, heapMb] of [
    [50_000, undefined],
    [390_000, undefined],
    [100_000, 1024],
    [390_000, 1024],
    [390_000, 256],
    [1_000_000, undefined],
  ]) {
    const path = fixtures(`yaml${count}`, yamlRows(count));
    const heap = heapMb === undefined ? [] : [`--max-old-space-size=${heapMb}`];
    const began = performance.now();
    const { status, stdout, stderr } = spawnSync(process.execPath, [...heap, CLI, 'validate', path], { encoding: 'utf8' });
    const said = `${stdout}${stderr}`.replaceAll(`${folder}/`, '').trim().replace(/\n\s*/g, ' ');
    report(
      `${count} rows of YAML, heap ${heapMb === undefined ? 'by default' : `of ${heapMb} MB`}`,
      `${ms(performance.now() - began)}, status ${status}: ${said}`,
    );
  }
}

const FIGURES = {
  start: measureStart,
  state: measureState,
  sandboxes: measureSandboxes,
  pages: measurePages,
  lookups: measureLookups,
  yaml: measureYaml,
};

try {
  const [{ model }] = cpus();
  console.log(
    `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus().length} x ${model}, ${(totalmem() / 1e9).toFixed(0)} GB`,
  );
  const named = process.argv.slice(2);
  const unknown = named.filter((name) => !Object.hasOwn(FIGURES, name));
  if (unknown.length > 0) throw new Error(`unknown: ${unknown.join(', ')}. There are: ${Object.keys(FIGURES).join(', ')}`);
  for (const name of named.length === 0 ? Object.keys(FIGURES) : named) await FIGURES[name]();
} finally {
  rmSync(folder, { recursive: true });
}
