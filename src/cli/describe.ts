import { DESCRIPTIONS, descriptionText } from '../control/descriptions.ts';
import type { CommandSpec } from './parse-args.ts';

export const DESCRIBE = {
  description: `Print what other tools read of MOR's API. WHAT is one of ${Object.entries(DESCRIPTIONS)
    .map(([name, { about }]) => `${name} (${about})`)
    .join(', ')}.`,
  options: {},
  examples: [['mock-mor describe openapi > mor.yaml', 'writes the OpenAPI description']],
  run: ({ operands: [what = ''] }) => {
    process.stdout.write(descriptionText(what));
    return 0;
  },
} as const satisfies CommandSpec;
