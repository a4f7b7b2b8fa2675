/** What a case gives and sends, made of the table's world and good call. */
import type { FixturesInput } from '../fixtures/schema.ts';
import type { RawRequest } from './exchange.ts';
import { sha1, signed, type ParamTexts } from './signed.ts';
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
    dids: given.dids === null ? [] : merged(world.dids, given.dids),
  } as FixturesInput;
}

/** Rows with a known id change that row, the others join. */
function merged(rows: readonly Row[], changes: readonly Row[] = []): readonly Row[] {
  const isKnown = (row: Row): boolean => rows.some(({ id }) => id === row['id']);
  return [
    ...rows.map((row) => ({ ...row, ...changes.find(({ id }) => id === row['id']) })),
    ...changes.filter((change) => !isKnown(change)),
  ];
}

/** What stands for the texts of a request that is written to the letter. */
export interface CallTexts {
  /** The parameters of the call, the right hash among them unless the case says another. */
  readonly params: ParamTexts;
  readonly key: string;
}

/** The parameters and key of a case, every `{sha1:TEXT}` in them worked out. */
export function callTexts(good: ParamTexts, { params = {}, key = GOOD_KEY }: Sent = {}): CallTexts {
  const texts = Object.fromEntries(
    Object.entries({ ...good, ...params }).flatMap(([name, value]) => (value === null ? [] : [[name, withHashes(value)] as const])),
  );
  return { params: 'hash' in params ? texts : signed(texts, key), key };
}

/** The request of a case. */
export function requestOf(texts: CallTexts, { method, path, by = 'query', query, body, type }: Sent = {}): RawRequest {
  if (query === undefined && body === undefined) return { method, path, ...carried(texts.params, by) };
  return { method, path, type, query: query && filled(query, texts), body: body && filled(body, texts) };
}

/** Puts the texts of the call in the place of `{name}` and `{key}`, then works out each `{sha1:TEXT}`. */
export function filled(text: string, { params, key }: CallTexts): string {
  const named = text.replace(/\{(\w+)\}/g, (whole, name: string) => (name === 'key' ? key : (params[name] ?? whole)));
  return withHashes(named);
}

function withHashes(text: string): string {
  return text.replace(/\{sha1:([^}]*)\}/g, (_, hashed: string) => sha1(hashed));
}
