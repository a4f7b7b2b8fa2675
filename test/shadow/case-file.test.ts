/** The file of cases at every moment at which the process may end: after each byte that is written. */
import { open, type FileHandle } from 'node:fs/promises';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCases } from '../../src/contract/table.ts';
import { CaseFile } from '../../src/shadow/case-file.ts';
import { ownFolder } from './shadowed.ts';

const HEAD = 'world: { settings: {}, users: [], providers: [], dids: [] }\nrequest: {}\ncases:\n  recorded:\n';

const line = (title: string): string => `{ title: "${title}: x", expect: { success: true } }`;

const countIn = (text: string): number => parseCases(text, 'the record').cases['recorded']?.length ?? 0;

type Write = (this: FileHandle, bytes: Buffer, offset: number, length: number, place: number) => Promise<{ readonly bytesWritten: number }>;

/** Puts something between every file that is open and its writes. */
async function onWrites(replace: (write: Write) => Write): Promise<void> {
  const handle = await open(__filename, 'r');
  const files = Object.getPrototypeOf(handle) as { write: Write };
  await handle.close();
  const { write } = files;
  jest.spyOn(files, 'write').mockImplementation(replace(write));
}

afterEach(() => jest.restoreAllMocks());

test('after every byte the file parses, and no case that was in it is lost', async () => {
  const path = join(ownFolder(), 'record.yaml');
  const file = CaseFile.at(path, HEAD);
  await file.append([line('1')]);
  const start = readFileSync(path);
  const writes: { readonly place: number; readonly bytes: Buffer }[] = [];
  await onWrites(
    (write) =>
      function (bytes, offset, length, place) {
        writes.push({ place, bytes });
        return write.call(this, bytes, offset, length, place);
      },
  );
  await file.append([line('2 ü 鈴 😀'), line('3')]);
  await file.append([line('4')]);
  await file.close();

  let bytes = Buffer.concat([start, Buffer.alloc(writes.reduce((sum, write) => sum + write.bytes.length, 0))]);
  let length = start.length;
  let before = 1;
  let moments = 0;
  for (const write of writes) {
    for (let i = 1; i <= write.bytes.length; i++) {
      write.bytes.copy(bytes, write.place, 0, i);
      length = Math.max(length, write.place + i);
      const count = countIn(bytes.subarray(0, length).toString('utf8'));
      expect(count).toBeGreaterThanOrEqual(before);
      before = count;
      moments += 1;
    }
  }
  bytes = bytes.subarray(0, length);
  expect(bytes.equals(readFileSync(path))).toBe(true);
  expect([countIn(bytes.toString('utf8')), file.lastNumber]).toEqual([4, 4]);
  expect(moments).toBeGreaterThan(150);
});

test('what a crash leaves of any length is gone on with', async () => {
  const folder = ownFolder();
  const rest = `    # ${line('2 ü')}\n`;
  for (let length = 0; length <= Buffer.byteLength(rest); length++) {
    const path = join(folder, `${String(length)}.yaml`);
    writeFileSync(path, Buffer.concat([Buffer.from(`${HEAD}    - ${line('1')}\n`), Buffer.from(rest).subarray(0, length)]));
    const file = CaseFile.at(path, HEAD);
    await file.append([line('3')]);
    await file.close();
    const bytes = readFileSync(path);
    expect({ length, count: countIn(bytes.toString('utf8')), hasHole: bytes.includes(0) }).toEqual({ length, count: 2, hasHole: false });
    expect(CaseFile.at(path, HEAD).lastNumber).toBe(3);
  }
});

test('the file is there with its first case, and nothing else is left in the folder', async () => {
  const folder = ownFolder();
  const file = CaseFile.at(join(folder, 'record.yaml'), HEAD);
  expect(readdirSync(folder)).toEqual([]);
  await file.append([line('1')]);
  await file.close();
  expect(readdirSync(folder)).toEqual(['record.yaml']);
  expect(countIn(readFileSync(join(folder, 'record.yaml'), 'utf8'))).toBe(1);
});

test('where it cannot be made, nothing is left in the folder', async () => {
  const folder = ownFolder();
  const file = CaseFile.at(join(folder, 'record.yaml'), HEAD);
  mkdirSync(join(folder, 'record.yaml'));
  await expect(file.append([line('1')])).rejects.toThrow('has come to be meanwhile');
  expect(readdirSync(folder)).toEqual(['record.yaml']);
});

test('a write that is cut short is a failure, and leaves a file that parses', async () => {
  const path = join(ownFolder(), 'record.yaml');
  const file = CaseFile.at(path, HEAD);
  await file.append([line('1')]);
  await file.close();
  await onWrites(
    (write) =>
      function (bytes, offset, length, place) {
        return write.call(this, bytes, offset, Math.min(length, 20), place);
      },
  );
  await expect(file.append([line('2')])).rejects.toThrow('no room');
  await file.close();
  expect(countIn(readFileSync(path, 'utf8'))).toBe(1);
});

test('a file that would become too large to be read takes no more', () => {
  const file = CaseFile.at(join(ownFolder(), 'record.yaml'), HEAD);
  const most = 16 * 1024 * 1024 - HEAD.length - 7;
  expect(file.hasRoomFor(['x'.repeat(most)])).toBe(true);
  expect(file.hasRoomFor(['x'.repeat(most + 1)])).toBe(false);
  expect(file.hasRoomFor(['x'.repeat(most - 7), ''])).toBe(true);
  expect(file.hasRoomFor(['x'.repeat(most - 6), ''])).toBe(false);
});
