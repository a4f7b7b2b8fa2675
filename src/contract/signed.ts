import { createHash } from 'node:crypto';
import type { Call } from '../mor/define-call.ts';

/** The parameters of a request, in the order they are sent. */
export type ParamTexts = Readonly<Record<string, string>>;

/** Lower-case hex digest of a text's UTF-8 bytes. */
export function hexDigest(name: 'sha1' | 'md5', text: string): string {
  return createHash(name).update(text, 'utf8').digest('hex');
}

/** Lower-case hex SHA-1 of a text's UTF-8 bytes. */
export function sha1(text: string): string {
  return hexDigest('sha1', text);
}

/** The parameters and the right hash for them: the texts that the call hashes, as sent, and the key. */
export function signParams({ hashed }: Pick<Call, 'hashed'>, params: ParamTexts, key = 'secret'): ParamTexts {
  return { ...params, hash: sha1(hashed.map((name) => params[name] ?? '').join('') + key) };
}

/** The parameters of a did_create and the right hash for them. Made by the contract's rule, not by src. */
export function signed(params: ParamTexts, key = 'secret'): ParamTexts {
  return { ...params, hash: sha1((params['provider_id'] ?? '') + (params['did'] ?? '') + key) };
}
