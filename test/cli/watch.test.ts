import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Program, SERVE } from './program.ts';

/** A program that watches a folder of its own, so that the tests can wait side by side. */
class Watched {
  readonly folder = mkdtempSync(join(tmpdir(), 'mock-mor-watch-'));
  #program: Program | undefined;

  constructor() {
    this.write(world('one'));
  }

  get program(): Program {
    if (this.#program === undefined) throw new Error('it was not started');
    return this.#program;
  }

  /** Starts it, on the folder or on the file in it. */
  async start(kind: 'folder' | 'file' = 'folder', flags: readonly string[] = ['--watch']): Promise<void> {
    const fixtures = kind === 'file' ? this.file() : this.folder;
    this.#program = new Program([...SERVE, ...flags, '--log', 'json', '--fixtures', fixtures]);
    await this.#program.url();
  }

  file(name = 'world.yaml'): string {
    return join(this.folder, name);
  }

  write(text: string): void {
    writeFileSync(this.file(), text);
  }

  /** Writes as careful editors and `kubectl` do: aside, then over the old one. */
  replace(text: string): void {
    writeFileSync(this.file('world.tmp'), text);
    renameSync(this.file('world.tmp'), this.file());
  }

  /** Waits for a line of its log. */
  async said(pattern: RegExp): Promise<void> {
    await this.program.said('stderr', pattern);
  }

  async health(): Promise<Health> {
    return (await (await fetch(`${await this.program.url()}/__admin/health`)).json()) as Health;
  }

  loads(): number {
    return this.program.stderr.split('fixtures loaded again').length - 1;
  }

  /** May be called twice. */
  async end(): Promise<void> {
    this.#program?.kill('SIGKILL');
    await this.#program?.exit();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

interface Health {
  readonly status: string;
  readonly fixtures: { readonly failure?: string };
  readonly counts: { readonly users: number };
}

const world = (...users: readonly string[]): string =>
  ['users:', ...users.map((username, i) => `  - { id: ${String(i)}, username: ${username}, type: admin }`), ''].join('\n');

const all: Watched[] = [];
// Those of tests that ran out of time.
afterAll(() => Promise.all(all.map((watched) => watched.end())));

/** A test that waits for the looks of the watch while others wait for theirs. */
function watching(name: string, run: (watched: Watched) => Promise<void>): void {
  test.concurrent(name, () => {
    const watched = new Watched();
    all.push(watched);
    return run(watched).finally(() => watched.end());
  });
}

for (const kind of ['folder', 'file'] as const) {
  describe(`of a ${kind}`, () => {
    watching('a file replaced by a rename, twice', async (watched) => {
      await watched.start(kind);
      watched.replace(world('one', 'two'));
      await watched.said(/loaded again: 2 users/);
      expect((await watched.health()).counts.users).toBe(2);
      watched.replace(world('one', 'two', 'three'));
      await watched.said(/loaded again: 3 users/);
      expect((await watched.health()).counts.users).toBe(3);
    });

    watching('a file that was cut off to nothing keeps the last good world', async (watched) => {
      await watched.start(kind);
      watched.write('');
      await watched.said(/fixtures not loaded.*holds nothing/);
      expect(await watched.health()).toMatchObject({ status: 'stale', counts: { users: 1 } });
      watched.replace(world('one', 'two'));
      await watched.said(/loaded again: 2 users/);
    });

    watching('a file that is gone keeps the last good world, and its return is seen', async (watched) => {
      await watched.start(kind);
      rmSync(watched.file());
      await watched.said(/fixtures not loaded/);
      expect(await watched.health()).toMatchObject({ status: 'stale', counts: { users: 1 } });
      watched.replace(world('one', 'two'));
      await watched.said(/loaded again: 2 users/);
      expect((await watched.health()).status).toBe('ok');
    });
  });
}

describe('of a folder, by its content', () => {
  watching('a file written in two halves ends as the whole one', async (watched) => {
    await watched.start();
    const text = world('one', 'two', 'three');
    watched.write(text.slice(0, text.indexOf('type: admin }\n  - { id: 2')));
    await new Promise(setImmediate);
    appendFileSync(watched.file(), text.slice(text.indexOf('type: admin }\n  - { id: 2')));
    await watched.said(/loaded again: 3 users/);
    expect(await watched.health()).toMatchObject({ status: 'ok', counts: { users: 3 } });
  });

  watching('a file written prefix by prefix while clients call: each sees a whole world, the old or the new one', async (watched) => {
    await watched.start();
    const text = world('one', 'two', 'three', 'four', 'five');
    const seen = new Set<number>();
    let isWritten = false;
    const calls = async (): Promise<void> => {
      while (!isWritten || !seen.has(5)) seen.add((await watched.health()).counts.users);
    };
    const clients = [calls(), calls()];
    for (let length = 0; length <= text.length; length++) {
      watched.write(text.slice(0, length));
      await new Promise(setImmediate);
    }
    isWritten = true;
    await Promise.all([watched.said(/loaded again: 5 users/), ...clients]);
    // A prefix that rests at the end of a row is a world of its own, which a slow machine may come to see: whole as well.
    expect([...seen].filter((users) => users < 1 || users > 5)).toEqual([]);
    expect([seen.has(1), seen.has(5)]).toEqual([true, true]);
  });

  watching('a bad file: every fault is logged, the last good world stays, health says so until it is fixed', async (watched) => {
    await watched.start();
    watched.replace('users:\n  - { id: 0, usernam: one, type: amin }\n');
    await watched.said(/usernam.*\n/);
    const line = watched.program.stderr.split('\n').find((text) => text.includes('usernam')) ?? '';
    const { level, msg } = JSON.parse(line) as { level: string; msg: string };
    expect(level).toBe('error');
    expect(msg).toMatch(/world\.yaml:2:\d+ users\[0\].*usernam/);
    expect(msg).toMatch(/world\.yaml:2:\d+ users\[0\]\.type/);
    expect(await watched.health()).toMatchObject({
      status: 'stale',
      counts: { users: 1 },
      fixtures: { failure: expect.stringContaining('usernam') },
    });
    watched.replace(world('one', 'two'));
    await watched.said(/loaded again: 2 users/);
    const fixed = await watched.health();
    expect(fixed).toMatchObject({ status: 'ok', counts: { users: 2 } });
    expect(fixed.fixtures).not.toHaveProperty('failure');
  });

  watching('a file that comes into the folder, and one that goes', async (watched) => {
    await watched.start();
    writeFileSync(watched.file('more.yaml'), 'users:\n  - { id: 7, username: seven, type: admin }\n');
    await watched.said(/loaded again: 2 users/);
    rmSync(watched.file('more.yaml'));
    await watched.said(/loaded again: 1 user,/);
    expect(watched.loads()).toBe(2);
  });
});

watching('a CSV file that fixtures name: its change, its issue, its loss and its return', async (watched) => {
  const list = watched.file('numbers.csv');
  writeFileSync(list, 'did\n1\n');
  watched.replace('providers: [{ id: 1 }]\ndids_from: { file: numbers.csv, provider_id: 1 }\n');
  await watched.start();
  writeFileSync(list, 'did\n1\n2\n');
  await watched.said(/loaded again: 0 users, 1 provider, 2 DIDs/);
  writeFileSync(list, 'did\n1\n1\n');
  await watched.said(/not loaded.*numbers\.csv:3 did: /);
  rmSync(list);
  await watched.said(/numbers\.csv cannot be read: there is no such file/);
  writeFileSync(list, 'did\n1\n2\n3\n');
  await watched.said(/loaded again: 0 users, 1 provider, 3 DIDs/);
  expect((await watched.health()).status).toBe('ok');
  expect(watched.loads()).toBe(2);
});

watching('without --watch nothing is loaded again', async (watched) => {
  await watched.start('folder', []);
  watched.replace(world('one', 'two'));
  expect((await watched.health()).counts.users).toBe(1);
  await fetch(`${await watched.program.url()}/__admin/fixtures/reload`, { method: 'POST' });
  expect((await watched.health()).counts.users).toBe(2);
});
