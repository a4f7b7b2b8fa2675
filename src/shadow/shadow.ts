/** The shadow: a reverse proxy in front of a real MOR, and a mock beside it that decides on the same requests. */
import { Agent as HttpAgent, IncomingMessage, ServerResponse } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Counts } from '../control/fixtures-control.ts';
import { hostInUrl, logHostsOnce, noProxyMessage } from '../http/absolute-form.ts';
import { isOwnHost } from '../http/admin/guard.ts';
import { headerSecrets } from '../control/request-headers.ts';
import { listen, type Listener, USUAL_LIMITS } from '../http/server.ts';
import { createStreamGuard, type StreamGuard } from '../http/stream-errors.ts';
import { invalidOption } from '../problems.ts';
import { readAsked, type Asked } from './asked.ts';
import { Ledger, type LedgerOptions, type ShadowCounts } from './ledger.ts';
import { answerInOurWords } from './own-answers.ts';
import { passOn, type Passage } from './pass-on.ts';
import { isItself, type ShadowTarget } from './target.ts';
import { parseMorTarget, type VendorPlace } from './vendor-place.ts';

/** How a shadow is made. */
export interface ShadowOptions extends LedgerOptions {
  readonly target: ShadowTarget;
  /** How long the target may take for an answer, in milliseconds. */
  readonly targetTimeoutMs: number;
}

/** How long a stop waits for answers of the target, in milliseconds. Orchestrators kill after 10 s or more. */
const GRACE_MS = 8000;

/** A shadow has no further names. */
const NO_HOSTS: ReadonlySet<string> = new Set();

/** Passes requests on to the real server, to MOR's API alone, and keeps a ledger of what came back. */
export class Shadow {
  readonly #options: ShadowOptions;
  readonly #ledger: Ledger;
  readonly #passage: Passage;
  readonly #guardStreams: StreamGuard;
  readonly #logHost: (host: string) => void;
  readonly #underWay = new Set<Promise<void>>();
  #lastId = 0;
  #listener: Listener | undefined;

  /** @throws MockMorError `OPTION_INVALID` where the record cannot be written */
  constructor(options: ShadowOptions) {
    const { target, targetTimeoutMs, maxBodyBytes } = options;
    this.#options = options;
    this.#ledger = new Ledger(options);
    this.#guardStreams = createStreamGuard(options.log);
    this.#logHost = logHostsOnce(options.log, `they are passed on to ${target.origin} alone`);
    // A connection for each request: on one that is kept, the target may hang up just as a request is on its way, which cannot be sent again.
    const agent = target.isSecure ? new HttpsAgent({ keepAlive: false }) : new HttpAgent({ keepAlive: false });
    this.#passage = { target, agent, targetTimeoutMs, mostBytes: maxBodyBytes };
  }

  /** What differed, and why requests were not judged. */
  get summary(): Ledger['summary'] {
    return this.#ledger.summary;
  }

  /** Of the requests that have passed. */
  get counts(): ShadowCounts {
    return this.#ledger.counts;
  }

  /** How much the world of the mock holds, to begin with. */
  get worldCounts(): Counts {
    return this.#ledger.worldCounts;
  }

  /** Why nothing is recorded any more; undefined while all is well. */
  get recordFailure(): string | undefined {
    return this.#ledger.recordFailure;
  }

  /** Starts listening and resolves to the url. @throws MockMorError `OPTION_INVALID` where the target is the shadow itself; the system's error */
  async listen(host: string, port: number): Promise<string> {
    const handler = (request: IncomingMessage, response: ServerResponse): void => this.#handle(request, response);
    const { log } = this.#options;
    const behaviour = { graceMs: GRACE_MS, leavesContinue: true, log, requestLog: log };
    const listener = await listen(handler, { IncomingMessage, ServerResponse }, host, port, USUAL_LIMITS, behaviour);
    if (isItself(this.#options.target, { host, port: Number(new URL(listener.url).port) })) {
      await listener.close();
      throw invalidOption('--target is this shadow itself: name the real server, or take another --port.');
    }
    this.#listener = listener;
    return listener.url;
  }

  /** Settles when every request so far is judged, and what is recorded is written. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
    await this.#ledger.written();
  }

  /** Takes no more requests, waits a while for pending answers, and settles what there is. May be called twice. */
  async close(): Promise<void> {
    await this.#listener?.close();
    this.#listener = undefined;
    await this.settled();
    await this.#ledger.close();
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    this.#guardStreams(request, response);
    const { url = '', method = '' } = request;
    const place = parseMorTarget(url);
    const host = this.#foreignHost(request);
    if (place === undefined) {
      this.#ledger.notPassedOn(method, url, host);
      if (host === undefined)
        answerInOurWords(response, 404, "this path is not passed on: behind a shadow there is MOR's API alone, under /billing/api/");
      else answerInOurWords(response, 421, noProxyMessage(host));
      return;
    }
    if (host !== undefined) this.#logHost(host);
    const coding = request.headers['transfer-encoding'] ?? 'chunked';
    if (coding.trim().toLowerCase() !== 'chunked') {
      answerInOurWords(response, 501, 'of all transfer codings only "chunked" is passed on');
      return;
    }
    const work = this.#pass(request, response, place);
    this.#underWay.add(work);
    void work.finally(() => this.#underWay.delete(work));
  }

  /** The host of a request that was meant for a proxy, unless it is the target or the shadow itself. */
  #foreignHost(request: IncomingMessage): string | undefined {
    const host = hostInUrl(request.url ?? '');
    return host === undefined || host === this.#options.target.host || isOwnHost(host, request, NO_HOSTS) ? undefined : host;
  }

  /** Passes one request on and hands it to the ledger. Never rejects. */
  async #pass(request: IncomingMessage, response: ServerResponse, place: VendorPlace): Promise<void> {
    const startedAt = performance.now();
    const head = { ...place, id: ++this.#lastId, method: request.method ?? '' };
    const exchange = { head, isOver: false };
    try {
      const { body, end } = passOn(request, response, place.target, this.#passage);
      const asked = this.#read(exchange, request, body);
      // If it fails, the ledger reports it, unless nobody asks any more.
      asked.catch(() => undefined);
      const passed = await end;
      exchange.isOver = true;
      await this.#ledger.settle({ head, asked, passed, durationMs: performance.now() - startedAt });
    } catch (error) {
      this.#ledger.broke(head.id, error);
      if (!response.headersSent) answerInOurWords(response, 500, 'something broke here that is not MOR; the log says what');
    }
  }

  async #read(exchange: Exchange, request: IncomingMessage, body: Promise<Buffer | undefined>): Promise<Asked | undefined> {
    const { head } = exchange;
    const {
      'content-type': contentType,
      'content-encoding': coding,
      'content-length': length,
      'transfer-encoding': transfer,
    } = request.headers;
    // An empty body is not packed as it says; where there is none at all, that is no fault.
    const contentEncoding = length === undefined && transfer === undefined ? undefined : coding;
    const bytes = await body;
    if (bytes === undefined) return undefined;
    const sent = { ...head, body: bytes, contentType, contentEncoding, headerSecrets: headerSecrets(request.rawHeaders) };
    const asked = await readAsked(sent, this.#options.maxBodyBytes);
    // Of a request that was answered before it was whole nobody waits for the end.
    if (!exchange.isOver) this.#ledger.begin(head.id, asked);
    return asked;
  }
}

interface Exchange {
  readonly head: VendorPlace & { readonly id: number; readonly method: string };
  isOver: boolean;
}
