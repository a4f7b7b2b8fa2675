import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watchFixtures } from '../../src/loader/watch.ts';

const intervalMs = 20;

let folder: string;

beforeEach(() => {
  jest.useFakeTimers();
  folder = mkdtempSync(join(tmpdir(), 'mock-mor-watch-'));
  writeFileSync(join(folder, 'a.yaml'), 'users: []\n');
});

afterEach(() => {
  jest.useRealTimers();
  rmSync(folder, { recursive: true });
});

/** Looks again so many times. */
const poll = (times: number): void => {
  jest.advanceTimersByTime(times * intervalMs);
};

function watched(path: string): { readonly onChange: jest.Mock; readonly stop: () => void } {
  const onChange = jest.fn();
  return { onChange, stop: watchFixtures(path, onChange, { intervalMs }).stop };
}

const CHANGES: readonly (readonly [title: string, change: () => void])[] = [
  ['a file written again', () => writeFileSync(join(folder, 'a.yaml'), 'users: [] # longer\n')],
  [
    'a file renamed over another of the same size',
    () => {
      writeFileSync(join(folder, 'a.tmp'), 'dids:  []\n');
      renameSync(join(folder, 'a.tmp'), join(folder, 'a.yaml'));
    },
  ],
  ['a new file', () => writeFileSync(join(folder, 'b.yml'), '')],
  ['a file that is gone', () => unlinkSync(join(folder, 'a.yaml'))],
];

test.each(CHANGES)('%s is reported once, when it rests', (_, change) => {
  const { onChange, stop } = watched(folder);
  poll(3);
  expect(onChange).not.toHaveBeenCalled();
  change();
  poll(1);
  expect(onChange).not.toHaveBeenCalled();
  poll(1);
  expect(onChange).toHaveBeenCalledTimes(1);
  poll(5);
  expect(onChange).toHaveBeenCalledTimes(1);
  stop();
});

test('a file is not reported while it is still being written', () => {
  const { onChange, stop } = watched(join(folder, 'a.yaml'));
  for (let i = 0; i < 5; i++) {
    appendFileSync(join(folder, 'a.yaml'), '# more\n');
    poll(1);
  }
  expect(onChange).not.toHaveBeenCalled();
  poll(1);
  expect(onChange).toHaveBeenCalledTimes(1);
  stop();
});

test('a link that is swapped, as mounts of orchestrators do, is reported', () => {
  for (const version of ['one', 'two']) {
    mkdirSync(join(folder, version));
    writeFileSync(join(folder, version, 'world.yaml'), 'users: []\n');
  }
  symlinkSync('one', join(folder, '..data'));
  symlinkSync('..data/world.yaml', join(folder, 'world.yaml'));
  const { onChange, stop } = watched(folder);
  symlinkSync('two', join(folder, '..data_tmp'));
  renameSync(join(folder, '..data_tmp'), join(folder, '..data'));
  poll(2);
  expect(onChange).toHaveBeenCalledTimes(1);
  stop();
});

test('what is no fixture is not watched', () => {
  const { onChange, stop } = watched(folder);
  writeFileSync(join(folder, '.a.yaml.swp'), '');
  writeFileSync(join(folder, 'notes.txt'), '');
  poll(3);
  expect(onChange).not.toHaveBeenCalled();
  stop();
});

test('a folder that goes and comes back is reported both times', () => {
  const { onChange, stop } = watched(folder);
  renameSync(folder, `${folder}.away`);
  poll(2);
  expect(onChange).toHaveBeenCalledTimes(1);
  renameSync(`${folder}.away`, folder);
  writeFileSync(join(folder, 'a.yaml'), 'users: [] # back\n');
  poll(2);
  expect(onChange).toHaveBeenCalledTimes(2);
  stop();
});

describe('a list file that fixtures name', () => {
  const list = (): string => join(folder, 'numbers.csv');

  test('is watched from before it is read, and only its changes are reported', () => {
    const onChange = jest.fn();
    const watch = watchFixtures(folder, onChange, { intervalMs });
    watch.watchCsvFile(list());
    writeFileSync(list(), 'did\n1\n');
    poll(2);
    expect(onChange).toHaveBeenCalledTimes(1);
    watch.unwatchCsvFiles();
    watch.watchCsvFile(list());
    poll(3);
    expect(onChange).toHaveBeenCalledTimes(1);
    appendFileSync(list(), '2\n');
    poll(1);
    expect(onChange).toHaveBeenCalledTimes(1);
    poll(1);
    expect(onChange).toHaveBeenCalledTimes(2);
    watch.stop();
  });

  test('is not watched any more once it is named no more', () => {
    const onChange = jest.fn();
    const watch = watchFixtures(folder, onChange, { intervalMs });
    watch.watchCsvFile(list());
    watch.unwatchCsvFiles();
    writeFileSync(list(), 'did\n1\n');
    poll(3);
    expect(onChange).not.toHaveBeenCalled();
    watch.stop();
  });
});

test('after stop nothing is reported', () => {
  const { onChange, stop } = watched(folder);
  stop();
  unlinkSync(join(folder, 'a.yaml'));
  poll(3);
  expect(onChange).not.toHaveBeenCalled();
});
