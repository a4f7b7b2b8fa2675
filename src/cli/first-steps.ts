/** What to do with a server that has just started, for a person at a terminal. */
import type { Control } from '../control/control.ts';
import { MockMorError } from '../problems.ts';

/** The number that the first call creates; a later one if it is there already. */
const FIRST_NUMBER = 37_060_000_099;
const MAX_NUMBERS = 10;

/** How many callers and providers are tried. */
const MAX_TRIED = 20;

type Server = Pick<Control, 'users' | 'providers' | 'countDids' | 'hash' | 'explain'>;

type Params = Readonly<Record<string, string>>;

/** Lines below the ready line: where to look, and a curl line that the mock answers with a success, if there is one. */
export function listFirstSteps(mor: Server, url: string, hasAdmin: boolean): readonly string[] {
  const curl = findWorkingCurl(mor, url);
  return [...(hasAdmin ? [`  look  ${url}/__admin`] : []), ...(curl === undefined ? [] : [`  call  ${curl}`])];
}

/** A did_create that would pass every check, else a dids_get. */
function findWorkingCurl(mor: Server, url: string): string | undefined {
  const numbers = Array.from({ length: MAX_NUMBERS }, (_, i) => String(FIRST_NUMBER + i));
  const did = numbers.find((number) => mor.countDids({ did: number }) === 0);
  const callers = mor
    .users()
    .filter(({ type }) => type !== 'user')
    .slice(0, MAX_TRIED)
    .map(({ username }) => username);
  const providers = did === undefined ? [] : mor.providers().slice(0, MAX_TRIED);
  const creating = callers.flatMap((u) =>
    providers.map(({ id }) => ['did_create', { u, provider_id: String(id), did: did ?? '' }] as const),
  );
  const reading = callers.map((u) => ['dids_get', { u }] as const);
  for (const [call, params] of [...creating, ...reading]) {
    const curl = tryCall(mor, url, call, params);
    if (curl !== undefined) return curl;
  }
  return undefined;
}

/** The curl line of a call that would succeed. */
function tryCall(mor: Server, url: string, call: string, params: Params): string | undefined {
  try {
    const { hash, curl } = mor.hash(call, params, { url });
    const { steps } = mor.explain({ ...params, hash }, { call });
    return steps.every(({ state }) => state === 'passed') ? curl : undefined;
  } catch (error) {
    // The caller has no key, for example.
    if (error instanceof MockMorError) return undefined;
    throw error;
  }
}
