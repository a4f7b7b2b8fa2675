/** The real server that a shadow stands in front of. */
import { invalidOption } from '../problems.ts';

export interface ShadowTarget {
  readonly isSecure: boolean;
  /** A name or an address, an IPv6 one without its brackets. */
  readonly hostname: string;
  readonly port: number;
  /** What the header `Host` says: the port only where it is not the usual one. */
  readonly host: string;
  /** Scheme and host, as it is shown. */
  readonly origin: string;
}

/**
 * Reads `--target`. What stands there is not quoted in a fault: it may be a password.
 *
 * @throws MockMorError `OPTION_INVALID`
 */
export function targetIn(text: string): ShadowTarget {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw invalidOption(
      '--target is no URL of a server: write http:// or https:// and its host, such as https://mor.example.com or http://10.0.0.7:8080.',
    );
  if (url.username !== '' || url.password !== '')
    throw invalidOption(
      '--target must not hold a username or a password, for every process on the machine can read it. Clients send theirs in the header Authorization, which is passed on.',
    );
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '')
    throw invalidOption('--target ends behind the host and its port: the path and query of each request are put behind it as they are.');
  const isSecure = url.protocol === 'https:';
  return {
    isSecure,
    hostname: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (isSecure ? 443 : 80) : Number(url.port),
    host: url.host,
    origin: url.origin,
  };
}

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '::1'];
const EVERY_ADDRESS = ['0.0.0.0', '::'];

/** Whether a target is the shadow itself, as far as names tell: requests would go round until all sockets are gone. */
export function isItself({ hostname, port }: ShadowTarget, own: { readonly host: string; readonly port: number }): boolean {
  if (port !== own.port) return false;
  const ofLoopback = [...LOOPBACK_NAMES, ...EVERY_ADDRESS];
  return hostname === own.host || (ofLoopback.includes(hostname) && ofLoopback.includes(own.host));
}
