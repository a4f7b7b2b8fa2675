/** The servers that are compared, and how each is started: words for `node`. */
import { fileURLToPath, URL } from 'node:url';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

const mock = (...flags) => [at('../../dist/cli.js'), 'serve', '--port', '0', ...flags];

export const SERVERS = {
  'http-full': { words: [at('./http-full.mjs')] },
  express: { words: [at('./express.mjs')] },
  'bare express': { words: [at('./bare-express.mjs')] },
  'mock-mor': { words: mock('--log', 'silent') },
  /** Its standard error goes to a file. */
  'mock-mor, JSON log': { words: mock('--log', 'json'), logs: true },
};
