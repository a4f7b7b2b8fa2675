/** What was probably meant by a name that MOR does not know: a parameter, or a call. */
import { nearMiss } from '../near-miss.ts';

/** How other APIs, and people, call what MOR calls by these names. The first name that a call reads is meant. */
const OTHER_NAMES: readonly (readonly [others: readonly string[], meant: readonly string[]])[] = [
  [['user', 'username', 'login', 'caller', 'account'], ['u']],
  [['signature', 'sign', 'checksum', 'digest', 'sha1', 'uniquehash'], ['hash']],
  [
    ['number', 'phone', 'telephone', 'msisdn', 'tn'],
    ['did', 'search_did_number'],
  ],
  [['id'], ['dids_id', 'did_id', 'device_id', 'user_id']],
  [['trunk', 'carrier'], ['provider_id']],
];

/** Shorter names are near to too many others. */
const MIN_NEAR_LENGTH = 3;

/** The parameter that was probably meant by a name that is none of `known`; undefined if no guess is a good one. */
export function findMeantParam(name: string, known: readonly string[]): string | undefined {
  return (
    known.find((candidate) => candidate.toLowerCase() === name.toLowerCase()) ??
    findSameWords(name, known) ??
    findByOtherName(name, known) ??
    findNear(toWords(name).join('_'), known)
  );
}

/** The call that was probably meant by a name that is none of `known`, also with its words in another order: `create_did`. */
export function findMeantCall(name: string, known: readonly string[]): string | undefined {
  const byWords = nearMiss(
    sortWords(name),
    known.map((candidate) => sortWords(candidate)),
    MAX_CALL_EDITS,
  );
  return (
    findSameWords(name, known) ??
    nearMiss(name, known, MAX_CALL_EDITS) ??
    (byWords === undefined ? undefined : known.find((candidate) => sortWords(candidate) === byWords))
  );
}

/** The names of calls begin alike, so that a third of their letters is another call: `did_rename` is not `did_create`. */
const MAX_CALL_EDITS = 2;

function findNear(name: string, known: readonly string[]): string | undefined {
  return name.length < MIN_NEAR_LENGTH ? undefined : nearMiss(name, known);
}

/** `providerId`, `provider-id` and `id_provider` are `provider_id`. */
function findSameWords(name: string, known: readonly string[]): string | undefined {
  const words = sortWords(name);
  return words === '' ? undefined : known.find((candidate) => sortWords(candidate) === words);
}

function findByOtherName(name: string, known: readonly string[]): string | undefined {
  // `user_name` and `userName` are `username`.
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  const without = plain.replace(/(?<=.)(?:id|number|no)$/, '');
  const meant = OTHER_NAMES.filter(([others]) => others.includes(plain) || others.includes(without)).flatMap(([, names]) => names);
  return meant.find((candidate) => known.includes(candidate));
}

const MAX_LENGTH = 60;

/** The words of a name in the order of the alphabet: `create_did` of `didCreate`. Empty for a name that is too long to be a slip. */
function sortWords(name: string): string {
  return toWords(name).toSorted().join('_');
}

function toWords(name: string): readonly string[] {
  if (name.length > MAX_LENGTH) return [];
  const words = name
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return words.filter((word) => word !== '');
}
