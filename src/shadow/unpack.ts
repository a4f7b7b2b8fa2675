/** A copy of a packed body, unpacked. What passes by stays as it is. */
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

const UNPACKERS: ReadonlyMap<string, typeof gunzipSync> = new Map([
  ['gzip', gunzipSync],
  ['x-gzip', gunzipSync],
  ['deflate', inflateSync],
  ['br', brotliDecompressSync],
]);

/** Why there is no unpacked body: packed in a way that is not read here, not packed as it says, or too large once it is unpacked. */
export type Unreadable = 'unknown' | 'broken' | 'too large';

/** The body behind a `Content-Encoding`. */
export function unpacked(body: Buffer, encoding: string | undefined, mostBytes: number): Buffer | Unreadable {
  const codings = (encoding ?? '')
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity');
  let bytes = body;
  for (const coding of codings.reverse()) {
    const unpack = UNPACKERS.get(coding);
    if (unpack === undefined) return 'unknown';
    try {
      bytes = unpack(bytes, { maxOutputLength: mostBytes });
    } catch (error) {
      return (error as { readonly code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? 'too large' : 'broken';
    }
  }
  return bytes;
}
