/** Bundles `main.mjs` by each bundler and format into a file of `out`. */
import { build } from 'esbuild';
import { rolldown } from 'rolldown';
import webpack from 'webpack';

const REQUIRE = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";
const FORMATS = [
  ['cjs', 'cjs'],
  ['esm', 'mjs'],
];

async function byEsbuild([format, extension]) {
  const banner = format === 'esm' ? { js: REQUIRE } : {};
  await build({ entryPoints: ['main.mjs'], bundle: true, platform: 'node', format, banner, outfile: `out/esbuild.${extension}` });
}

async function byRolldown([format, extension]) {
  await (await rolldown({ input: 'main.mjs', platform: 'node' })).write({ format, file: `out/rolldown.${extension}` });
}

async function byWebpack([format, extension]) {
  const output = { path: `${import.meta.dirname}/out`, filename: `webpack.${extension}`, module: format === 'esm' };
  const config = { mode: 'development', devtool: false, target: 'node', entry: './main.mjs', experiments: { outputModule: true }, output };
  await new Promise((resolve, reject) => {
    webpack(config, (error, stats) => {
      const failure = error ?? (stats.hasErrors() ? new Error(stats.toString({ all: false, errors: true })) : undefined);
      if (failure === undefined) resolve();
      else reject(failure);
    });
  });
}

for (const format of FORMATS) for (const bundle of [byEsbuild, byRolldown, byWebpack]) await bundle(format);
