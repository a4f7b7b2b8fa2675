import type { z } from 'zod';
import { ADMINISTRATOR_ID, MAX_ID, type Did, type Settings } from '../mor/model.ts';
import type { MorState } from '../mor/state.ts';
import { applySchema } from './apply-schema.ts';
import { findMisfits, LINK_FIELDS, type DidLinks, type LinkField } from './did-links.ts';
import { IssueCollector, joinPath } from './issues.ts';
import { BODY_SOURCE, readInput } from './load.ts';
import { didSchema } from './did-schema.ts';
import { settingsPatchSchema } from './settings-schema.ts';
import { type Path, type SourceDocument } from './source-document.ts';

/** A DID to add: its id may be left to the state. */
export type DidRow = Omit<Did, 'id'> & { readonly id?: number | undefined };

/** What is looked up in a state to check what is put into it. */
export type StateLookups = Pick<
  MorState,
  | 'nextDidId'
  | 'nextUserId'
  | 'nextDeviceId'
  | 'findProviderById'
  | 'findUserById'
  | 'findDeviceById'
  | 'findDialPlanById'
>;

/** A patch that can be laid over settings: `default_did_provider_id: undefined` removes it. */
export type ValidSettingsPatch = Partial<Settings> & {
  readonly next_did_id?: number;
  readonly next_user_id?: number;
  readonly next_device_id?: number;
};

/**
 * Checks one DID to add, a value or YAML text, and fills in its defaults. Whether its number or id is taken is not checked.
 *
 * @throws MockMorError `RECORD_INVALID` with every issue
 */
export function validateDid(input: unknown, state: StateLookups): DidRow {
  const issues = new IssueCollector();
  const did = readRecord(didSchema, input, issues) as { -readonly [Field in keyof DidRow]?: DidRow[Field] };
  if (did.provider_id !== undefined) checkProvider(did, 'provider_id', did.provider_id, state, issues);
  const { reseller_id = ADMINISTRATOR_ID } = did;
  if (reseller_id !== ADMINISTRATOR_ID && state.findUserById(reseller_id)?.type !== 'reseller') {
    const wrong = `no reseller has the id ${String(reseller_id)}; it must be 0 (the administrator) or a reseller.`;
    issues.addToField(did, 'reseller_id', wrong);
  }
  checkLinks(did, state, issues);
  if (issues.count === 0 && did.id === undefined && state.nextDidId > MAX_ID)
    issues.addToField(did, 'id', `must be written: no id is left, ${String(MAX_ID)} is the highest there can be.`);
  if (issues.count > 0) throw issues.toError('RECORD_INVALID', 'The DID is not valid');
  return did as DidRow;
}

/**
 * Checks a change of settings, a value or YAML text.
 *
 * @throws MockMorError `RECORD_INVALID` with every issue
 */
export function validateSettingsPatch(input: unknown, state: StateLookups): ValidSettingsPatch {
  const issues = new IssueCollector();
  const patch = readRecord(settingsPatchSchema, input, issues) as {
    [Key in keyof ValidSettingsPatch]: ValidSettingsPatch[Key] | null;
  };
  const { api_secret_key, default_did_provider_id } = patch;
  if (typeof default_did_provider_id === 'number')
    checkProvider(patch, 'default_did_provider_id', default_did_provider_id, state, issues);
  const nextIds = { next_did_id: state.nextDidId, next_user_id: state.nextUserId, next_device_id: state.nextDeviceId };
  for (const [name, next] of Object.entries(nextIds)) {
    const wanted = patch[name as keyof typeof nextIds];
    if (typeof wanted !== 'number' || wanted >= next) continue;
    issues.addToField(patch, name, `must be at least ${String(next)}, the next in turn: ids are never used twice.`);
  }
  if (issues.count > 0) throw issues.toError('RECORD_INVALID', 'The settings are not valid');
  return {
    ...(patch as ValidSettingsPatch),
    ...(api_secret_key === null ? { api_secret_key: '' } : {}),
    ...(default_did_provider_id === null ? { default_did_provider_id: undefined } : {}),
  };
}

/** How a record is checked. */
export interface RecordOptions {
  /** Stands for text in the locations of issues. Default: `body`. */
  readonly name?: string;
  /** Whether text is JSON, and not just YAML. Default: false. */
  readonly isJson?: boolean;
  /** Adds what the schema cannot say. Gets the fields that are valid, and the names of all that are written. */
  readonly check?: (record: object, names: readonly string[], addIssue: (path: Path, wrong: string) => void) => void;
}

/**
 * Checks a record of any schema, a value or YAML text. `subject` is what it is: `The snapshot`.
 *
 * @throws MockMorError `RECORD_INVALID` with every issue
 */
export function parseRecord<T>(
  schema: z.ZodType<T>,
  input: unknown,
  subject: string,
  { name = BODY_SOURCE, isJson = false, check }: RecordOptions = {},
): T {
  const issues = new IssueCollector();
  const document = readDocument(input, issues, name, isJson);
  const names = Object.keys(document.value ?? {});
  const record = applyToRecord(schema, document, issues);
  if (names.length > 0 || issues.count === 0)
    check?.(record, names, (path, wrong) => issues.add(document.source, document.offset(path), joinPath(path), wrong));
  if (issues.count > 0) throw issues.toError('RECORD_INVALID', `${subject} is not valid`);
  return record as T;
}

/** Text is read as fixture files are, anything else as the value it is. */
function readDocument(input: unknown, issues: IssueCollector, name = BODY_SOURCE, isJson = false): SourceDocument {
  const document = readInput(input, name, issues, { isJson });
  if (document.state === 'empty') issues.addToFile(name, 0, 'holds nothing.');
  return document;
}

/** The fields that are valid. */
function applyToRecord(schema: z.ZodType, document: SourceDocument, issues: IssueCollector): object {
  const value = document.state === 'empty' ? {} : applySchema(schema, document, issues).value;
  const record = typeof value === 'object' && value !== null ? value : {};
  issues.trackSource(record, document, []);
  return record;
}

function readRecord(schema: z.ZodType, input: unknown, issues: IssueCollector): object {
  return applyToRecord(schema, readDocument(input, issues), issues);
}

/** Checks the user, the device and the dial plan of a DID. One with a device and no user gets the device's user. */
function checkLinks(did: DidLinks, state: StateLookups, issues: IssueCollector): void {
  const device = did.device_id === undefined ? undefined : state.findDeviceById(did.device_id);
  const isThere: Readonly<Record<LinkField, (id: number) => boolean>> = {
    user_id: (id) => state.findUserById(id) !== undefined,
    device_id: () => device !== undefined,
    dial_plan_id: (id) => state.findDialPlanById(id) !== undefined,
  };
  for (const field of LINK_FIELDS) {
    const id = did[field];
    if (id === undefined || isThere[field](id)) continue;
    issues.addToField(did, field, `no ${LINKED[field]} has the id ${String(id)}.`);
  }
  const misfits = findMisfits(did, device?.user_id, (field, id) => !isThere[field](id));
  for (const [field, wrong] of misfits) issues.addToField(did, field, wrong);
  if (device !== undefined) did.user_id ??= device.user_id;
}

const LINKED = { user_id: 'user', device_id: 'device', dial_plan_id: 'dial plan' } as const;

function checkProvider(record: object, field: string, id: number, state: StateLookups, issues: IssueCollector): void {
  if (state.findProviderById(id) === undefined)
    issues.addToField(record, field, `no provider has the id ${String(id)}.`);
}
