/** Bundles the dashboard into `dist/dashboard`: `index.html`, one script and one style sheet, which load nothing from elsewhere. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, URL } from 'node:url';
import { rolldown } from 'rolldown';
import { formatLicences } from './licences.mjs';

const SOURCE = fileURLToPath(new URL('../src/dashboard', import.meta.url));
const TARGET = fileURLToPath(new URL('../dist/dashboard', import.meta.url));

/** Bundles the script. Returns the files it is made of. */
async function bundleScript() {
  const bundled = await rolldown({
    input: { app: join(SOURCE, 'main.tsx') },
    platform: 'browser',
    onLog: (level, log) => {
      if (level === 'warn') throw new Error(log.message);
    },
  });
  const { output } = await bundled.generate({ format: 'es', minify: true, comments: false, codeSplitting: false });
  const [{ code, moduleIds }] = output;
  writeFileSync(join(TARGET, 'app.js'), code);
  return moduleIds;
}

/** `@import './views.css';`, or a file of a package. */
const IMPORT = /@import\s+(?:url\()?['"]([^'"]+)['"]\)?\s*;/g;

/** A style sheet with those that it imports in their places, without comments. `files` gets the path of each. */
function inlineStyles(file, files) {
  files.push(file);
  return readFileSync(file, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(IMPORT, (_, name) => inlineStyles(resolveStyles(name, file), files))
    .replace(/\n\s+/g, '\n')
    .trim();
}

function resolveStyles(name, importer) {
  return name.startsWith('.') ? join(dirname(importer), name) : createRequire(importer).resolve(name);
}

mkdirSync(TARGET, { recursive: true });
const files = [...(await bundleScript())];
writeFileSync(join(TARGET, 'app.css'), `${inlineStyles(join(SOURCE, 'style.css'), files)}\n`);
copyFileSync(join(SOURCE, 'index.html'), join(TARGET, 'index.html'));
writeFileSync(join(TARGET, 'THIRD-PARTY-LICENCES.txt'), formatLicences('The dashboard, app.js and app.css, holds', files));
