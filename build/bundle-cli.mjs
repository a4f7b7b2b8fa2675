/**
 * Bundles the command and all it needs into `dist/cli.js` and the chunks next to it, one chunk for what each command alone needs:
 * to find and read five hundred files was a third of a start. Packages that few runs need are bundled apart and loaded at their first use.
 */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, URL } from 'node:url';
import { rolldown } from 'rolldown';
import { formatLicences } from './licences.mjs';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));

/** Packages, or parts of them, that are asked for by a `require` in a function. */
const LAZY = {
  xmlbuilder2: /\/node_modules\/xmlbuilder2\//,
  'prom-client': /\/node_modules\/prom-client\//,
  busboy: /\/node_modules\/@fastify\/busboy\//,
  'iconv-encodings': /\/node_modules\/iconv-lite\/encodings\//,
};

/** Packages that Express asks for at every start, and of which no request of ours uses an export: loaded at the first use of one. */
const LAZY_EXPORTS = { 'mime-types': /\/node_modules\/mime-(?:types|db)\//, qs: /\/node_modules\/qs\// };

/** The packages that are bundled apart. */
const PACKAGES = { ...LAZY, ...LAZY_EXPORTS };

/** Leaves packages out of a bundle, and remembers where each begins. */
function leaveOut(entries) {
  const lazyModules = new Map();
  return {
    name: 'leave-out',
    async resolveId(source, importer) {
      if (importer === undefined || lazyModules.has(importer)) return null;
      const resolved = await this.resolve(source, importer, { skipSelf: true });
      const [name, place] = Object.entries(PACKAGES).find(([, place]) => place.test(resolved?.id ?? '')) ?? [];
      if (name === undefined || place.test(importer)) return null;
      entries.set(name, resolved.id);
      if (name in LAZY) return { id: `./packages/${name}.js`, external: true };
      lazyModules.set(`\0${name}`, lazyModule(name, resolved.id));
      return `\0${name}`;
    },
    load: (id) => lazyModules.get(id) ?? null,
  };
}

/** A module with the exports of a package, which is loaded when one of them is used. */
function lazyModule(name, file) {
  const exports = Object.keys(createRequire(import.meta.url)(file));
  return `module.exports = { ${exports.map((key) => `get ${key}() { return require('./packages/${name}.js').${key}; }`).join(', ')} };`;
}

/** Escapes what is not ASCII: Node.js reads a file of plain ASCII in half the time and memory. */
function escapeNonAscii(code) {
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Bundles one entry into a folder. Returns the files it is made of. */
async function bundle(input, folder, output, plugins = []) {
  const bundled = await rolldown({
    input,
    platform: 'node',
    external: /^\.\/packages\//,
    makeAbsoluteExternalsRelative: false,
    plugins,
    onLog: failOnWarning,
  });
  const { output: chunks } = await bundled.generate({ format: 'cjs', comments: false, ...output });
  for (const { fileName, code } of chunks) writeFileSync(join(folder, fileName), escapeNonAscii(code));
  return chunks.flatMap(({ moduleIds = [] }) => moduleIds);
}

function failOnWarning(level, log) {
  if (level === 'warn') throw new Error(log.message);
}

const entries = new Map();
const input = { cli: fileURLToPath(new URL('../src/cli.ts', import.meta.url)) };
// The chunks are in the same folder as the library: both look for the package's files one folder up.
const files = await bundle(input, DIST, { entryFileNames: '[name].js', chunkFileNames: 'cli-[name].js' }, [leaveOut(entries)]);
mkdirSync(join(DIST, 'packages'));
for (const [name, entry] of entries)
  files.push(...(await bundle(entry, join(DIST, 'packages'), { entryFileNames: `${name}.js`, codeSplitting: false })));
const unused = Object.keys(PACKAGES).filter((name) => !entries.has(name));
if (unused.length > 0) throw new Error(`nothing needs ${unused.join(', ')} any more`);
chmodSync(join(DIST, 'cli.js'), 0o755);
writeFileSync(join(DIST, 'THIRD-PARTY-LICENCES.txt'), formatLicences('The command, dist/cli*.js, and dist/packages hold', files));
