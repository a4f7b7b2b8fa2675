import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { MockMorError } from '../../problems.ts';

/** Who may use the admin API. */
export interface GuardOptions {
  /** The bearer token that is asked for; undefined asks for none. */
  readonly token: string | undefined;
  /** Host names beyond the loopback ones and the address a connection came in on; `*` is any. */
  readonly allowedHosts: readonly string[];
}

/** Lets a request through or says why not: no web page of another site, no name that was rebound to us, no missing token. */
export function guard(request: IncomingMessage, options: GuardOptions): void {
  const host = request.headers.host ?? '';
  // HTTP/1.0 clients send no Host; a browser always does.
  if (host !== '' && !isAllowedHost(host, request, options.allowedHosts)) {
    throw new MockMorError(
      'FOREIGN_CALLER',
      `the admin API is not served to the Host "${host}"; allow it with --allowed-hosts ${hostName(host)} (MOCK_MOR_ALLOWED_HOSTS)`,
    );
  }
  for (const name of ['origin', 'referer'] as const) {
    const value = request.headers[name];
    if (value !== undefined && hostOfUrl(value) !== host.toLowerCase()) {
      throw new MockMorError(
        'FOREIGN_CALLER',
        `the admin API is not for other web pages; the request's ${name} is "${value.slice(0, 200)}"`,
      );
    }
  }
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    throw new MockMorError('FOREIGN_CALLER', `the admin API is not for other web pages; the request's Sec-Fetch-Site is "${site}"`);
  }
  if (options.token !== undefined && !isSameText(request.headers.authorization ?? '', `Bearer ${options.token}`)) {
    throw new MockMorError(
      'TOKEN_MISSING',
      'send the header "Authorization: Bearer TOKEN" with the token of --admin-token (MOCK_MOR_ADMIN_TOKEN)',
    );
  }
}

function isAllowedHost(host: string, request: IncomingMessage, allowedHosts: readonly string[]): boolean {
  const name = hostName(host);
  if (name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(?:\.\d{1,3}){3}$/.test(name)) return true;
  // The address itself, by number, cannot be rebound: only a name can.
  const address = request.socket.localAddress?.replace(/^::ffff:/, '').toLowerCase();
  return name === address || allowedHosts.some((allowed) => allowed === '*' || allowed.toLowerCase() === name);
}

/** The name or address in a Host header, without port and brackets, in lower case. */
function hostName(host: string): string {
  return host
    .toLowerCase()
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1');
}

function hostOfUrl(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).host : undefined;
}

/** Compares in a time that tells nothing of where two texts differ. */
function isSameText(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
