import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import { formatTarget, type Answer, type RawRequest } from '../contract/exchange.ts';

/** How a server is asked. */
export interface ClientOptions {
  /** Without a slash at the end; may have a path. */
  readonly baseUrl: string;
  /** How long one answer may take, in milliseconds; 0 is no limit. */
  readonly timeoutMs: number;
  /** Certificates, as PEM, that an https server may be issued by. Default: those of Node. */
  readonly ca?: string | undefined;
  /** Requests per second at most; undefined or 0 is no limit. */
  readonly ratePerSecond?: number | undefined;
}

/** What goes along with a request. */
export interface Sending {
  readonly headers?: Headers;
  /** Ends the wait for its turn; what has left is not broken off, for nobody would know what became of it. */
  readonly signal?: AbortSignal | undefined;
}

/** A request got no answer. */
export class NoAnswer extends Error {
  /** Whether it may have reached the server all the same. */
  readonly wasSent: boolean;

  constructor(message: string, wasSent: boolean) {
    super(message);
    this.wasSent = wasSent;
  }
}

/** No answer of MOR's comes near it. */
const MAX_ANSWER_BYTES = 16_777_216;

type Headers = Readonly<Record<string, string>>;

type WholeAnswer = IncomingMessage & { readonly body: Buffer };

/** Sends requests byte for byte, one after the other on a connection that is kept: nothing is followed, unpacked or sent again. */
export class Client {
  readonly #options: ClientOptions;
  readonly #agent: HttpAgent;
  #nextAt = 0;
  #sawMock = false;

  constructor(options: ClientOptions) {
    this.#options = options;
    const kept = { keepAlive: true, maxSockets: 1 };
    const { baseUrl, ca } = options;
    this.#agent = baseUrl.startsWith('https:') ? new HttpsAgent({ ...kept, ...(ca === undefined ? {} : { ca }) }) : new HttpAgent(kept);
  }

  /** Whether an answer bore the header by which a mock gives itself away. */
  get sawMock(): boolean {
    return this.#sawMock;
  }

  /** The answer to a request. @throws NoAnswer where none comes in time; an `AbortError` where the signal came before its turn */
  async send(request: RawRequest, sending: Sending = {}): Promise<Answer> {
    await this.#turn(sending);
    const { statusCode = 0, headers: got, body } = await this.#exchange(request, sending);
    if (got['x-mock-mor-request-id'] !== undefined) this.#sawMock = true;
    return {
      status: statusCode,
      type: got['content-type'],
      disposition: got['content-disposition'],
      encoding: got['content-encoding'],
      location: got.location,
      body: body.toString('utf8'),
    };
  }

  /** Ends the connections. */
  close(): void {
    this.#agent.destroy();
  }

  /** Waits for the time at which the next request may go. */
  async #turn({ signal }: Sending): Promise<void> {
    signal?.throwIfAborted();
    const { ratePerSecond } = this.#options;
    if (ratePerSecond === undefined || ratePerSecond === 0) return;
    const now = performance.now();
    const at = Math.max(now, this.#nextAt);
    this.#nextAt = at + 1000 / ratePerSecond;
    if (at > now) await wait(at - now, undefined, signal === undefined ? {} : { signal });
  }

  #exchange(
    { method = 'POST', type, body = '', headers: own = {}, ...target }: RawRequest,
    { headers = {} }: Sending,
  ): Promise<WholeAnswer> {
    const { baseUrl, timeoutMs } = this.#options;
    const { protocol, hostname, port, pathname } = new URL(baseUrl);
    const timeOut = timeoutMs === 0 ? undefined : AbortSignal.timeout(timeoutMs);
    const options = {
      agent: this.#agent,
      host: hostname.replace(/^\[(.*)\]$/, '$1'),
      port,
      method,
      path: `${pathname.replace(/\/$/, '')}${formatTarget(target)}`,
      headers: { 'content-length': Buffer.byteLength(body), ...(type === undefined ? {} : { 'content-type': type }), ...own, ...headers },
      ...(timeOut === undefined ? {} : { signal: timeOut }),
    };
    return new Promise((resolve, reject) => {
      let wasSent = false;
      const fail = (error: Error): void => {
        reject(new NoAnswer(timeOut?.aborted === true ? `no answer within ${String(timeoutMs)} ms` : inWords(error), wasSent));
      };
      const call = (protocol === 'https:' ? httpsRequest : httpRequest)(options, (answer) => {
        const chunks: Buffer[] = [];
        let length = 0;
        answer.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          length += chunk.length;
          if (length > MAX_ANSWER_BYTES) call.destroy(new Error(`the answer has more than ${String(MAX_ANSWER_BYTES)} bytes`));
        });
        answer.on('error', fail);
        answer.on('end', () => resolve(Object.assign(answer, { body: Buffer.concat(chunks) })));
      });
      call.on('socket', (socket) => {
        if (socket.connecting) socket.once('connect', () => (wasSent = true));
        else wasSent = true;
      });
      call.on('error', fail);
      call.end(body);
    });
  }
}

/** What the system says of a connection; of several addresses that were tried the first. */
function inWords(error: Error): string {
  if (error instanceof AggregateError) return (error.errors as readonly Error[])[0]?.message ?? error.message;
  return error.message;
}
