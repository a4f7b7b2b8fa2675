/** A request as a case sends it: its parameters by one transport if that says everything, else byte for byte. Secrets never come along. */
import { GOOD_KEY } from '../contract/case-request.ts';
import { sha1 } from '../contract/signed.ts';
import type { Sent } from '../contract/table.ts';
import { getParamName, knownNames } from '../control/ignored-params.ts';
import { parseBodyType, parseContentType } from '../http/content-type.ts';
import { didCreate } from '../mor/calls/did-create.ts';
import { findCall } from '../mor/calls/index.ts';
import { joinTexts } from '../mor/checks/caller.ts';
import { NOT_TEXT, getString, type Params, type ParamValue } from '../mor/params.ts';
import type { ReceivedParam } from '../world/journal.ts';
import type { Asked } from './asked.ts';
import { sentBy, WRONG_HASH, type Secrets } from './secrets.ts';
import { PLACEHOLDER, sha1Placeholder, toTheLetter, type Piece } from './to-the-letter.ts';

/** The call that a recorded table is about; cases of other calls name theirs. */
export const TABLE_CALL = didCreate;

/** The good call that a table of cases starts from. */
export type GoodRequest = Readonly<Record<string, string>>;

/** What stands for the hash: the right one for a key, or a text (a placeholder, or one that is no hash). */
type RecordedHash = { readonly key: string } | { readonly text: string };

/** Takes the secrets out of a text that is written down. */
type Clean = (text: string) => string;

/** How a request is written down; undefined where it cannot be. */
export function recordedSend(asked: Asked, good: GoodRequest, secrets: Secrets): Sent | undefined {
  const line = requestLine(asked, secrets);
  if (line === undefined) return undefined;
  const isRead = asked.refusal === undefined || asked.refusal === 'METHOD_NOT_ALLOWED';
  const carried = isRead ? recordedParams(asked, good, secrets) : unreadable(asked);
  const call = findCall(asked.call);
  return carried && { ...(call === undefined || call === TABLE_CALL ? {} : { call: call.name }), ...line, ...carried };
}

const RECORDED_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

function requestLine({ method, path, call }: Asked, secrets: Secrets): Pick<Sent, 'method' | 'path'> | undefined {
  const known = RECORDED_METHODS.find((name) => name === method);
  // A path that has to be changed might lead to another call.
  if (known === undefined || secrets.maskedPath(path) !== path) return undefined;
  return {
    ...(known === 'POST' ? {} : { method: known }),
    ...(path === `/billing/api/${findCall(call)?.name ?? TABLE_CALL.name}` ? {} : { path }),
  };
}

/** What stands for a request that cannot be read: one that is refused alike, with nothing of it. */
function unreadable({ refusal, contentType = '' }: Asked): Sent | undefined {
  if (refusal === 'QUERY_INVALID') return { query: '%zz' };
  if (refusal === 'BODY_UNSUPPORTED') return { body: 'x', type: 'text/plain' };
  if (refusal !== 'BODY_INVALID') return undefined;
  switch (parseContentType(contentType)?.type) {
    case 'multipart/form-data':
      return { body: 'x', type: 'multipart/form-data; boundary=b' };
    case 'application/json':
      return { body: '{', type: 'application/json' };
    default:
      return { body: '%zz', type: 'application/x-www-form-urlencoded' };
  }
}

function recordedParams(asked: Asked, good: GoodRequest, secrets: Secrets): Sent | undefined {
  const placed = knownParams(asked);
  if (placed.some(({ separator = '' }) => separator.length > MAX_SEPARATOR_LENGTH)) return undefined;
  const passwords = sentBy(asked);
  // That a password is the same as a user's name does not make that a secret.
  const cleanText: Clean = (text) => secrets.replaced(text, secrets.isUsername(text) ? [] : passwords);
  const clean = ({ name, value, from }: ReceivedParam): ReceivedParam => {
    if (value === NOT_TEXT || getParamName(name) === 'hash') return { name, value, from };
    return { name, value: cleanText(value), from };
  };
  const params = placed.map(({ param }) => clean(param));
  const hash = recordedHash(asked, secrets, cleanText);
  const charset = params.some(({ from }) => from !== 'query') ? foreignCharset(asked) : undefined;
  const isUsual = charset === undefined && asked.separators === undefined && !asked.ignoresBody;
  if (isUsual && isPlain(params, asked.unquoted)) return byTransport(params, hash, good);
  const hashText = 'text' in hash ? hash.text : placeholderOr(hashedText(asked, cleanText) + hash.key);
  const sent = toTheLetter(
    params.map((param, i) => ({ ...pieceOf(param, hashText), separator: placed[i]?.separator })),
    asked.unquoted,
  );
  if (asked.ignoresBody) return sent?.query === undefined ? undefined : { ...sent, ...IGNORED_BODY };
  if (charset === undefined || sent?.type === undefined) return sent;
  return isPlainWord(charset) && secrets.replaced(charset) === charset ? { ...sent, type: `${sent.type}; charset=${charset}` } : undefined;
}

/** What is in front of a parameter may be a megabyte of blanks. */
const MAX_SEPARATOR_LENGTH = 100;

interface PlacedParam {
  readonly param: ReceivedParam;
  /** What is in front of it, if servers may read that differently. */
  readonly separator: string | undefined;
}

/**
 * The parameters that the call knows. What it does not know takes no part, and nobody knows what is in it; but its separator stays, so that
 * its neighbours are not read as one.
 */
function knownParams(asked: Asked): readonly PlacedParam[] {
  const { received, separators } = asked;
  const known = knownNames(asked);
  const placed: PlacedParam[] = [];
  let before = '';
  received.forEach((param, i) => {
    if (param.from === 'query' && received[i - 1]?.from !== 'query') before = '';
    before += separators?.[i] ?? '';
    if (!known.includes(getParamName(param.name))) return;
    placed.push({ param, separator: separators && before });
    before = '';
  });
  return placed;
}

/** What stands for a body that is not read: nothing of it. */
const IGNORED_BODY: Sent = { body: 'x', type: 'text/plain' };

/** A charset that a server might look at, as the mock does not. */
function foreignCharset({ contentType }: Asked): string | undefined {
  const { charset } = parseBodyType(contentType);
  return charset === undefined || /^utf-?8$/i.test(charset) ? undefined : charset;
}

function isPlainWord(text: string): boolean {
  return /^[\w.:+-]{1,40}$/.test(text);
}

/** What of the keys explains the hash, by the rule or by the recipe of the vendor's example. What none explains was wrong, or of a key we do not have. */
function recordedHash({ call, params }: Asked, secrets: Secrets, clean: Clean): RecordedHash {
  const { hashed, hashedWithoutDid } = findCall(call) ?? TABLE_CALL;
  const sent = getString(params, 'hash') ?? '';
  if (sent === '') return { text: '' };
  const keys = secrets.keysFor(getString(params, 'u') ?? '');
  const findKey = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : keys.find((key) => sha1(text + key) === sent);
  const ofRule = findKey(joinTexts(params, hashed));
  if (ofRule !== undefined) return { key: secrets.standInOf(ofRule) };
  const withoutDid = hashedWithoutDid === undefined ? undefined : joinTexts(params, hashedWithoutDid);
  const key = findKey(withoutDid);
  return { text: key === undefined ? WRONG_HASH : placeholderOr(clean(withoutDid ?? '') + secrets.standInOf(key)) };
}

function placeholderOr(hashed: string): string {
  return sha1Placeholder(hashed) ?? WRONG_HASH;
}

function hashedText({ call, params }: Asked, clean: Clean): string {
  return (findCall(call) ?? TABLE_CALL).hashed.map((name) => clean(getString(params, name) ?? '')).join('');
}

/** Whether the parameters are what one transport carries: each a text, and there once. */
function isPlain(params: readonly ReceivedParam[], unquoted: ReadonlySet<string>): boolean {
  const isPlainText = ({ name, value }: ReceivedParam): boolean =>
    value !== NOT_TEXT && getParamName(name) === name && !unquoted.has(name) && (name === 'hash' || !PLACEHOLDER.test(value));
  const [transports, names] = [new Set(params.map(({ from }) => from)), new Set(params.map(({ name }) => name))];
  return transports.size <= 1 && names.size === params.length && params.every(isPlainText);
}

function byTransport(params: readonly ReceivedParam[], hash: RecordedHash, good: GoodRequest): Sent {
  const sent: Params = new Map(params.map(({ name, value }): [string, ParamValue] => [name, value]));
  const texts: Record<string, string | null> = {};
  for (const name of Object.keys(good)) if (!sent.has(name)) texts[name] = null;
  for (const [name, value] of sent) if (name !== 'hash' && value !== NOT_TEXT && good[name] !== value) texts[name] = value;
  const hasHash = sent.has('hash');
  if (!hasHash) texts['hash'] = null;
  else if ('text' in hash) texts['hash'] = hash.text;
  const by = params[0]?.from ?? 'query';
  return {
    ...(by === 'query' ? {} : { by }),
    ...(Object.keys(texts).length === 0 ? {} : { params: texts }),
    ...(hasHash && 'key' in hash && hash.key !== GOOD_KEY ? { key: hash.key } : {}),
  };
}

function pieceOf({ name, value, from }: ReceivedParam, hash: string): Omit<Piece, 'separator'> {
  const scalar = getParamName(name);
  // What stands in the brackets says nothing.
  const written = scalar === name ? name : `${scalar}[]`;
  if (scalar !== 'hash' || value === NOT_TEXT || value === '') return { name: written, value, from, isPlaceholder: false };
  return { name: written, value: hash, from, isPlaceholder: hash !== WRONG_HASH };
}
