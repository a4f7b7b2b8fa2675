/** The hash of a call, made from the call's own declaration of what is hashed. */
import { ACTION, CALLS, findCall } from '../mor/calls/index.ts';
import type { Call } from '../mor/define-call.ts';
import { didYouMean, unknownName } from '../near-miss.ts';
import { sha1Hex } from '../mor/hash.ts';

/** Parameters by name, exactly as they will be sent; a number counts as its text, an absent one adds nothing. */
export type HashParams = Readonly<Record<string, string | number | undefined>>;

/**
 * The `hash` parameter of a call: lower-case hex SHA-1 of the call's hashed parameters, in the order of the call, and the key.
 * Source: the vendor's page of each call.
 *
 * @throws TypeError if there is no such call or parameter, if a value is neither a string nor a number, or if the key is not a string
 *
 * @example
 * callHash('did_create', { provider_id: 1, did: '123456789' }, 'secret'); // 'cb9dff0d59f7ffaf036d55b57c817bf528edb54a'
 */
export function callHash(call: string, params: HashParams, apiSecretKey: string): string {
  const found = findCall(call);
  if (found === undefined) {
    const names = CALLS.map(({ name }) => name);
    throw new TypeError(`there is no call "${call}".${didYouMean(call, names)} Known: ${names.join(', ')}`);
  }
  if (typeof params !== 'object' || (params as unknown) === null)
    throw new TypeError("the parameters must be an object, such as callHash('did_close', { dids_id: 1 }, 'secret')");
  const unknown = unknownName('parameter', Object.keys(params), [...found.params.map(({ name }) => name), ACTION]);
  if (unknown !== undefined) throw new TypeError(unknown);
  return sha1Hex(getHashInput(found, params, apiSecretKey));
}

/** The text whose SHA-1 is the hash. @throws TypeError as `callHash` does */
export function getHashInput({ hashed }: Call, params: HashParams, apiSecretKey: string): string {
  // JavaScript would hash the text "undefined", or a number that it cannot count exactly.
  requireString('api_secret_key', apiSecretKey);
  const texts = hashed.map((name) => {
    const value: unknown = params[name] ?? '';
    if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
    requireString(name, value);
    return value;
  });
  return texts.join('') + apiSecretKey;
}

function requireString(name: string, value: unknown): asserts value is string {
  if (typeof value === 'string') return;
  throw new TypeError(
    `${name} must be a string, exactly as it will be sent; it is ${value === undefined ? 'missing' : `a ${typeof value}`}`,
  );
}

/** What goes into the hash of `did_create`. */
export interface DidCreateHashInput {
  /** As it will be sent. A reseller who leaves it out leaves it out here too. Default: empty. */
  readonly provider_id?: string | number | undefined;
  /** The DID number exactly as it will be sent, blanks included. */
  readonly did: string;
  /** The key of the administrator, or the reseller's own. */
  readonly api_secret_key: string;
}

/**
 * The `hash` parameter of `did_create`. Source: the vendor's page, by its rule; its example leaves the DID out.
 *
 * @throws TypeError if `did` or `api_secret_key` is not a string
 *
 * @example
 * didCreateHash({ provider_id: 1, did: '123456789', api_secret_key: 'secret' }); // 'cb9dff0d59f7ffaf036d55b57c817bf528edb54a'
 */
export function didCreateHash({ provider_id, did, api_secret_key }: DidCreateHashInput): string {
  requireString('did', did);
  return callHash('did_create', { provider_id, did }, api_secret_key);
}
