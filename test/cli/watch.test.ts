import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve, type Program } from './program.ts';

let folder: string;
let program: Program;
let url: string;

const world = (...users: readonly string[]): string =>
  ['users:', ...users.map((username, i) => `  - { id: ${String(i)}, username: ${username}, type: admin }`), ''].join('\n');

interface Health {
  readonly status: string;
  readonly fixtures: { readonly failure?: string };
  readonly counts: { readonly users: number };
}

async function health(): Promise<Health> {
  return (await (await fetch(`${url}/__admin/health`)).json()) as Health;
}

const loads = (): number => program.stderr.split('fixtures loaded anew').length - 1;

/** Writes as careful editors and `kubectl` do: aside, then over the old one. */
function replace(text: string): void {
  writeFileSync(join(folder, 'world.tmp'), text);
  renameSync(join(folder, 'world.tmp'), join(folder, 'world.yaml'));
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mock-mor-watch-'));
  writeFileSync(join(folder, 'world.yaml'), world('one'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe.each(['folder', 'file'])('of a %s', (kind) => {
  beforeEach(async () => {
    program = serve(['--watch', '--log', 'json', '--fixtures', kind === 'file' ? join(folder, 'world.yaml') : folder]);
    url = await program.url();
  });

  test('a file replaced by a rename, twice', async () => {
    replace(world('one', 'two'));
    await program.said('stderr', /loaded anew: 2 users/);
    expect((await health()).counts.users).toBe(2);
    replace(world('one', 'two', 'three'));
    await program.said('stderr', /loaded anew: 3 users/);
    expect((await health()).counts.users).toBe(3);
  });

  test('a file that was cut off to nothing keeps the last good world', async () => {
    writeFileSync(join(folder, 'world.yaml'), '');
    await program.said('stderr', /fixtures not loaded.*holds nothing/);
    expect(await health()).toMatchObject({ status: 'stale', counts: { users: 1 } });
    replace(world('one', 'two'));
    await program.said('stderr', /loaded anew: 2 users/);
  });

  test('a file that is gone keeps the last good world, and its return is seen', async () => {
    rmSync(join(folder, 'world.yaml'));
    await program.said('stderr', /fixtures not loaded/);
    expect(await health()).toMatchObject({ status: 'stale', counts: { users: 1 } });
    replace(world('one', 'two'));
    await program.said('stderr', /loaded anew: 2 users/);
    expect((await health()).status).toBe('ok');
  });
});

describe('of a folder, by its content', () => {
  beforeEach(async () => {
    program = serve(['--watch', '--log', 'json', '--fixtures', folder]);
    url = await program.url();
  });

  test('a file written in two halves ends as the whole one', async () => {
    const text = world('one', 'two', 'three');
    writeFileSync(join(folder, 'world.yaml'), text.slice(0, text.indexOf('type: admin }\n  - { id: 2')));
    await new Promise(setImmediate);
    appendFileSync(join(folder, 'world.yaml'), text.slice(text.indexOf('type: admin }\n  - { id: 2')));
    await program.said('stderr', /loaded anew: 3 users/);
    expect(await health()).toMatchObject({ status: 'ok', counts: { users: 3 } });
  });

  test('a file written prefix by prefix while clients call: each sees a whole world, the old or the new one', async () => {
    const text = world('one', 'two', 'three', 'four', 'five');
    const seen = new Set<number>();
    let isWritten = false;
    const calls = async (): Promise<void> => {
      while (!isWritten || !seen.has(5)) seen.add((await health()).counts.users);
    };
    const clients = [calls(), calls()];
    for (let length = 0; length <= text.length; length++) {
      writeFileSync(join(folder, 'world.yaml'), text.slice(0, length));
      await new Promise(setImmediate);
    }
    isWritten = true;
    await program.said('stderr', /loaded anew: 5 users/);
    await Promise.all(clients);
    // A prefix that rests at the end of a row is a world of its own, which a slow machine may come to see: whole as well.
    expect([...seen].filter((users) => users < 1 || users > 5)).toEqual([]);
    expect([seen.has(1), seen.has(5)]).toEqual([true, true]);
  });

  test('a bad file: every fault is logged, the last good world stays, health says so until it is mended', async () => {
    replace('users:\n  - { id: 0, usernam: one, type: amin }\n');
    await program.said('stderr', /usernam.*\n/);
    const line = program.stderr.split('\n').find((text) => text.includes('usernam')) ?? '';
    const { level, msg } = JSON.parse(line) as { level: string; msg: string };
    expect(level).toBe('error');
    expect(msg).toMatch(/world\.yaml:2:\d+ users\[0\].*usernam/);
    expect(msg).toMatch(/world\.yaml:2:\d+ users\[0\]\.type/);
    expect(await health()).toMatchObject({
      status: 'stale',
      counts: { users: 1 },
      fixtures: { failure: expect.stringContaining('usernam') },
    });
    replace(world('one', 'two'));
    await program.said('stderr', /loaded anew: 2 users/);
    const mended = await health();
    expect(mended).toMatchObject({ status: 'ok', counts: { users: 2 } });
    expect(mended.fixtures).not.toHaveProperty('failure');
  });

  test('a file that comes into the folder, and one that goes', async () => {
    writeFileSync(join(folder, 'more.yaml'), 'users:\n  - { id: 7, username: seven, type: admin }\n');
    await program.said('stderr', /loaded anew: 2 users/);
    rmSync(join(folder, 'more.yaml'));
    await program.said('stderr', /loaded anew: 1 user,/);
    expect(loads()).toBe(2);
  });
});

test('a list file that fixtures name: its change, its fault, its loss and its return', async () => {
  const list = join(folder, 'numbers.csv');
  writeFileSync(list, 'did\n1\n');
  replace('providers: [{ id: 1 }]\ndids_from: { file: numbers.csv, provider_id: 1 }\n');
  program = serve(['--watch', '--log', 'json', '--fixtures', folder]);
  url = await program.url();
  writeFileSync(list, 'did\n1\n2\n');
  await program.said('stderr', /loaded anew: 0 users, 1 provider, 2 DIDs/);
  writeFileSync(list, 'did\n1\n1\n');
  await program.said('stderr', /not loaded.*numbers\.csv:3:1 did: /);
  rmSync(list);
  await program.said('stderr', /numbers\.csv cannot be read: there is no such file/);
  writeFileSync(list, 'did\n1\n2\n3\n');
  await program.said('stderr', /loaded anew: 0 users, 1 provider, 3 DIDs/);
  expect((await health()).status).toBe('ok');
  expect(loads()).toBe(2);
});

test('without --watch nothing is loaded anew', async () => {
  program = serve(['--log', 'json', '--fixtures', folder]);
  url = await program.url();
  replace(world('one', 'two'));
  expect((await health()).counts.users).toBe(1);
  await fetch(`${url}/__admin/fixtures/reload`, { method: 'POST' });
  expect((await health()).counts.users).toBe(2);
});
