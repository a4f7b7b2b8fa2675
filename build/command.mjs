/**
 * Makes one file of the command and all it needs, `dist/command.js`: finding and reading some five hundred files was a third of a start.
 * Packages that few runs need become files of their own, read when they are first required or first looked into; parts of Node that few
 * runs need are asked for as late. The library stays as `tsc` writes it.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, URL } from 'node:url';
import { rolldown } from 'rolldown';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** What is read when it is needed, by the folder its files are in. */
const ON_DEMAND = {
  xmlbuilder2: /\/node_modules\/xmlbuilder2\//,
  'prom-client': /\/node_modules\/prom-client\//,
  busboy: /\/node_modules\/@fastify\/busboy\//,
  saxes: /\/node_modules\/saxes\//,
  'iconv-encodings': /\/node_modules\/iconv-lite\/encodings\//,
};

/** What Express asks for at every start, and what no request of ours looks into: read when somebody does. */
const ON_LOOK = { 'mime-types': /\/node_modules\/mime-(?:types|db)\// };

const PACKAGES = { ...ON_DEMAND, ...ON_LOOK };

/** What of Node itself only some sub-commands need. A file that is bundled would ask for it at its top. */
const BUILT_IN_ON_DEMAND = ['node:https', 'node:fs/promises', 'node:timers/promises'];

/**
 * In place of depd, by which Express' packages tell developers of deprecated calls. We make none, and it looks at the stack once for
 * each package at every start, to know whose calls they are.
 */
const SILENT_DEPD = 'module.exports = () => () => undefined;';

/** Puts a `require` where one of those is asked for. Remembers where packages are, and what stands for what by name. */
function onDemand(found, texts) {
  const standIn = (name, text) => {
    texts.set(`\0${name}`, text);
    return `\0${name}`;
  };
  return {
    name: 'on-demand',
    async resolveId(source, importer) {
      if (importer === undefined || source.startsWith('./packages/') || texts.has(importer)) return null;
      if (BUILT_IN_ON_DEMAND.includes(source)) return standIn(source, `module.exports = require('${source}');`);
      if (source === 'depd') return standIn(source, SILENT_DEPD);
      const resolved = await this.resolve(source, importer, { skipSelf: true });
      const [name, place] = Object.entries(PACKAGES).find(([, place]) => place.test(resolved?.id ?? '')) ?? [];
      if (name === undefined || place.test(importer)) return null;
      found.set(name, resolved.id);
      const file = `./packages/${name}.js`;
      return standIn(name, name in ON_LOOK ? lookingInto(file, resolved.id) : `module.exports = require('${file}');`);
    },
    load: (id) => texts.get(id) ?? null,
  };
}

/** A module with what another exports, which is read when somebody looks into it. */
function lookingInto(file, id) {
  const getters = Object.keys(createRequire(import.meta.url)(id)).map((name) => `get ${name}() { return require('${file}').${name}; }`);
  return `module.exports = { ${getters.join(', ')} };`;
}

/** Bundles one file and writes it; gives the files it is made of. */
async function bundle(input, file, plugins = []) {
  const bundled = await rolldown({
    input,
    platform: 'node',
    external: /^\.\/packages\//,
    makeAbsoluteExternalsRelative: false,
    plugins,
    onLog: failOn,
  });
  const options = { file, format: 'cjs', codeSplitting: false, comments: false };
  const { output } = await bundled.write(options);
  // V8 reads a file of plain ASCII in half the time and memory.
  const code = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    code.replace(/[^\0-\x7f]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
  return output.flatMap(({ moduleIds = [] }) => moduleIds);
}

function failOn(level, log) {
  if (level === 'warn') throw new Error(log.message);
}

const [found, texts] = [new Map(), new Map()];
const modules = await bundle(at('src/cli/main.ts'), at('dist/command.js'), [onDemand(found, texts)]);
for (const [name, id] of found) modules.push(...(await bundle(id, at(`dist/packages/${name}.js`))));
for (const name of [...Object.keys(PACKAGES), ...BUILT_IN_ON_DEMAND, 'depd'])
  if (!texts.has(`\0${name}`)) throw new Error(`nothing needs ${name} any more`);

writeFileSync(at('dist/THIRD-PARTY-LICENCES.txt'), licences(modules));

// In a process of its own, which then has run what a start runs.
execFileSync(process.execPath, [at('build/keep-code.mjs')], { stdio: 'inherit' });

/** The licences of the packages that are in the files, each with its text. */
function licences(files) {
  const folders = new Set(files.map((file) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]).filter(Boolean));
  const told = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const paper = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
    return `${name} ${version}, ${license}\n\n${paper === undefined ? '' : readFileSync(join(folder, paper), 'utf8').trim()}`;
  });
  return `The command, dist/command.js, and dist/packages hold code of these packages.\n\n${told.join('\n\n---\n\n')}\n`;
}
