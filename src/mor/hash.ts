import { hash } from 'node:crypto';

/** Lower-case hex SHA-1 of a text's UTF-8 bytes: how MOR makes every API hash. */
export function sha1Hex(text: string): string {
  return hash('sha1', text, 'hex');
}
