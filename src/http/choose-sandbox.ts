/** Which world a request is for: the root, or the sandbox it names by the path or by a header. */
import type { IncomingMessage } from 'node:http';
import { MockMorError } from '../problems.ts';
import { SANDBOX_PREFIX } from '../control/control.ts';
import { quote } from '../mor/quote.ts';
import type { SandboxRegistry } from '../world/sandbox-registry.ts';
import type { World } from '../world/world.ts';

/** The header that names a sandbox, for clients whose paths cannot be changed. */
export const SANDBOX_HEADER = 'X-Mock-Mor-Sandbox';

/** As Node names it. */
const HEADER_NAME = SANDBOX_HEADER.toLowerCase();

const PREFIXED = new RegExp(`^${SANDBOX_PREFIX}([^/?]+)(.*)$`, 's');

/** The name each request had in front of its path. */
const prefixes = new WeakMap<IncomingMessage, string>();

/** Requests that came in by the handler of one sandbox. */
const bound = new WeakMap<IncomingMessage, World>();

/** Says that a request is for just this sandbox, whatever its path. */
export function bindToSandbox(request: IncomingMessage, sandbox: World): void {
  bound.set(request, sandbox);
}

/** Takes the name off the path, so that the app and all in it sees the path as MOR has it. A tidy path is asked for. */
export function takePrefix(request: IncomingMessage & { originalUrl?: string }): void {
  const { url = '' } = request;
  if (!url.startsWith(SANDBOX_PREFIX)) return;
  const [, name, rest = ''] = PREFIXED.exec(url) ?? [];
  if (name === undefined) return;
  prefixes.set(request, decoded(name));
  // Express would take the shortened path for the one that was sent.
  request.originalUrl = url;
  request.url = rest.startsWith('/') ? rest : `/${rest}`;
}

/** @throws MockMorError `SANDBOX_NESTED` where the path names a sandbox in a sandbox */
export function refuseNesting(req: IncomingMessage): void {
  if (prefixes.has(req) && req.url?.startsWith(SANDBOX_PREFIX) === true)
    throw new MockMorError('SANDBOX_NESTED', `a sandbox holds no sandboxes; write one ${SANDBOX_PREFIX}NAME in front of the path`);
}

/** The world a request is for; to ask is to use it. @throws MockMorError `SANDBOX_INVALID`, `SANDBOX_UNKNOWN`, `SANDBOX_EXPIRED`, `SANDBOX_LIMIT` */
export function chosenSandbox(req: IncomingMessage, root: World, sandboxes: SandboxRegistry): World {
  const prefix = prefixes.get(req);
  const header = req.headers[HEADER_NAME] as string | undefined;
  const own = bound.get(req);
  if (prefix === undefined && header === undefined && own === undefined) return root;
  const named = [
    ...(own?.name === undefined ? [] : [{ by: 'handler', name: own.name }]),
    ...(prefix === undefined ? [] : [{ by: 'path', name: prefix }]),
    ...(header === undefined ? [] : [{ by: `header ${SANDBOX_HEADER}`, name: header }]),
  ];
  const [first, ...others] = named;
  if (first === undefined) return root;
  const other = others.find(({ name }) => name !== first.name);
  if (other !== undefined) {
    throw new MockMorError(
      'SANDBOX_INVALID',
      `the ${first.by} names the sandbox ${quote(first.name)} and the ${other.by} ${quote(other.name)}; name one, or the same twice`,
    );
  }
  return own === undefined ? sandboxes.resolve(first.name) : sandboxes.touch(own);
}

/** The world that a request names, if it is there; else the root. To look is not to use it. */
export function namedSandbox(req: IncomingMessage, root: World, sandboxes: SandboxRegistry): World {
  const name = bound.get(req)?.name ?? prefixes.get(req) ?? (req.headers[HEADER_NAME] as string | undefined);
  return (name === undefined ? undefined : sandboxes.peek(name)) ?? root;
}

/** What is no percent-encoding stays as it is: no name has a percent sign, so it will be refused by its name. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
