import { dirname } from 'node:path';
import { z } from 'zod';
import type { Device, DialPlan, Reseller, User } from '../mor/model.ts';
import type { FixtureData } from '../world/fixture-state.ts';
import { applySchema } from './apply-schema.ts';
import { BodyValue } from './body-value.ts';
import { toRecords, type DidEntry } from './did-entry.ts';
import { formatPosition, IssueCollector, joinPath } from './issues.ts';
import { checkJson } from './json-syntax.ts';
import type { LoadProgress } from './load-progress.ts';
import { readCsvFiles, trackReferences } from './read-csv-files.ts';
import { checkYamlSize, readFixtureFiles } from './read-files.ts';
import { fixtureFileSchema, fixturesSchema, type FixturesInput } from './schema.ts';
import { settingsSchema } from './settings-schema.ts';
import {
  createBodyDocument,
  createBrokenDocument,
  getAt,
  createValueDocument,
  type SourceDocument,
} from './source-document.ts';
import { SuspiciousNumbers } from './suspicious-numbers.ts';
import { validateReferences, type LinkedTopic, type ParsedFixtures } from './validate-references.ts';
import { parseYaml, type YamlOptions } from './yaml-document.ts';

/** What stands for text that is no file in the locations of issues. */
export const BODY_SOURCE = 'body';

/** A file or a value. */
interface Part {
  readonly document: SourceDocument;
  /** The folder that paths in it start from; undefined if it may name no file. */
  readonly folder?: string | undefined;
}

/** From how many rows of YAML on other forms are recommended: they take some three seconds. */
const MANY_ROWS = 50_000;

/**
 * Reads a YAML file, or all `*.yaml` and `*.yml` of a folder in name order, and the CSV files that they name.
 *
 * @throws MockMorError `FIXTURE_INVALID` with every issue of every file
 */
export function readFixtures(path: string, progress: LoadProgress = {}): FixtureData {
  const issues = new IssueCollector();
  progress.onFiles?.();
  const parts = readFixtureFiles(path, issues).map(({ file, rank, text }): Part => {
    const onProgress = (share: number): void => progress.onProgress?.(file, share);
    const options = { isJson: file.endsWith('.json'), onProgress };
    const isRead = text !== undefined;
    return {
      document: isRead ? parseText(text, file, rank, issues, options) : createBrokenDocument({ file, rank }),
      folder: dirname(file),
    };
  });
  rejectEmpty(parts, path, issues);
  return combine(parts, issues, `The fixtures in ${path} are not valid`, progress);
}

/**
 * Reads YAML text, or the value of a body, neither of which may name a file. `name` stands for it in the locations of issues.
 *
 * @throws MockMorError `FIXTURE_INVALID` with every issue
 */
export function parseFixtures(input: string | BodyValue, name = BODY_SOURCE, progress: LoadProgress = {}): FixtureData {
  const issues = new IssueCollector();
  const document = readInput(input, name, issues);
  rejectEmpty([{ document }], name, issues);
  return combine([{ document }], issues, 'The fixtures are not valid', progress);
}

/**
 * Checks an object of the shape of a fixture file, and copies it with every default. Paths in it start from the working directory.
 *
 * @throws MockMorError `FIXTURE_INVALID` with every issue
 */
export function fixturesFromObject(input: FixturesInput, progress: LoadProgress = {}): FixtureData {
  const parts = [{ document: createValueDocument(input), folder: '' }];
  return combine(parts, new IssueCollector(), 'The fixtures are not valid', progress);
}

/** Reads a value, or YAML text, as a document. `name` stands for what a client sent in the locations of issues. */
export function readInput(input: unknown, name: string, issues: IssueCollector, options?: YamlOptions): SourceDocument {
  if (typeof input === 'string') return parseText(input, name, 0, issues, options);
  return input instanceof BodyValue ? createBodyDocument(input, { file: name, rank: 0 }) : createValueDocument(input);
}

/** Reads text as a document. Every issue is added. */
function parseText(
  text: string,
  file: string,
  rank: number,
  issues: IssueCollector,
  options: YamlOptions = {},
): SourceDocument {
  const wrong = checkYamlSize(text.length) ?? (options.isJson === true ? checkJson(text) : undefined);
  if (wrong === undefined) return parseYaml(text, { file, rank }, issues, options);
  issues.addToFile(file, rank, wrong);
  return createBrokenDocument({ file, rank });
}

/** A file that was cut off at its start, or a wrong one, must not pass for a world without anything in it. */
function rejectEmpty(parts: readonly Part[], name: string, issues: IssueCollector): void {
  const isEmpty = ({ document: { value } }: Part): boolean =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
  if (issues.count > 0 || !parts.every(isEmpty)) return;
  const keys = Object.keys(fixtureFileSchema.shape).join(', ');
  issues.addToFile(
    name,
    0,
    `holds nothing: it must have at least one of ${keys}. For an empty world write "users: []".`,
  );
}

/** What could be read of one file. */
interface ParsedFile extends Partial<Pick<ParsedFixtures, 'users' | 'providers' | 'devices' | 'dial_plans'>> {
  readonly dids?: ParsedFixtures['entries'];
  readonly settings?: ParsedFixtures['settings'][number];
  readonly dids_from?: unknown;
}

function combine(parts: readonly Part[], issues: IssueCollector, subject: string, progress: LoadProgress): FixtureData {
  const files = parts.map(({ document, folder }) => {
    const { value, invalid } = applySchema(fixtureFileSchema, document, issues);
    const file = trackRecords(value ?? {}, document, issues);
    return { ...file, invalid, csv: trackReferences(file.dids_from, document, issues), document, folder };
  });
  /** Whether every id of a list is known. */
  const isComplete = (key: LinkedTopic): boolean =>
    files.every(
      ({ invalid, [key]: rows = [] }) =>
        // Neither a row as a whole nor its id.
        !invalid.some((path) => path.length === 0 || (path[0] === key && (path.length <= 2 || path[2] === 'id'))) &&
        // An id that may be left out is settled later.
        (key === 'devices' || key === 'dial_plans' || rows.every((row) => row.id !== undefined)),
    );
  const entries = files.flatMap(({ dids = [] }) => dids);
  if (entries.length >= MANY_ROWS) progress.onWarning?.(adviseOnRows(entries.length));
  const csvFiles = files.flatMap(({ csv, document, folder }) => readCsvFiles(csv, document, folder, issues, progress));
  const fixtures: ParsedFixtures = {
    settings: files.flatMap(({ settings }) => settings ?? []),
    users: files.flatMap(({ users = [] }) => users),
    providers: files.flatMap(({ providers = [] }) => providers),
    devices: settleIds(files.flatMap(({ devices = [] }) => devices)),
    dial_plans: settleIds(files.flatMap(({ dial_plans = [] }) => dial_plans)),
    entries,
    csvReferences: files.flatMap(({ csv }) => csv),
    csvFiles,
    isComplete: {
      users: isComplete('users'),
      providers: isComplete('providers'),
      devices: isComplete('devices'),
      dial_plans: isComplete('dial_plans'),
    },
  };
  const dids = validateReferences(fixtures, issues);
  if (issues.count > 0) throw issues.toError('FIXTURE_INVALID', subject);
  for (const { document, dids: rows = [] } of files) warnAboutNumbers(rows, document, progress);
  for (const { suspicious, source } of csvFiles) warn(suspicious.describe(source.file), progress);
  const { next_did_id, next_user_id, next_device_id, ...settings } = settingsSchema.parse(
    Object.assign({}, ...fixtures.settings),
  );
  return {
    settings,
    next_did_id,
    next_user_id,
    next_device_id,
    // Without an issue every field was read.
    users: (fixtures.users as readonly UnsettledUser[]).map(applyResellerDefaults),
    providers: fixtures.providers as FixtureData['providers'],
    devices: applyDeviceDefaults(fixtures.devices as readonly UnsettledDevice[]),
    dial_plans: (fixtures.dial_plans as readonly DialPlan[]).map(({ id, ...plan }) => ({ id, ...plan })),
    ...toRecords(dids),
  };
}

/** The topics that are lists. */
const LISTS = Object.entries(fixturesSchema.shape).flatMap(([topic, schema]) =>
  schema.unwrap() instanceof z.ZodArray ? [topic] : [],
);

/** Lets issues that are found later name the place of a record. Rows that are no maps are left out. */
function trackRecords(file: ParsedFile, document: SourceDocument, issues: IssueCollector): ParsedFile {
  const isRecord = (value: unknown): value is object => typeof value === 'object' && value !== null;
  if (isRecord(file.settings)) issues.trackSource(file.settings, document, ['settings']);
  const lists = LISTS.flatMap((key): [string, readonly object[]][] => {
    const rows = getAt(file, [key]);
    if (!Array.isArray(rows)) return [];
    for (const [i, row] of rows.entries()) if (isRecord(row)) issues.trackSource(row, document, [key, i]);
    return [[key, rows.filter(isRecord)]];
  });
  return { ...file, ...Object.fromEntries(lists) };
}

/** Warns of numbers in YAML that are probably not meant. */
function warnAboutNumbers(rows: readonly DidEntry[], document: SourceDocument, progress: LoadProgress): void {
  const suspicious = new SuspiciousNumbers();
  for (const [i, { did }] of rows.entries()) {
    const path = ['dids', i, 'did'];
    const locate = (): string => formatPosition(document.source, document.offset(path), joinPath(path));
    if (did !== undefined) suspicious.add(did, locate);
  }
  warn(suspicious.describe(document.source.file), progress);
}

function warn(message: string | undefined, { onWarning }: LoadProgress): void {
  if (message !== undefined) onWarning?.(message);
}

function adviseOnRows(count: number): string {
  const advice =
    'write consecutive numbers as blocks, { from, to, provider_id }, or list them in a CSV file that dids_from names';
  return `${String(count)} rows of dids were read from YAML, which is slow: ${advice}`;
}

/** Gives ids to records that have none, in their order, behind the highest that is written. The records are changed. */
function settleIds<Row extends { id?: number | undefined }>(rows: readonly Row[]): readonly Row[] {
  let next = rows.reduce((highest, { id = 0 }) => Math.max(highest, id), 0) + 1;
  for (const row of rows) row.id ??= next++;
  return rows;
}

type UnsettledDevice = Omit<Device, 'username' | 'primary'> & Partial<Pick<Device, 'username' | 'primary'>>;

/** A device is called by its id, and a user's first one is the main one, if nothing else is written. */
function applyDeviceDefaults(devices: readonly UnsettledDevice[]): readonly Device[] {
  const users = new Set<number>();
  return devices.map((device) => {
    const isFirst = !users.has(device.user_id);
    users.add(device.user_id);
    const {
      id,
      user_id,
      type,
      username = String(id),
      secret,
      ipaddr,
      port,
      callerid,
      devicegroup_id,
      ...rest
    } = device;
    const { pin, primary = isFirst, hidden, trunk } = rest;
    // In the order of the format, as a device that has all of them.
    const end = { ...(pin === undefined ? {} : { pin }), primary, hidden, trunk };
    return { id, user_id, type, username, secret, ipaddr, port, callerid, devicegroup_id, ...end };
  });
}

type UnsettledUser = User | (Omit<Reseller, 'allow_api'> & { readonly allow_api?: boolean });

/** A reseller with a key of their own is meant to use it. */
function applyResellerDefaults(user: UnsettledUser): User {
  if (user.type !== 'reseller') return user;
  const { api_secret_key, disable_hash_checking, allow_api = api_secret_key !== '', ...rest } = user;
  return { ...rest, allow_api, api_secret_key, disable_hash_checking };
}
