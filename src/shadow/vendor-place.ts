/** Which requests are for MOR's API, and so may reach the real server. */
import { tidyUrl } from '../http/tidy-url.ts';
import { callNameIn, decodedName } from '../http/vendor-path.ts';

/** Where a request to MOR's API goes. */
export interface VendorPlace {
  /** What is asked of the target: path and query as they were sent. */
  readonly target: string;
  /** The path as it was sent. */
  readonly path: string;
  /** What stands behind the `?`; empty where nothing does. */
  readonly query: string;
  /** The call that the path names, whether there is one or not. */
  readonly call: string;
}

/** What a path may be made of: a character beyond would mean one thing here and another one there. */
const PLAIN_PATH = /^[A-Za-z0-9._~!$&'()*+,;=:@%/-]*$/;

/**
 * The place of a request; undefined where it is not for MOR's API. A path that another server could read as one outside of it
 * (`/api/../admin`, also with its dots or slashes percent-encoded) is none.
 */
export function parseMorTarget(url: string): VendorPlace | undefined {
  const tidy = tidyUrl(url);
  const queryAt = tidy.indexOf('?');
  const path = queryAt < 0 ? tidy : tidy.slice(0, queryAt);
  const name = callNameIn(path);
  if (name === undefined || !PLAIN_PATH.test(path)) return undefined;
  const call = decodedName(name);
  if (call === undefined || path.split('/').some(leadsElsewhere)) return undefined;
  // The whole address means its path.
  const target = url.replace(/^[a-z]+:\/\/[^/?]*/i, '');
  if (!target.startsWith('/')) return undefined;
  return { target, path: target.replace(/\?.*$/s, ''), query: queryAt < 0 ? '' : tidy.slice(queryAt + 1), call };
}

/** No name in MOR's API begins with a dot, or holds what separates names or what hides it once more. */
function leadsElsewhere(segment: string): boolean {
  return /^\.|[/\\%\p{Cc}]/u.test(decodedName(segment) ?? '%');
}
