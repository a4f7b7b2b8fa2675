#!/usr/bin/env node
import * as nodeModule from 'node:module';
import { join } from 'node:path';
import { runScript } from './cli/kept-code.ts';

// Node 22 and later keep what they compiled in the system's folder for temporary files, for where the build kept none.
(nodeModule as { readonly enableCompileCache?: () => unknown }).enableCompileCache?.();

// `src/cli/main.ts` and all it needs, as `build/command.mjs` makes one file of it.
runScript(join(__dirname, 'command.js'));
