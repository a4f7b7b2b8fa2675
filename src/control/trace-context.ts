/** W3C Trace Context, as far as a mock needs it: which trace of a client a request belongs to. */

/** Version, id of the trace, id of the caller's span, flags; later versions may add more behind them. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-|$)/;

/** The id of the trace in the header `traceparent`; undefined if it was not sent, or is not valid. `raw` has names and values in turns. */
export function readTraceId(raw: readonly string[]): string | undefined {
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = raw[i];
    if (name?.length === 11 && name.toLowerCase() === 'traceparent') return TRACEPARENT.exec(raw[i + 1] ?? '')?.[1];
  }
  return undefined;
}
