/**
 * Bundles the command and all it needs into `dist/cli.js` and the chunks next to it, one chunk for what each command alone needs:
 * to find and read five hundred files was a third of a start. Packages that few runs need are bundled apart and loaded at their first use.
 */
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, URL } from 'node:url';
import { rolldown } from 'rolldown';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));

/** Packages, or parts of them, that are asked for by a `require` in a function. */
const LAZY = {
  xmlbuilder2: /\/node_modules\/xmlbuilder2\//,
  'prom-client': /\/node_modules\/prom-client\//,
  busboy: /\/node_modules\/@fastify\/busboy\//,
  'iconv-encodings': /\/node_modules\/iconv-lite\/encodings\//,
};

/** Leaves lazy packages out of a bundle, and remembers where each begins. */
function leaveOut(entries) {
  return {
    name: 'leave-out',
    async resolveId(source, importer) {
      if (importer === undefined) return null;
      const resolved = await this.resolve(source, importer, { skipSelf: true });
      const [name, place] = Object.entries(LAZY).find(([, place]) => place.test(resolved?.id ?? '')) ?? [];
      if (name === undefined || place.test(importer)) return null;
      entries.set(name, resolved.id);
      return { id: `./packages/${name}.js`, external: true };
    },
  };
}

/** Bundles one entry. Returns the files it is made of. */
async function bundle(input, output, plugins = []) {
  const bundled = await rolldown({ input, platform: 'node', makeAbsoluteExternalsRelative: false, plugins, onLog: failOnWarning });
  const { output: chunks } = await bundled.write({ format: 'cjs', comments: false, ...output });
  return chunks.flatMap(({ moduleIds = [] }) => moduleIds);
}

function failOnWarning(level, log) {
  if (level === 'warn') throw new Error(log.message);
}

/** The licences of the packages that files belong to, each with its text. */
function formatLicences(files) {
  const folders = new Set(files.map((file) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]).filter(Boolean));
  const licences = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
    return `${name} ${version}, ${license}\n\n${file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim()}`;
  });
  return `The command, dist/cli*.js, and dist/packages hold code of these packages.\n\n${licences.join('\n\n---\n\n')}\n`;
}

const entries = new Map();
const input = { cli: fileURLToPath(new URL('../src/cli.ts', import.meta.url)) };
// The chunks are in the same folder as the library: both look for the package's files one folder up.
const files = await bundle(input, { dir: DIST, entryFileNames: '[name].js', chunkFileNames: 'cli-[name].js' }, [leaveOut(entries)]);
for (const [name, entry] of entries)
  files.push(...(await bundle(entry, { file: join(DIST, 'packages', `${name}.js`), codeSplitting: false })));
const unused = Object.keys(LAZY).filter((name) => !entries.has(name));
if (unused.length > 0) throw new Error(`nothing needs ${unused.join(', ')} any more`);
chmodSync(join(DIST, 'cli.js'), 0o755);
writeFileSync(join(DIST, 'THIRD-PARTY-LICENCES.txt'), formatLicences(files));
