import { readFileSync } from 'node:fs';
import { join } from 'node:path';

let version: string | undefined;

/** The version in our package.json, which stands beside `src` as beside `dist`. */
export function packageVersion(): string {
  version ??= (JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8')) as { version: string }).version;
  return version;
}
