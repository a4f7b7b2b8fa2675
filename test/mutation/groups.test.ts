import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

test('every file that a group names is there', () => {
  const script = "import('./test/mutation/groups.mjs').then(({ GROUPS }) => console.log(JSON.stringify(GROUPS)))";
  const groups = JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' })) as Readonly<
    Record<string, { readonly mutate: readonly string[]; readonly tests: readonly string[] }>
  >;
  const named = Object.values(groups).flatMap(({ mutate, tests }) => [...mutate, ...tests]);
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((file) => !existsSync(file.replace(/\/\*.*$/, '')))).toEqual([]);
});
