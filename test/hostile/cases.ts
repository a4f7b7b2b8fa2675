/** What a hostile client does, made from a seed. */
import type { Dice } from './dice.ts';
import { goodCall, tracedRequest, wholeRequest, type WholeRequest } from './requests.ts';

/** One thing done on one connection. */
export interface HostileCase {
  /**
   * `whole`: as many answers as requests, in their order. `broken`: the server says what is wrong, and ends the connection by itself.
   * `cut`: the client ends its side in the middle. `gone`: the client breaks the connection off. `deaf`: it sends, and never reads.
   * `reset`: the client resets the connection at its moment.
   */
  readonly kind: 'whole' | 'broken' | 'cut' | 'gone' | 'deaf' | 'reset';
  readonly bytes: Buffer;
  /** For `whole`: which of the answers have no body, one entry an answer. */
  readonly heads: readonly boolean[];
  /** For `whole`: what the body of each answer has to hold, where that is known. */
  readonly marks: readonly (string | undefined)[];
  /** Where the bytes are cut into several writes. */
  readonly cuts: readonly number[];
  /**
   * For `reset`. `before`: as soon as the bytes are sent. `while`: at the first byte of the answer. `after`: once nothing more is to come.
   * `idle`: at rest, behind the answers to what came before on the same connection.
   */
  readonly moment?: ResetMoment;
}

const RESET_MOMENTS = ['before', 'while', 'after', 'idle'] as const;

export type ResetMoment = (typeof RESET_MOMENTS)[number];

/** The next case. `turn` makes marks that no other case has. */
export function hostileCase(dice: Dice, turn: number): HostileCase {
  const throwOf = dice.below(100);
  if (throwOf < 52) return whole(dice, [dice.oneIn(4) ? goodCall(dice) : wholeRequest(dice)]);
  if (throwOf < 60) return burst(dice, turn);
  if (throwOf < 75) return broken(dice);
  if (throwOf < 85) return cut(dice);
  if (throwOf < 94) return reset(dice, turn);
  const { bytes } = wholeRequest(dice);
  if (throwOf < 98) return { ...NOTHING, kind: 'gone', bytes };
  return { ...NOTHING, kind: 'deaf', bytes: Buffer.concat(Array.from({ length: 100 }, () => tracedRequest('deaf').bytes)) };
}

const NOTHING = { heads: [], marks: [], cuts: [] } as const;

function whole(dice: Dice, requests: readonly WholeRequest[], marks: readonly (string | undefined)[] = [undefined]): HostileCase {
  const bytes = Buffer.concat(requests.map((request) => request.bytes));
  const cuts = dice.oneIn(5) ? [...dice.some(4, () => dice.below(bytes.length))].sort((a, b) => a - b) : [];
  return { kind: 'whole', bytes, heads: requests.map(({ isHead }) => isHead), marks, cuts };
}

/** Many requests sent without waiting for an answer. */
function burst(dice: Dice, turn: number): HostileCase {
  const marks = Array.from({ length: 2 + dice.below(20) }, (_, i) => (dice.oneIn(3) ? undefined : `mark-${String(turn)}-${String(i)}`));
  return whole(
    dice,
    marks.map((mark) => (mark === undefined ? goodCall(dice) : tracedRequest(mark))),
    marks,
  );
}

function broken(dice: Dice): HostileCase {
  return { ...NOTHING, kind: 'broken', bytes: Buffer.from(dice.of(BROKEN)(dice), 'latin1') };
}

/** Any of the other cases, and a connection that sends nothing, broken off by a reset. */
function reset(dice: Dice, turn: number): HostileCase {
  const moment = dice.of(RESET_MOMENTS);
  const makes: readonly (() => HostileCase)[] = [
    () => whole(dice, [goodCall(dice)]),
    () => whole(dice, [wholeRequest(dice)]),
    () => burst(dice, turn),
    () => broken(dice),
    () => cut(dice),
  ];
  const { bytes, heads, cuts } = moment === 'idle' ? { ...NOTHING, bytes: Buffer.alloc(0) } : dice.of(makes)();
  return { kind: 'reset', bytes, heads, marks: [], cuts, moment };
}

function cut(dice: Dice): HostileCase {
  if (dice.oneIn(5)) return { ...NOTHING, kind: 'cut', bytes: Buffer.from(dice.noise(300), 'latin1') };
  const { bytes, isHead } = wholeRequest(dice);
  // What refuses a HEAD that is cut off has a body, what answers it has none: nobody can tell where either ends.
  if (isHead) return cut(dice);
  return { ...NOTHING, kind: 'cut', bytes: bytes.subarray(0, dice.below(bytes.length)) };
}

const LINE = 'POST /billing/api/did_create HTTP/1.1\r\n';
const HEAD = `${LINE}Host: localhost\r\n`;

/** What no server should guess a request from. Each is wrong by itself: the server need not wait for more. */
const BROKEN: readonly ((dice: Dice) => string)[] = [
  () => `${HEAD}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  () => `${HEAD}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n`,
  () => `${HEAD}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!`,
  (dice) =>
    `${HEAD}Content-Length: ${dice.of(['+5', '-5', '0x5', '5,5', '5 5', 'a', '1e3', '99999999999999999999999999', '5;'])}\r\n\r\nhello`,
  (dice) =>
    `${HEAD}Transfer-Encoding: ${dice.of(['xchunked', 'identity', 'chunked, gzip', 'chunked, chunked', 'chunked;a', '\x0bchunked', 'gzip'])}\r\n\r\n0\r\n\r\n`,
  (dice) =>
    `${HEAD}Transfer-Encoding: chunked\r\n\r\n${dice.of(['zz', '-1', ' 5', '0x5', '5 ', 'fffffffffffffffff', '\n', '5\n'])}\r\nhello\r\n0\r\n\r\n`,
  () => `${HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\nhello!\r\n0\r\n\r\n`,
  () => `${HEAD}A: b\rc: d\r\n\r\n`,
  () => `${HEAD}A: b\r\n folded\r\n\r\n`,
  () => `${HEAD}A : b\r\n\r\n`,
  () => `${HEAD} A: b\r\n\r\n`,
  () => `${HEAD}A\r\n\r\n`,
  () => `${HEAD}: b\r\n\r\n`,
  (dice) => `${HEAD}A${dice.of(['\0', '(', '"', '\x7f', '@', '\xe9'])}: b\r\n\r\n`,
  (dice) => `${HEAD}A: b${dice.of(['\0', '\x01', '\x7f'])}\r\n\r\n`,
  () => HEAD.replaceAll('\r\n', '\n') + '\n',
  (dice) => `POST /billing/api/${dice.of(['\0', '\xe9', ' x', '\t', '\x7f'])} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
  (dice) => `GET / ${dice.of(['HTTP/1.2', 'HTTP/9.9', 'HTTP/2.0', 'HTTP/11', 'http/1.1', 'HTTP', 'FTP/1.1'])}\r\nHost: localhost\r\n\r\n`,
  (dice) => `${dice.of(['FOO', 'post', 'G3T', 'GET\t', '\x16\x03\x01', '{', '<'])} / HTTP/1.1\r\nHost: localhost\r\n\r\n`,
  (dice) => `GET ${dice.of(['localhost:80', 'billing', '..', '?u', 'foo:bar'])} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
  () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0',
  () => '\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03' + 'r'.repeat(500),
  () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  () => '\x04\x01\0\x50\x7f\0\0\x01\0',
  () => '\x05\x02\0\x02',
  () => 'PROXY TCP4 10.0.0.1 10.0.0.2 1 2\r\n',
  () => '\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c\x0a\0\0\x01\x0a\0\0\x02\0\x01\0\x02',
  () => 'SSH-2.0-OpenSSH_9.2\r\n',
  () => `${HEAD}\r\nCONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n`,
  () => 'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n',
  () => `GET /${'x'.repeat(66_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
  () => `${HEAD}${'name: value\r\n'.repeat(12_000)}\r\n`,
  () => `${HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nContent-Length: 5\r\n\r\n`,
  () => `GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
  () => 'GET / HTTP/1.0\r\n\r\n',
  () => `${HEAD}Connection: close\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
  () => `${HEAD}Content-Length: 999999999\r\n\r\nu=`,
  () => `${HEAD}Expect: 200-ok\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  // A good one in front: its answer comes first.
  () => `GET /first HTTP/1.1\r\nHost: localhost\r\n\r\nGARBAGE\r\n\r\n`,
];
