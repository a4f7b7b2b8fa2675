/** Values of the right type with which a server would start and then be of no use. Each function returns why, or undefined. */
import { URL } from 'node:url';
import { isIP, isIPv4, isIPv6 } from 'node:net';
import { domainToASCII } from 'node:url';

/** What the name of a host is made of. Underscores are not DNS, but Docker and Compose have them in names. */
const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/i;

const MAX_HOST_LENGTH = 253;

/** Why a server cannot listen on an address so that clients reach it. */
export function findListenAddressIssue(text: string): string | undefined {
  if (text.includes('://')) return 'must be an address without a scheme and a path, such as 127.0.0.1';
  if (/^\[.*\]$/.test(text)) return 'must be without brackets, such as ::1';
  if (/^(?:22[4-9]|2[3-5]\d)\./.test(text) && isIPv4(text)) return 'is a multicast or broadcast address, which no client can connect to';
  if (/^ff/i.test(text) && isIPv6(text)) return 'is a multicast address, which no client can connect to';
  if (/^fe[89ab].:[^%]*$/i.test(text) && isIPv6(text)) return 'must name its interface, such as fe80::1%eth0';
  if (isIP(text) !== 0 || isHostName(text)) return undefined;
  return /:\d+$/.test(text)
    ? 'must be without a port, which is an option of its own'
    : 'is not an address or a host name, such as 127.0.0.1, 0.0.0.0 or localhost';
}

/** Why no header `Host` of a client can name this host. A port is allowed, and ignored. */
export function findHostNameIssue(text: string): string | undefined {
  if (text === '*') return undefined;
  if (text.includes('*')) return 'is no host name: a wildcard cannot cover a part of a name. List each name, or give * alone for any';
  if (/[/?#@]/.test(text)) return 'must be a host name alone, such as mor or mor.test: no scheme, path or username';
  if (isIPv6(text)) return `must be in brackets, as in a URL: [${text}]`;
  const [, name = '', port = ''] = /^(.*?)(?::(\d*))?$/s.exec(text) ?? [];
  if (Number(port) > 65_535) return 'has a port above 65535';
  if (isIPv6(/^\[(.*)\]$/.exec(name)?.[1] ?? '') || isHostName(name)) return undefined;
  return 'is no host name; give names such as mor or mor.test, or *';
}

/** Why the header `Authorization` cannot carry a bearer token. The token is a secret, so nothing of it is quoted. */
export function findBearerTokenIssue(text: string): string | undefined {
  if (/^\s|\s$/.test(text)) return 'must not begin or end with a blank, which HTTP cuts off from a header';
  const at = text.search(/[^ -~]/);
  return at < 0
    ? undefined
    : `must be printable ASCII, or no client can send it in a header: character ${String(at + 1)} is something else`;
}

/** Why the address of a server cannot be put in front of MOR's paths. */
export function findServerUrlIssue(text: string): string | undefined {
  const address = text.includes('://') ? text : `http://${text}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || /\s/.test(text))
    return 'is no address of a server, such as http://127.0.0.1:8080';
  return /[?#]/.test(text) ? "must end with its path: MOR's paths are put behind it" : undefined;
}

function isHostName(text: string): boolean {
  const ascii = domainToASCII(text).replace(/\.$/, '');
  return ascii.length <= MAX_HOST_LENGTH && ascii.split('.').every((label) => LABEL.test(label));
}
