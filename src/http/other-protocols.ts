/** Protocols that clients speak to a port of HTTP/1.1 by mistake, recognized by their first bytes. */

/** A protocol that is not served, and what the client is answered. */
export interface OtherProtocol {
  /** What was recognized, as in "this is no HTTP request but the start of TLS". */
  readonly name: string;
  readonly advice: string;
  /** Makes the refusal in the protocol's own form, with our line if there is a place for it. Default: HTTP, whose text many clients show. */
  readonly reply?: (line: string) => Buffer;
}

interface Signature extends OtherProtocol {
  /** The first bytes, as latin1: one of these. None is the start of an HTTP request. */
  readonly starts: readonly string[];
}

/** HTTP/2 without TLS, by its connection preface. */
export const HTTP2: Signature = {
  name: 'the start of HTTP/2',
  starts: ['PRI * HTTP/2'],
  advice: 'this port speaks HTTP/1.1; switch HTTP/2 without TLS off in the client',
  // The server's preface, then GOAWAY: no stream was read, HTTP_1_1_REQUIRED, and our line as what clients show for debugging.
  reply: (line) =>
    Buffer.concat([http2Frame(SETTINGS, Buffer.alloc(0)), http2Frame(GOAWAY, Buffer.from([0, 0, 0, 0, 0, 0, 0, 0x0d]), Buffer.from(line))]),
};

const SETTINGS = 0x4;
const GOAWAY = 0x7;

/** A frame of HTTP/2 about the whole connection, without flags (RFC 9113, 4.1). */
function http2Frame(type: number, ...parts: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(9);
  const payload = Buffer.concat(parts);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  return Buffer.concat([head, payload]);
}

const NO_PROXY = "this is no proxy; remove its address from the client's proxy settings";

const SIGNATURES: readonly Signature[] = [
  {
    name: 'the start of TLS',
    // A record with a handshake, of a version that begins with 3.
    starts: ['\x16\x03'],
    advice: 'this port speaks plain HTTP; write http:// instead of https://',
  },
  HTTP2,
  {
    name: 'a SOCKS4 request',
    // To connect, or to be connected to.
    starts: ['\x04\x01', '\x04\x02'],
    advice: NO_PROXY,
    // Version 0, request rejected, and six bytes that mean nothing.
    reply: () => Buffer.from([0x00, 0x5b, 0, 0, 0, 0, 0, 0]),
  },
  {
    name: 'a SOCKS5 greeting',
    // Any number of methods follows.
    starts: ['\x05'],
    advice: NO_PROXY,
    // Version 5, none of the methods is acceptable.
    reply: () => Buffer.from([0x05, 0xff]),
  },
  {
    name: 'a header of the PROXY protocol',
    starts: ['PROXY TCP4 ', 'PROXY TCP6 ', 'PROXY UNKNOWN', '\r\n\r\n\0\r\nQUIT\n'],
    advice: 'switch it off in the load balancer or proxy that connects to this port',
  },
  { name: 'the start of SSH', starts: ['SSH-'], advice: 'check the port that the client connects to' },
];

const MAX_START_BYTES = Math.max(...SIGNATURES.flatMap(({ starts }) => starts.map(({ length }) => length)));

/** The protocol that the first bytes of a connection belong to; undefined if it is none of those known here. A first byte may have come alone. */
export function recognizeProtocol(firstBytes: Buffer): OtherProtocol | undefined {
  const text = firstBytes.toString('latin1', 0, MAX_START_BYTES);
  return SIGNATURES.find(({ starts }) => starts.some((start) => text.startsWith(start) || (text.length === 1 && text === start[0])));
}
