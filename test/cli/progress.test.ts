import { createProgress } from '../../src/cli/progress.ts';

function streamed(isTTY: boolean): { readonly written: string[]; readonly progress: ReturnType<typeof createProgress> } {
  const written: string[] = [];
  return { written, progress: createProgress({ isTTY, write: (text: unknown) => written.push(String(text)) > 0 }) };
}

test('on a terminal one line is written over, and taken away at the end', () => {
  const { written, progress } = streamed(true);
  progress?.onProgress('fixtures/dids.yaml', 0.005);
  progress?.onProgress('fixtures/dids.yaml', 0.429);
  progress?.end();
  expect(written).toEqual(['\r\u001b[Kreading dids.yaml: 0 %', '\r\u001b[Kreading dids.yaml: 42 %', '\r\u001b[K']);
});

test('nothing is taken away where nothing stood', () => {
  const { written, progress } = streamed(true);
  progress?.end();
  progress?.onProgress('a.yaml', 1);
  progress?.end();
  progress?.end();
  expect(written).toHaveLength(2);
});

test('no name steers the terminal', () => {
  const { written, progress } = streamed(true);
  progress?.onProgress('a\u001b[2J.yaml', 0.5);
  expect(written).toEqual(['\r\u001b[Kreading a\\x1b[2J.yaml: 50 %']);
});

test('where there is no terminal there is no progress', () => {
  expect(streamed(false).progress).toBeUndefined();
});
