import type { FixturesInput } from '../../src/index.ts';
import type { Given, Sent, World } from './case-file.ts';
import type { RawRequest } from './send.ts';
import { sha1, signed, type ParamTexts } from './signed.ts';
import { carried } from './transports.ts';

type Row = Readonly<Record<string, unknown>>;

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

/** The request of a case, with every `{sha1:TEXT}` worked out. */
export function requestOf(good: ParamTexts, send: Sent = {}): RawRequest {
  if ('query' in send || 'body' in send) {
    const { query, body, ...rest } = send;
    return { ...rest, query: query && withHashes(query), body: body && withHashes(body) };
  }
  const {
    method,
    path,
    by = 'query',
    params = {},
    key,
  } = send as { params?: Record<string, string | null> } & Extract<Sent, { by?: unknown }>;
  const texts = Object.fromEntries(
    Object.entries({ ...good, ...params }).flatMap(([name, value]) => (value === null ? [] : [[name, withHashes(value)] as const])),
  );
  return { method, path, ...carried('hash' in params ? texts : signed(texts, key), by) };
}

function withHashes(text: string): string {
  return text.replace(/\{sha1:([^}]*)\}/g, (_, hashed: string) => sha1(hashed));
}
