/** Sequences of everything a client and a tester may do, to the mock and to a reference of a hundred lines: after each step both show the same. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { createMockMor, type MockMor } from '../../src/index.ts';
import { pooledClient, type PooledClient } from '../support/pooled.ts';
import { COMMANDS, expectSame, toFixtureFile, WORLDS, type Model, type Real } from './commands.ts';
import { createStart, worldAt, type Fixtures } from './reference.ts';

/** Ten thousand each night: `MODEL_RUNS=10000 npx jest test/model`. */
const RUNS = Number(process.env['MODEL_RUNS'] ?? 500);

const FIRST = WORLDS[0] as Fixtures;

let folder: string;
let server: MockMor;
let client: PooledClient;
let current: MockMor;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mock-mor-model-'));
  // One that listens for all: it hands each request to the mock of the sequence that runs.
  server = await createMockMor();
  Object.assign(server, { handler: (...exchange: Parameters<MockMor['handler']>) => current.handler(...exchange) });
  client = await pooledClient(server, 1);
});

afterAll(async () => {
  client.end();
  await server.close();
  rmSync(folder, { recursive: true });
});

test(
  `${String(RUNS)} sequences`,
  async () => {
    expect(RUNS).toBeGreaterThan(0);
    const file = join(folder, 'world.json');
    await fc.assert(
      fc.asyncProperty(fc.commands(COMMANDS, { maxCommands: 30, size: 'max' }), async (commands) => {
        writeFileSync(file, toFixtureFile(FIRST));
        current = await createMockMor({ fixtures: file });
        const model: Model = { root: worldAt(createStart(FIRST)), sandboxes: new Map() };
        const real: Real = { mor: current, client, file };
        expectSame(model, current);
        await fc.asyncModelRun(() => ({ model, real }), commands);
      }),
      { numRuns: RUNS },
    );
  },
  30_000 + RUNS * 60,
);
