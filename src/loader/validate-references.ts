/** Checks what shows only when all files are read: values that are there twice, and names of records that do not exist. */
import {
  ADMINISTRATOR_ID,
  MAX_ID,
  type Device,
  type DialPlan,
  type PlainUser,
  type Provider,
  type User,
  type UserType,
} from '../mor/model.ts';
import type { CsvDidFile } from './csv-did-file.ts';
import { reportDuplicateIds, reportDuplicateNumbers, reportDuplicates } from './find-duplicates.ts';
import type { IssueCollector } from './issues.ts';
import type { CsvReference } from './read-csv-files.ts';
import { checkBlock, assignIds, type DidEntry } from './did-entry.ts';
import { findMisfits, LINK_FIELDS, type LinkField } from './did-links.ts';

/** Everything that could be read of all files, each record with the fields that are valid. */
export interface ParsedFixtures {
  readonly settings: readonly ({ readonly default_did_provider_id?: number } & {
    readonly [Name in NextIdSetting]?: number;
  })[];
  readonly users: readonly (Partial<Pick<User, 'id' | 'username' | 'uniquehash'> & Pick<PlainUser, 'owner_id'>> & {
    readonly type?: UserType;
  })[];
  readonly providers: readonly Partial<Provider>[];
  /** Every one with its id. */
  readonly devices: readonly { -readonly [Field in keyof Device]?: Device[Field] }[];
  readonly dial_plans: readonly { -readonly [Field in keyof DialPlan]?: DialPlan[Field] }[];
  /** DIDs and blocks that are written in YAML. */
  readonly entries: readonly DidEntry[];
  readonly csvReferences: readonly Partial<CsvReference>[];
  readonly csvFiles: readonly CsvDidFile[];
  /** The lists of which every id is known. Only of them an id can be missing. */
  readonly isComplete: Readonly<Record<LinkedTopic, boolean>>;
}

/** The topics whose records others name by id. */
export type LinkedTopic = 'users' | 'providers' | 'devices' | 'dial_plans';

/** The settings that name the id of the next record of a kind. */
type NextIdSetting = 'next_did_id' | 'next_user_id' | 'next_device_id';

/** Adds every issue between records, and gives the DIDs of YAML and CSV files in one list. */
export function validateReferences(fixtures: ParsedFixtures, issues: IssueCollector): readonly DidEntry[] {
  const { users, providers, devices, dial_plans, entries, csvFiles } = fixtures;
  // No copy of a million rows if they are all there is.
  const dids = [entries, ...csvFiles.map((file) => file.dids)].reduce((all, more) =>
    all.length === 0 ? more : all.concat(more),
  );
  reportDuplicates(users, 'id', issues);
  reportDuplicates(users, 'username', issues);
  reportDuplicates(users, 'uniquehash', issues);
  reportDuplicates(providers, 'id', issues);
  reportDuplicates(devices, 'id', issues);
  reportDuplicates(dial_plans, 'id', issues);
  for (const user of users) {
    if (user.id !== ADMINISTRATOR_ID || user.type === undefined || user.type === 'admin') continue;
    issues.addToField(user, 'type', `must be admin, not "${user.type}": the user with the id 0 is the administrator.`);
  }
  for (const entry of entries) checkBlock(entry, issues);
  reportDuplicateNumbers(dids, issues);
  reportDuplicateIds(dids, issues);
  checkOwners(fixtures, issues);
  checkProviders(fixtures, issues);
  checkDidLinks(fixtures, dids, issues);
  checkDidIds(fixtures.settings, dids, issues);
  checkNextId(fixtures.settings, 'next_user_id', 'a user', highestId(users), issues);
  checkNextId(fixtures.settings, 'next_device_id', 'a device', highestId(devices), issues);
  return dids;
}

/** What is wrong with an id; undefined if nothing is. */
type CheckId = (id: number) => string | undefined;

function checkOwners(fixtures: ParsedFixtures, issues: IssueCollector): void {
  const { users, providers, isComplete } = fixtures;
  const types = new Map(users.map(({ id, type }) => [id, type]));
  const ownerCheck = (allowed: readonly UserType[], words: string): CheckId =>
    memoize((id) => {
      if (id === ADMINISTRATOR_ID) return undefined;
      const type = types.get(id);
      // A user whose type could not be read may be of any.
      const isUncertain = type === undefined && (types.has(id) || !isComplete.users);
      if (isUncertain || (type !== undefined && allowed.includes(type))) return undefined;
      const wrong =
        type === undefined ? `no user has the id ${String(id)}` : `the user ${String(id)} is of the type ${type}`;
      const fitting = users.filter((user) => user.type !== undefined && allowed.includes(user.type));
      const choice = ` Allowed: ${listIds([ADMINISTRATOR_ID, ...fitting.flatMap((user) => user.id ?? [])])}.`;
      return `${wrong}; it must be ${words}.${isComplete.users ? choice : ''}`;
    });
  const checkOwner = ownerCheck(['admin', 'reseller'], 'the administrator (0) or a reseller');
  const checkReseller = ownerCheck(['reseller'], '0 (the administrator) or a reseller');
  checkEach(users, 'owner_id', checkOwner, issues);
  checkEach(providers, 'user_id', checkOwner, issues);
  checkEach(fixtures.dial_plans, 'user_id', checkOwner, issues);
  checkDids(fixtures, 'reseller_id', checkReseller, issues);
}

function checkProviders(fixtures: ParsedFixtures, issues: IssueCollector): void {
  const { settings, providers, isComplete } = fixtures;
  if (!isComplete.providers) return;
  const ids = new Set(providers.map(({ id }) => id));
  const checkProvider = memoize((id) =>
    ids.has(id)
      ? undefined
      : `no provider has the id ${String(id)}. Known: ${listIds([...ids].flatMap((one) => one ?? []))}.`,
  );
  checkDids(fixtures, 'provider_id', checkProvider, issues);
  const last = settings.findLast(({ default_did_provider_id }) => default_did_provider_id !== undefined);
  if (last !== undefined) checkEach([last], 'default_did_provider_id', checkProvider, issues);
}

function checkDids(
  { entries, csvReferences, csvFiles }: ParsedFixtures,
  field: 'provider_id' | 'reseller_id' | LinkField,
  check: CheckId,
  issues: IssueCollector,
): void {
  checkEach(entries, field, check, issues);
  checkEach(csvReferences, field, check, issues);
  // The default of a file is reported where it is written.
  for (const { dids, defaults } of csvFiles) checkEach(dids, field, check, issues, defaults[field]);
}

function checkEach<Field extends string>(
  records: readonly { readonly [Name in Field]?: number | undefined }[],
  field: Field,
  check: CheckId,
  issues: IssueCollector,
  except?: number,
): void {
  for (const record of records) {
    const id = record[field];
    const wrong = id === undefined || id === except ? undefined : check(id);
    if (wrong !== undefined) issues.addToField(record, field, wrong);
  }
}

/** No id of a DID may be above the highest there can be, and the next one must be above them all. */
function checkDidIds(settings: ParsedFixtures['settings'], dids: readonly DidEntry[], issues: IssueCollector): void {
  let highest = 0;
  const tooHigh: { readonly entry: DidEntry; readonly lastId: number; readonly isGiven: boolean }[] = [];
  for (const { entry, firstId, count, isGiven } of assignIds(dids)) {
    const lastId = firstId + count - 1;
    highest = Math.max(highest, lastId);
    if (lastId > MAX_ID) tooHigh.push({ entry, lastId, isGiven });
  }
  // Ids that are given follow each other behind the written ones: only the first that is too high is a cause.
  const written = tooHigh.filter(({ isGiven }) => !isGiven);
  for (const { entry, lastId } of written.length > 0 ? written : tooHigh.slice(0, 1)) {
    const wrong = `its ids would end at ${String(lastId)}, above ${String(MAX_ID)}, the highest there can be.`;
    issues.addToField(entry, 'id', wrong);
  }
  if (tooHigh.length === 0) checkNextId(settings, 'next_did_id', 'a DID', highest, issues);
}

/** The next id must be above every id in use. */
function checkNextId(
  settings: ParsedFixtures['settings'],
  name: NextIdSetting,
  what: string,
  highest: number,
  issues: IssueCollector,
): void {
  const last = settings.findLast((one) => one[name] !== undefined);
  const next = last?.[name];
  if (last === undefined || next === undefined || next > highest) return;
  const wrong = `must be above the highest id of ${what}, ${String(highest)}, not ${String(next)}.`;
  issues.addToField(last, name, wrong);
}

function highestId(records: readonly { readonly id?: number | undefined }[]): number {
  return records.reduce((highest, { id = 0 }) => Math.max(highest, id), 0);
}

/** A function that finds each answer once: it may be the same for thousands of records. */
function memoize(check: CheckId): CheckId {
  const known = new Map<number, string | undefined>();
  return (id) => {
    if (!known.has(id)) known.set(id, check(id));
    return known.get(id);
  };
}

/** The users, devices and dial plans that DIDs and devices name. A DID with a device and no user gets the device's user. */
function checkDidLinks(fixtures: ParsedFixtures, dids: readonly DidEntry[], issues: IssueCollector): void {
  const { users, devices, dial_plans, isComplete } = fixtures;
  const checkLink = (
    topic: LinkedTopic,
    rows: readonly { readonly id?: number | undefined }[],
    what: string,
  ): CheckId => {
    const ids = new Set(rows.map(({ id }) => id));
    return memoize((id) => {
      if (ids.has(id) || !isComplete[topic]) return undefined;
      return `no ${what} has the id ${String(id)}. Known: ${listIds([...ids].flatMap((one) => one ?? []))}.`;
    });
  };
  const checkUser = checkLink('users', users, 'user');
  checkEach(devices, 'user_id', checkUser, issues);
  const checks: Readonly<Record<LinkField, CheckId>> = {
    user_id: checkUser,
    device_id: checkLink('devices', devices, 'device'),
    dial_plan_id: checkLink('dial_plans', dial_plans, 'dial plan'),
  };
  for (const field of LINK_FIELDS) checkDids(fixtures, field, checks[field], issues);
  const userOfDevice = new Map(devices.map(({ id, user_id }) => [id, user_id]));
  const isBroken = (field: LinkField, id: number): boolean => checks[field](id) !== undefined;
  for (const did of dids) {
    const { user_id, device_id, dial_plan_id } = did;
    if (user_id === undefined && device_id === undefined && dial_plan_id === undefined) continue;
    const deviceUser = device_id === undefined ? undefined : userOfDevice.get(device_id);
    for (const [field, wrong] of findMisfits(did, deviceUser, isBroken)) issues.addToField(did, field, wrong);
    if (deviceUser !== undefined) did.user_id ??= deviceUser;
  }
}

const MAX_LISTED_IDS = 10;

/** Ids in order, the first of them if they are many. */
function listIds(ids: readonly number[]): string {
  const sorted = [...new Set(ids)].toSorted((a, b) => a - b);
  const rest = sorted.length - MAX_LISTED_IDS;
  const listed = [...sorted.slice(0, MAX_LISTED_IDS).map(String), ...(rest > 0 ? [`${String(rest)} more`] : [])];
  return sorted.length === 0 ? 'none' : listed.join(', ');
}
