import { z } from 'zod';
import { faultRuleSchema } from '../world/fault-rule.ts';
import { didSchema } from './did-schema.ts';
import { fixturesSchema } from './schema.ts';
import { settingsPatchSchema } from './settings-schema.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

/** The JSON Schema of fixture files, for editors: the text of `fixtures/mock-mor.schema.json`. */
export function fixturesJsonSchema(): string {
  const schema = z.toJSONSchema(fixturesSchema, { target: 'draft-2020-12', io: 'input', override: allowUnquotedText });
  const { $schema, ...rest } = schema;
  const titled = {
    $schema,
    title: 'Fixtures of mock-mor',
    description: 'A world of MOR for did_create, or a part of one.',
    ...rest,
  };
  return `${JSON.stringify(titled, null, 2)}\n`;
}

/** JSON Schemas of what the admin API and the library take, without their `$schema`. */
export function inputSchemas(): Readonly<Record<'did' | 'settings' | 'fixtures' | 'fault', JsonSchema>> {
  return {
    did: bare(didSchema),
    settings: bare(settingsPatchSchema),
    fixtures: bare(fixturesSchema),
    fault: bare(faultRuleSchema),
  };
}

function bare(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' });
  return rest;
}

/** An editor sees 0037 or yes as a number or a switch; here text needs no quotes. */
function allowUnquotedText({
  zodSchema,
  jsonSchema,
}: {
  zodSchema: z.core.$ZodTypes;
  jsonSchema: z.core.JSONSchema.BaseSchema;
}): void {
  if (zodSchema._zod.def.type === 'string')
    Object.assign(jsonSchema, { type: ['string', 'number', 'boolean', 'null'] });
}
