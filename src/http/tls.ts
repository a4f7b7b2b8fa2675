/** HTTPS: what it takes beyond HTTP. */
import type { Server } from 'node:http';
import { createSecureContext, Server as TlsServer, type TLSSocket } from 'node:tls';
import type { Log } from '../log.ts';
import { invalidOption } from '../problems.ts';
import { formatClient } from './connections.ts';

/** A certificate, with those of its issuers behind it, and its private key, both as PEM. */
export interface TlsKeys {
  /** The certificate, as PEM. */
  readonly cert: string;
  /** Its private key, as PEM without a passphrase. */
  readonly key: string;
}

/** A client has this long for its handshake, in milliseconds. */
export const HANDSHAKE_TIMEOUT_MS = 10_000;

/** @throws MockMorError `OPTION_INVALID` for keys that no server can use; nothing of them is quoted */
export function checkTlsKeys(keys: TlsKeys): void {
  try {
    createSecureContext({ cert: keys.cert, key: keys.key });
  } catch (error) {
    const { code = '' } = error as { readonly code?: string };
    const isMismatch = code === 'ERR_OSSL_X509_KEY_VALUES_MISMATCH';
    throw invalidOption(
      isMismatch
        ? 'the TLS key is not that of the TLS certificate'
        : `the TLS certificate or key is not usable: both must be PEM, the key without a passphrase${code === '' ? '' : ` (${code})`}`,
    );
  }
}

/** The event of a connection that can carry requests: over TLS there is none before the handshake. */
export function getConnectionEvent(server: Server): 'connection' | 'secureConnection' {
  return (server as unknown) instanceof TlsServer ? 'secureConnection' : 'connection';
}

/** What failed handshakes mean, by a part of OpenSSL's code. */
const HANDSHAKE_ERRORS: readonly (readonly [code: RegExp, message: string])[] = [
  [/HTTP_REQUEST/, 'it speaks plain HTTP, and this port HTTPS; write https:// instead of http://'],
  [
    /UNKNOWN_CA|CERTIFICATE_UNKNOWN|BAD_CERTIFICATE/,
    'it does not trust the certificate; give it the file of --tls-ca-out, as curl --cacert FILE',
  ],
  [/ECONNRESET/, 'it ended the TLS handshake, as clients do that do not trust the certificate; give them the file of --tls-ca-out'],
];

/** Logs failed handshakes, and gives what ends the connections that are still in one. */
export function watchHandshakes(server: Server, requestLog: Log): () => void {
  const pending = new Set<{ destroy: () => unknown }>();
  server.on('connection', (socket) => {
    pending.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => pending.delete(socket));
  });
  server.on('tlsClientError', (error: Error & { readonly code?: string }, socket: TLSSocket) => {
    const known = HANDSHAKE_ERRORS.find(([code]) => code.test(`${error.code ?? ''} ${error.message}`.replaceAll(' ', '_').toUpperCase()));
    requestLog({
      level: 'warn',
      message: `a connection from ${formatClient(socket)} was refused: ${known?.[1] ?? 'the TLS handshake failed'}`,
    });
    socket.destroy();
  });
  return () => {
    for (const socket of pending) socket.destroy();
  };
}
