/** The certificate of `serve`: from files, or made at the start. */
import { readFileSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { checkTlsKeys, type TlsKeys } from '../http/tls.ts';
import { invalidOption } from '../problems.ts';

/** The options that say how to serve HTTPS. */
export interface TlsOptions {
  readonly tls: 'self-signed' | undefined;
  readonly tlsCert: string | undefined;
  readonly tlsKey: string | undefined;
  readonly tlsCaOut: string | undefined;
  readonly allowedHosts: readonly string[] | undefined;
  readonly host: string;
}

const DAY_MS = 86_400_000;

/** How long a certificate that was made holds, in days. Clients refuse those that hold for more than about two years. */
const VALID_DAYS = 365;

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '::1'];

/** The keys to serve with; undefined for plain HTTP. @throws MockMorError `OPTION_INVALID` */
export async function loadTlsKeys(options: TlsOptions): Promise<TlsKeys | undefined> {
  const { tls, tlsCert, tlsKey, tlsCaOut } = options;
  if ((tlsCert === undefined) !== (tlsKey === undefined)) throw invalidOption('--tls-cert and --tls-key go together: give both, or none.');
  if (tls !== undefined && tlsCert !== undefined)
    throw invalidOption('--tls self-signed makes a certificate, so it goes without --tls-cert.');
  if (tlsCaOut !== undefined && tls === undefined) throw invalidOption('--tls-ca-out goes with --tls self-signed.');
  if (tlsCert !== undefined && tlsKey !== undefined) {
    const keys = { cert: readPem('--tls-cert', tlsCert), key: readPem('--tls-key', tlsKey) };
    checkTlsKeys(keys);
    return keys;
  }
  if (tls === undefined) return undefined;
  const keys = await createKeys(listNames(options));
  if (tlsCaOut !== undefined) writeCertificate(tlsCaOut, keys.cert);
  return keys;
}

/** The text of a PEM file. @throws MockMorError `OPTION_INVALID`, with the option that names it */
export function readPem(option: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw invalidOption(`${option}: ${(error as Error).message}`);
  }
}

function writeCertificate(file: string, cert: string): void {
  try {
    writeFileSync(file, cert);
  } catch (error) {
    throw invalidOption(`--tls-ca-out: ${(error as Error).message}`);
  }
}

/** The names that clients may call the server by. */
function listNames({ allowedHosts = [], host }: TlsOptions): readonly string[] {
  const allowed = allowedHosts.filter((name) => name !== '*').map((name) => name.replace(/:\d*$/, '').replace(/^\[(.*)\]$/, '$1'));
  const bound = host === '0.0.0.0' || host === '::' ? [] : [host.replace(/%.*$/, '')];
  return [...new Set([...LOOPBACK_NAMES, ...bound, ...allowed].map((name) => name.toLowerCase()))];
}

async function createKeys(names: readonly string[]): Promise<TlsKeys> {
  // Loaded here: few servers need it, and it is as large as Express.
  const { generate } = await import('selfsigned');
  const now = Date.now();
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'mock-mor' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    // Clocks of containers differ a little.
    notBeforeDate: new Date(now - DAY_MS),
    notAfterDate: new Date(now + VALID_DAYS * DAY_MS),
    extensions: [
      // It is its own issuer: a client that trusts it needs this one file.
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: names.map((name) => (isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name })) },
    ],
  });
  return { cert, key };
}
