import { createHmac, hash } from 'node:crypto';

/** Lower-case hex SHA-1 of a text's UTF-8 bytes: how MOR makes every API hash. */
export function sha1Hex(text: string): string {
  return hash('sha1', text, 'hex');
}

/** Digests that clients use, MOR's own among them. */
export type DigestName = 'sha1' | 'md5' | 'sha256';

/** Lower-case hex digest of a text's UTF-8 bytes. */
export function hexDigest(name: DigestName, text: string): string {
  return hash(name, text, 'hex');
}

/** Lower-case hex HMAC of a text's UTF-8 bytes. */
export function hexHmac(name: DigestName, key: string, text: string): string {
  return createHmac(name, key).update(text, 'utf8').digest('hex');
}
