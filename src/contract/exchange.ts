/** A request to MOR and its answer, free of any client or server library. */

/** The path of a request that names none. */
export const DEFAULT_PATH = '/billing/api/did_create';

/** A request to MOR, byte for byte. */
export interface RawRequest {
  /** Default: POST. */
  readonly method?: string | undefined;
  /** Default: /billing/api/did_create. */
  readonly path?: string | undefined;
  /** Encoded as it stands. Default: none. */
  readonly query?: string | undefined;
  readonly body?: string | undefined;
  /** The content type. Default: none. */
  readonly type?: string | undefined;
  /** Further headers, by their names in lower case. Default: none. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** What of an answer the contract speaks about. */
export interface Answer {
  readonly status: number;
  readonly type: string | undefined;
  readonly disposition: string | undefined;
  readonly encoding: string | undefined;
  readonly location: string | undefined;
  /** The bytes as UTF-8; a comparison compares every byte. */
  readonly body: string;
}

/** The request target: path and query. */
export function formatTarget({ path = DEFAULT_PATH, query = '' }: RawRequest): string {
  return query === '' ? path : `${path}?${query}`;
}
