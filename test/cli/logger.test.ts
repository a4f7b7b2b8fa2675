import { batchWrites, createLogger } from '../../src/cli/logger.ts';
import type { LogEntry } from '../../src/index.ts';

/** A stream that keeps what is written, and says how much of it waits for a reader. */
class Kept {
  writableLength = 0;
  text = '';
  readonly write = (line: string): boolean => {
    this.text += line;
    return true;
  };
}

const written = async (format: 'pretty' | 'json', entry: LogEntry, hasColors = false): Promise<string> => {
  const stream = new Kept();
  const log = await createLogger(stream, format, hasColors);
  log(entry);
  return stream.text;
};

/** Escape, bell, line feed, C1's control sequence introducer, right-to-left override, line separator, a tag beyond the BMP, half a pair. */
const STEERING = '\u001b[2J\u0007\u009b31m\u202e\u2028\u{e0041}\ud800';
const STEERS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

it('JSON: one line, with level, time, fields and message in this order', async () => {
  const line = await written('json', { level: 'info', message: 'hello', request_id: '7', sandbox: undefined, duration_ms: 1.25 });
  expect(line.endsWith('}\n')).toBe(true);
  expect(JSON.parse(line)).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    request_id: '7',
    duration_ms: 1.25,
    msg: 'hello',
  });
  expect(Object.keys(JSON.parse(line) as object)).toEqual(['level', 'time', 'request_id', 'duration_ms', 'msg']);
});

it.each(['info', 'warn', 'error'] as const)('pretty: time, level and message, level %s', async (level) => {
  expect(await written('pretty', { level, message: 'hello', request_id: '7' })).toMatch(
    new RegExp(`^\\d\\d:\\d\\d:\\d\\d ${level.padEnd(5)} hello\n$`),
  );
});

it('JSON: what would steer a terminal is escaped, and is the same text when read', async () => {
  const line = await written('json', { level: 'info', message: STEERING, u: STEERING });
  expect(line.slice(0, -1)).not.toMatch(STEERS);
  expect(JSON.parse(line)).toMatchObject({ u: STEERING, msg: STEERING });
});

it('pretty: what would steer a terminal is shown', async () => {
  const line = await written('pretty', { level: 'info', message: STEERING });
  expect(line.slice(0, -1)).not.toMatch(STEERS);
  expect(line).toContain(String.raw`\x1b[2J\x07\x9b31m\u202e\u2028\u{e0041}\ud800`);
});

it('pretty: the lines of a message stay lines', async () => {
  expect(await written('pretty', { level: 'error', message: 'one\ntwo' })).toMatch(/^\d\d:\d\d:\d\d error one\ntwo\n$/);
});

it('pretty: the time is that of the machine', async () => {
  jest.useFakeTimers({ now: new Date(2026, 0, 1, 12, 34, 56) });
  try {
    expect(await written('pretty', { level: 'info', message: 'x' })).toBe('12:34:56 info  x\n');
  } finally {
    jest.useRealTimers();
  }
});

it.each([
  ['info', 32],
  ['warn', 33],
  ['error', 31],
] as const)('pretty, with colours: the level %s has its own', async (level, color) => {
  const line = await written('pretty', { level, message: 'hello' }, true);
  expect(line).toContain(` \u001b[${String(color)}m${level.padEnd(5)}\u001b[39m hello`);
});

it('while nobody reads, lines are dropped, and their number is logged once somebody does', async () => {
  const stream = new Kept();
  const log = await createLogger(stream, 'json');
  stream.writableLength = 2_000_000;
  for (let i = 0; i < 3; i++) log({ level: 'info', message: 'lost' });
  expect(stream.text).toBe('');
  stream.writableLength = 0;
  log({ level: 'info', message: 'back' });
  log({ level: 'info', message: 'again' });
  expect(
    stream.text
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { msg: string }).msg),
  ).toEqual(['3 lines of the log were dropped, because nobody read them', 'back', 'again']);
});

describe('a stream that batches', () => {
  it('writes what comes within a moment at once, in its order', async () => {
    const writes: string[] = [];
    const write = (text: string): boolean => writes.push(text) > 0;
    const written = new Promise<void>((resolve) => {
      const stream = batchWrites({ writableLength: 3, write: (text: string) => (resolve(), write(text)) });
      stream.write('one\n');
      stream.write('two\n');
      expect([writes, stream.writableLength]).toEqual([[], 3 + 8]);
    });
    await written;
    expect(writes).toEqual(['one\ntwo\n']);
  });

  it('writes at once what is much, and goes on batching', () => {
    const stream = new Kept();
    const batched = batchWrites(stream);
    batched.write('one\n');
    expect(stream.text).toBe('');
    batched.write(`${'x'.repeat(16_384)}\n`);
    expect(stream.text).toHaveLength(4 + 16_385);
    batched.write('two\n');
    expect([stream.text.endsWith('x\n'), batched.writableLength]).toEqual([true, 4]);
    batched.flush();
    expect(stream.text.endsWith('x\ntwo\n')).toBe(true);
  });

  it('writes at once when it is flushed, and nothing twice', () => {
    const stream = new Kept();
    const batched = batchWrites(stream);
    batched.write('one\n');
    batched.flush();
    batched.flush();
    expect(stream.text).toBe('one\n');
  });
});
