/** The types of fixtures, records and fault rules, with a docstring on each field: written by `npm run docs` from the schemas that check them. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { deviceSchema } from '../../src/loader/device-schema.ts';
import { dialPlanSchema } from '../../src/loader/dial-plan-schema.ts';
import { didSchema } from '../../src/loader/did-schema.ts';
import { providerSchema } from '../../src/loader/provider-schema.ts';
import { fixturesSchema } from '../../src/loader/schema.ts';
import { settingsPatchSchema, settingsSchema } from '../../src/loader/settings-schema.ts';
import { userSchema } from '../../src/loader/user-schema.ts';
import type {
  DeviceRecord,
  DialPlanRecord,
  DidInput,
  DidRecord,
  FixturesInput,
  ProviderRecord,
  SettingsPatch,
  SettingsRecord,
  UserRecord,
} from '../../src/loader/record-types.ts';
import type { DeepReadonly, LoadedRecord } from '../../src/loader/schema-fields.ts';
import { faultRuleSchema, type FaultInput, type FaultRule } from '../../src/world/fault-rule.ts';
import { CALL_NAMES, OUTCOMES } from '../../src/world/known-words.ts';
import { writeType, writeUnion, type Schema } from '../support/types-of-schema.ts';

const ROOT = join(__dirname, '..', '..');

const input = (schema: z.ZodType): Schema => z.toJSONSchema(schema, { io: 'input' }) as Schema;
const output = (schema: z.ZodType, filled: readonly string[] = []): Schema =>
  fill(z.toJSONSchema(schema, { io: 'output' }) as Schema, filled);

/** Makes fields required that a load always fills in. */
function fill(schema: Schema, filled: readonly string[]): Schema {
  if (schema.oneOf !== undefined && schema.properties === undefined)
    return { ...schema, oneOf: schema.oneOf.map((option) => fill(option, filled)) };
  const present = filled.filter((name) => schema.properties?.[name] !== undefined);
  return { ...schema, required: [...(schema.required ?? []), ...present] };
}

const { next_did_id: _did, next_user_id: _user, next_device_id: _device, ...settings } = settingsSchema.shape;

/** Names of calls complete in an editor; a rule may name one that MOR does not have, too. */
const withCallNames = (type: string): string => type.replace(/(readonly call\?): string/g, '$1: CallName | (string & {})');

const FILES: readonly (readonly [file: string, parts: readonly string[]])[] = [
  [
    'src/mor/words.ts',
    [
      writeUnion('CallName', CALL_NAMES, 'The name of a call of MOR that is imitated.'),
      writeUnion(
        'MorText',
        OUTCOMES,
        'A text that MOR answers a call with: an error, or that of a success. `success` stands for an answer without one.',
      ),
    ],
  ],
  [
    'src/loader/record-types.ts',
    [
      writeType(
        'FixturesInput',
        input(fixturesSchema),
        'A world as an object, in the shape of the fixture files. What has a default may be left out.',
      ),
      writeType('DidInput', input(didSchema), 'One DID to put there.'),
      writeType('SettingsPatch', input(settingsPatchSchema), 'Settings to change; null takes away one that has no default.'),
      writeType('SettingsRecord', output(z.object(settings)), 'The settings of a server, as they are after a load.'),
      writeType('UserRecord', output(userSchema, ['allow_api']), 'A user as it is after a load.'),
      writeType('ProviderRecord', output(providerSchema), 'A provider as it is after a load.'),
      writeType('DeviceRecord', output(deviceSchema, ['id', 'username', 'primary']), 'A device as it is after a load.'),
      writeType('DialPlanRecord', output(dialPlanSchema, ['id']), 'A dial plan as it is after a load.'),
      writeType('DidRecord', output(didSchema, ['id']), 'A DID as it is after a load.'),
    ],
  ],
  [
    'src/world/fault-rule-types.ts',
    [
      "import type { CallName } from '../mor/words.ts';",
      withCallNames(
        writeType(
          'FaultInput',
          input(faultRuleSchema),
          'A rule as a tester writes it: what has a default may be left out; exactly one effect must be there.',
        ),
      ),
      withCallNames(writeType('FaultRule', output(faultRuleSchema), 'A rule that was checked, with its defaults.')),
    ],
  ],
];

test.each(FILES)('%s is fresh', (file, parts) => {
  const path = join(ROOT, file);
  const text = ['// Generated from the schemas by `npm run docs`. Do not edit.', ...parts].join('\n\n');
  // Its own process: what prettier imports cannot be imported in a test that is CommonJS.
  const prettier = [join(ROOT, 'node_modules/prettier/bin/prettier.cjs'), '--stdin-filepath', file];
  const fresh = execFileSync(process.execPath, prettier, { cwd: ROOT, input: text, encoding: 'utf8' });
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(path, fresh);
  expect(readFileSync(path, 'utf8')).toBe(fresh);
});

/** Compiles only if each of two types can be assigned to the other. */
type Same<A, B> = [A, B] extends [B, A] ? true : never;

test('what zod infers from the schemas is the same', () => {
  const same: [
    Same<FixturesInput, DeepReadonly<z.input<typeof fixturesSchema>>>,
    Same<DidInput, DeepReadonly<z.input<typeof didSchema>>>,
    Same<SettingsPatch, DeepReadonly<z.input<typeof settingsPatchSchema>>>,
    Same<SettingsRecord, Omit<LoadedRecord<typeof settingsSchema>, 'next_did_id' | 'next_user_id' | 'next_device_id'>>,
    Same<UserRecord, LoadedRecord<typeof userSchema, 'allow_api'>>,
    Same<ProviderRecord, LoadedRecord<typeof providerSchema>>,
    Same<DeviceRecord, LoadedRecord<typeof deviceSchema, 'id' | 'username' | 'primary'>>,
    Same<DialPlanRecord, LoadedRecord<typeof dialPlanSchema, 'id'>>,
    Same<DidRecord, LoadedRecord<typeof didSchema, 'id'>>,
    Same<Omit<FaultInput, 'match'>, Omit<DeepReadonly<z.input<typeof faultRuleSchema>>, 'match'>>,
    Same<Omit<FaultRule, 'match'>, Omit<DeepReadonly<z.output<typeof faultRuleSchema>>, 'match'>>,
  ] = [true, true, true, true, true, true, true, true, true, true, true];
  expect(same).not.toContain(false);
});
