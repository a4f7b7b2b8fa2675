import { isRange, numberAt, type DidEntry } from '../world/did-range.ts';
import { FixtureState, highestId, type FixtureData } from '../world/fixture-state.ts';

/** Words that YAML of any version takes for something else than text, or that look as if it did. */
const RESERVED_WORDS = /^(?:true|false|yes|no|on|off|null|y|n)$/i;

/** What YAML or an editor could change on the way: control characters, lone surrogates, unusual line ends and marks. */
const UNSAFE_CHARS = /[\u007f-\u00a0\u2028\u2029\ufeff\ufffe\uffff]/g;

/** Fixtures as YAML that loads to the same records, in the order of ids. Ids are written out, and so is the next one. */
export function serializeFixtures(data: FixtureData): string {
  const { settings, users, providers, devices, dialPlans, didEntries, ...nextIds } = new FixtureState(data);
  const lines = serializeFields({ ...settings, ...toNextIdSettings(nextIds, users, devices) }).map(
    (field) => `  ${field}\n`,
  );
  return [
    `settings:\n${lines.join('')}`,
    serializeList('users', users),
    serializeList('providers', providers),
    ...(devices.length === 0 ? [] : [serializeList('devices', devices)]),
    ...(dialPlans.length === 0 ? [] : [serializeList('dial_plans', dialPlans)]),
    serializeList('dids', didEntries.map(toRow)),
  ].join('');
}

/** Those of users and devices only if they do not follow from the records: the ones with the highest ids are gone. */
function toNextIdSettings(
  { nextDidId, nextUserId, nextDeviceId }: Pick<FixtureState, 'nextDidId' | 'nextUserId' | 'nextDeviceId'>,
  users: FixtureData['users'],
  devices: FixtureData['devices'],
): object {
  return {
    next_did_id: nextDidId,
    next_user_id: nextUserId === highestId(users) + 1 ? undefined : nextUserId,
    next_device_id: nextDeviceId === highestId(devices) + 1 ? undefined : nextDeviceId,
  };
}

/** A DID or a range as a row of `dids`. */
export function toRow(entry: DidEntry): object {
  if (!isRange(entry)) {
    const { id, ...rest } = entry;
    return { id, ...rest };
  }
  const { firstId: id, firstNumber: from, count, attributes } = entry;
  return { id, from, to: numberAt(entry, count - 1), ...attributes };
}

/** A value in one line of YAML that reads back as the same: every text stays text. */
export function serializeValue(value: unknown): string {
  if (typeof value === 'string') return serializeText(value);
  if (Array.isArray(value)) return `[${value.map(serializeValue).join(', ')}]`;
  return typeof value === 'object' && value !== null ? `{ ${serializeFields(value).join(', ')} }` : String(value);
}

function serializeList(key: string, rows: readonly object[]): string {
  if (rows.length === 0) return `${key}: []\n`;
  return `${key}:\n${rows.map((row) => `  - ${serializeValue(row)}\n`).join('')}`;
}

function serializeFields(record: object): readonly string[] {
  return Object.entries(record)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${serializeText(key)}: ${serializeValue(value)}`);
}

function serializeText(text: string): string {
  if (/^[A-Za-z_][\w-]*$/.test(text) && !RESERVED_WORDS.test(text)) return text;
  // JSON's quotes and escapes are YAML's too; it escapes lone surrogates.
  return JSON.stringify(text).replace(UNSAFE_CHARS, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
