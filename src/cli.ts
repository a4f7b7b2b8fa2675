#!/usr/bin/env node
import * as nodeModule from 'node:module';

// Node.js 22 and later keep what they compile: in NODE_COMPILE_CACHE, else in the system's folder for temporary files.
(nodeModule as { readonly enableCompileCache?: () => unknown }).enableCompileCache?.();

void import('./cli/main.ts');
