/** What a case gives and sends, made of the table's world and good call. */
import type { FixturesInput } from '../loader/schema.ts';
import type { RawRequest } from './exchange.ts';
import type { Call } from '../mor/define-call.ts';
import { hexDigest, signParams, type ParamTexts } from './signed.ts';
import type { Given, Sent, World } from './table.ts';
import { carried } from './transports.ts';

type Row = Readonly<Record<string, unknown>>;

/** The key that the good call is signed with. */
export const GOOD_KEY = 'secret';

/** The world of a case: the table's, and what differs. The fixtures' own checks judge the outcome. */
export function worldWith(world: World, given: Given = {}): FixturesInput {
  const settings = Object.fromEntries(Object.entries({ ...world.settings, ...given.settings }).filter(([, value]) => value !== null));
  return {
    settings,
    users: merged(world.users, given.users),
    providers: merged(world.providers, given.providers),
    devices: merged(world.devices, given.devices),
    dial_plans: merged(world.dial_plans, given.dial_plans),
    dids: given.dids === null ? [] : merged(world.dids, given.dids),
  } as FixturesInput;
}

/** Rows with a known id change that row, the others join. */
function merged(rows: readonly Row[] = [], changes: readonly Row[] = []): readonly Row[] {
  const isKnown = (row: Row): boolean => rows.some(({ id }) => id === row['id']);
  return [
    ...rows.map((row) => ({ ...row, ...changes.find(({ id }) => id === row['id']) })),
    ...changes.filter((change) => !isKnown(change)),
  ];
}

/** The call of a request, and the texts that are put into it: the parameters by name, without the hash, and the key. */
export interface CallTexts {
  readonly call: Pick<Call, 'name' | 'hashed' | 'params'>;
  readonly params: ParamTexts;
  readonly key: string;
}

/** The texts of a case: the good call's, and what differs. */
export function callTexts(call: CallTexts['call'], good: ParamTexts, { params = {}, key = GOOD_KEY }: Sent = {}): CallTexts {
  const texts = Object.entries({ ...good, ...params }).filter((entry): entry is [string, string] => entry[1] !== null);
  return { call, params: Object.fromEntries(texts.filter(([name]) => name !== 'hash')), key };
}

/** The request of a case, made with the texts of the call. */
export function buildRequest(texts: CallTexts, sent: Sent = {}): RawRequest {
  const { method, path = `/billing/api/${texts.call.name}`, by = 'query', query, body, type, headers } = sent;
  if (query === undefined && body === undefined) return { method, path, headers, ...carried(sentParams(texts, sent), by) };
  return {
    method,
    path,
    headers,
    type,
    query: query && filled(query, texts, encodeURIComponent),
    body: body && filled(body, texts, encodingOf(type)),
  };
}

/** The parameters as they are sent: with the right hash, unless the case says another or none. */
function sentParams(texts: CallTexts, { params = {} }: Sent): ParamTexts {
  const filledParams = Object.fromEntries(Object.entries(texts.params).map(([name, value]) => [name, filled(value, texts)]));
  const { hash } = params;
  if (hash === null) return filledParams;
  return hash === undefined ? signParams(texts.call, filledParams, texts.key) : { ...filledParams, hash: filled(hash, texts) };
}

type Encode = (text: string) => string;

/** How a text stands in a body of this type. */
function encodingOf(type = ''): Encode {
  if (/^application\/json/i.test(type)) return (text) => JSON.stringify(text).slice(1, -1);
  return /^application\/x-www-form-urlencoded/i.test(type) ? encodeURIComponent : (text) => text;
}

/** `{sha1:…}` or `{md5:…}`, in which names may stand, or a name. */
const SLOT = /\{(sha1|md5):((?:[^{}]|\{\w+\})*)\}|\{(\w+)\}/g;

/**
 * Puts texts in the place of `{name}`, `{key}` and `{hash}` (`{HASH}`: in capitals, `{Hash}`: its first letter in capitals, `{hash39}`:
 * without its last character), encoded as they must be where they stand, and the digest of TEXT in that of `{sha1:TEXT}` and
 * `{md5:TEXT}`, in which they are as they are. A name that the call does not have stays as it stands.
 */
function filled(template: string, texts: CallTexts, encode: Encode = (text) => text): string {
  return template.replace(SLOT, (whole, digest: 'sha1' | 'md5' | undefined, digested: string | undefined, name: string | undefined) => {
    if (digest !== undefined) return hexDigest(digest, filled(digested ?? '', texts));
    const text = textNamed(name ?? '', texts);
    return text === undefined ? whole : encode(text);
  });
}

function textNamed(name: string, { call, params, key }: CallTexts): string | undefined {
  switch (name) {
    case 'key':
      return key;
    case 'hash':
      return signParams(call, params, key)['hash'];
    case 'HASH':
      return signParams(call, params, key)['hash']?.toUpperCase();
    case 'Hash':
      return signParams(call, params, key)['hash']?.replace(/[a-f]/, (letter) => letter.toUpperCase());
    case 'hash39':
      return signParams(call, params, key)['hash']?.slice(0, -1);
    default:
      return params[name];
  }
}
