/** Projects of users: the packed package in a folder of its own, with what else they install. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const ROOT = join(__dirname, '../..');
const SAMPLES = join(__dirname, 'samples');

interface Manifest {
  readonly version: string;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** Our own manifest: its version, and the versions of the packages this project tests with. */
export const { version, devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;

/** Runs a program and gives its standard output. @throws Error with all it printed if it fails */
export function run(program: string, args: readonly string[], cwd: string): string {
  try {
    return execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout: string; readonly stderr: string };
    throw new Error(`${program} ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error });
  }
}

/** The package as npm packs it, and projects that install it. */
export class PackedPackage {
  readonly folder = mkdtempSync(join(tmpdir(), 'mock-mor-package-'));
  /** What is in it. */
  readonly files: readonly string[];
  readonly #tarball: string;

  constructor() {
    const [report] = JSON.parse(run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', this.folder], ROOT)) as [
      { readonly filename: string; readonly files: readonly { readonly path: string }[] },
    ];
    this.#tarball = join(this.folder, report.filename);
    this.files = report.files.map(({ path }) => path);
  }

  /** A project with the package in it and `needs`, by name and version, begun with the sample of its name. Gives its folder. */
  install(name: string, needs: Readonly<Record<string, string | undefined>>, manifest: object = {}): string {
    const cwd = join(this.folder, name);
    if (existsSync(join(SAMPLES, name))) cpSync(join(SAMPLES, name), cwd, { recursive: true });
    else mkdirSync(cwd);
    writeFileSync(
      join(cwd, 'package.json'),
      JSON.stringify({ private: true, ...manifest, dependencies: { 'mock-mor': this.#tarball }, devDependencies: needs }),
    );
    run('npm', ['install', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], cwd);
    return cwd;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
