/** Which headers of a message are for its receiver, and which only for the next one on the way (RFC 9110, 7.6.1). */

const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** A message cannot do without these, whatever its `Connection` names. */
const NEVER_HOP_BY_HOP = new Set(['content-length', 'host']);

/** The headers that are passed on, unchanged and in their order. */
export function endToEnd(rawHeaders: readonly string[]): readonly (readonly [name: string, value: string])[] {
  const pairs = Array.from({ length: rawHeaders.length / 2 }, (_, i) => [rawHeaders[2 * i] ?? '', rawHeaders[2 * i + 1] ?? ''] as const);
  const named = pairs
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.split(','))
    .map((token) => token.trim().toLowerCase());
  const dropped = new Set([...HOP_BY_HOP, ...named.filter((token) => !NEVER_HOP_BY_HOP.has(token))]);
  return pairs.filter(([name]) => !dropped.has(name.toLowerCase()));
}
