import { hash } from 'node:crypto';

/** Lower-case hex SHA-1 of a text's UTF-8 bytes: how MOR makes every API hash. */
export function sha1Hex(text: string): string {
  return hash('sha1', text, 'hex');
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

/** The text whose SHA-1 is the hash of `did_create`: provider, number and key with nothing between them. Source: the vendor's page. */
export function didCreateHashText({ provider_id = '', did, api_secret_key }: DidCreateHashInput): string {
  // JavaScript would hash the text "undefined", or a number that it cannot count exactly.
  for (const [name, value] of Object.entries<unknown>({ did, api_secret_key })) {
    if (typeof value !== 'string')
      throw new TypeError(
        `${name} must be a text, exactly as it will be sent; it is ${value === undefined ? 'missing' : `a ${typeof value}`}`,
      );
  }
  return `${String(provider_id)}${did}${api_secret_key}`;
}

/**
 * The `hash` parameter of `did_create`. Source: the vendor's page, by its rule; its example leaves the DID out.
 *
 * @throws TypeError where `did` or `api_secret_key` is no text
 *
 * @example
 * didCreateHash({ provider_id: 1, did: '123456789', api_secret_key: 'secret' }); // 'cb9dff0d59f7ffaf036d55b57c817bf528edb54a'
 */
export function didCreateHash(input: DidCreateHashInput): string {
  return sha1Hex(didCreateHashText(input));
}
