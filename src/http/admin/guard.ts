import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { URL } from 'node:url';
import { quote } from '../../mor/quote.ts';
import { invalidOption, MockMorError } from '../../problems.ts';
import { InProcessSocket } from '../in-process-socket.ts';

/** Who may use the admin API. */
export interface GuardOptions {
  /** The bearer token that is asked for; undefined asks for none. */
  readonly token: string | undefined;
  /** Host names beyond the loopback ones and the address a connection came in on; `*` is any. */
  readonly allowedHosts: ReadonlySet<string>;
}

/** Lets a request through or says why not: no web page of another site, no name that was rebound to us, no missing token. */
export function guard(request: IncomingMessage, options: GuardOptions): void {
  guardSite(request, options.allowedHosts);
  const token = /^bearer +(.*)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (options.token !== undefined && (token === undefined || !isSameText(token, options.token))) {
    throw new MockMorError(
      'TOKEN_MISSING',
      'send the header "Authorization: Bearer TOKEN" with the token of --admin-token (MOCK_MOR_ADMIN_TOKEN)',
    );
  }
}

/** The same without the token: what holds also for what keeps no secret. @throws MockMorError `FOREIGN_CALLER` */
export function guardSite(request: IncomingMessage, allowedHosts: ReadonlySet<string>): void {
  const sentHost = request.headers.host ?? '';
  const host = parsedHost(sentHost);
  // Clients that send no Host are none a web page could steer.
  // By number a server cannot be rebound: only a name can.
  if (sentHost !== '' && (host === undefined || !(isIP(host.name) > 0 || isAllowedHost(host.name, request, allowedHosts)))) {
    throw new MockMorError(
      'FOREIGN_CALLER',
      `the admin API is not served to the Host ${quote(sentHost, { maxLength: 200 })}; ${howToAllow(host)}`,
    );
  }
  for (const name of ['origin', 'referer'] as const) {
    const value = request.headers[name];
    if (value !== undefined && (host === undefined || hostOfUrl(value) !== host.withPort)) {
      throw new MockMorError(
        'FOREIGN_CALLER',
        `the admin API is not for other web pages; the request's ${name} is ${quote(value, { maxLength: 200 })}`,
      );
    }
  }
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    throw new MockMorError(
      'FOREIGN_CALLER',
      `the admin API is not for other web pages; the request's Sec-Fetch-Site is ${quote([site].join())}`,
    );
  }
}

/**
 * A host name as `--allowed-hosts` takes it, in the form in which Host headers are compared: lower case, without a port.
 *
 * @throws MockMorError `OPTION_INVALID` for what is no host name
 */
export function allowedHost(text: string): string {
  const host = text === '*' ? { name: text } : parsedHost(text);
  if (host === undefined) throw invalidOption(`allowed hosts: ${quote(text)} is no host name; give names such as mor or mor.test, or *`);
  return host.name;
}

interface Host {
  /** Without brackets, port and the root's dot. */
  readonly name: string;
  readonly withPort: string;
}

function parsedHost(text: string): Host | undefined {
  if (!/^(?:\[[0-9a-f:.]+\]|[^[\]:/?#@\\\s]+)(?::\d*)?$/i.test(text) || !URL.canParse(`http://${text}`)) return undefined;
  const { hostname, host } = new URL(`http://${text}`);
  return { name: hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, ''), withPort: host };
}

/** Whether a host, with or without a port, is a name of this server: a loopback name, the address a request came in on, or an allowed one. */
export function isOwnHost(host: string, request: IncomingMessage, allowedHosts: ReadonlySet<string>): boolean {
  const parsed = parsedHost(host);
  return parsed !== undefined && isAllowedHost(parsed.name, request, allowedHosts);
}

function isAllowedHost(name: string, request: IncomingMessage, allowedHosts: ReadonlySet<string>): boolean {
  if (name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(?:\.\d{1,3}){3}$/.test(name)) return true;
  // No web page sends requests within this process.
  if (request.socket instanceof InProcessSocket) return true;
  // The address itself, by number, cannot be rebound: only a name can.
  const address = request.socket.localAddress?.replace(/^::ffff:/, '').toLowerCase();
  return name === address || allowedHosts.has(name) || allowedHosts.has('*');
}

function howToAllow(host: Host | undefined): string {
  return host === undefined ? 'it is no host name' : `allow it with --allowed-hosts ${host.name} (MOCK_MOR_ALLOWED_HOSTS)`;
}

function hostOfUrl(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).host : undefined;
}

/** Compares in a time that does not depend on where two texts differ. */
function isSameText(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
