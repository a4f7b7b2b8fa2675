/** Events as a stream that a browser's EventSource reads, bounded for each client. */
import type { Response } from 'express';
import type { MockMorEvent } from '../../control/events.ts';
import { startInterval, stopInterval } from '../real-timers.ts';

/** Begins a subscription. Returns a function that ends it. */
export type Subscribe = (listener: (event: MockMorEvent) => void, onEnd: () => void) => () => void;

/** How often a stream without events shows that it lives, in milliseconds. */
const HEARTBEAT_MS = 15_000;

/** How soon a client that lost its stream comes back, in milliseconds. */
const RETRY_MS = 1000;

/** How many characters wait for a slow client at most; beyond that it gets `missed` instead of them. */
const MAX_WAITING = 1_048_576;

/** The text of each event, made once for all clients. */
const texts = new WeakMap<MockMorEvent, string>();

function formatEvent(event: MockMorEvent): string {
  const text = texts.get(event) ?? `id: ${event.id}\nevent: ${event.event}\ndata: ${JSON.stringify(event.data)}\n\n`;
  texts.set(event, text);
  return text;
}

/** Sends events until the client is gone or nothing more comes. @throws what `subscribe` throws, before anything is sent */
export function streamEvents(res: Response, subscribe: Subscribe): void {
  const client = new EventClient(res);
  const unsubscribe = subscribe(
    (event) => client.send(event),
    () => res.end(),
  );
  const heartbeat = startInterval(() => client.beat(), HEARTBEAT_MS);
  heartbeat.unref();
  res.once('close', () => {
    stopInterval(heartbeat);
    unsubscribe();
  });
}

/** One client, and what waits for it. */
class EventClient {
  readonly #res: Response;
  /** The world of the subscription, as its first event has it. */
  #sandbox: string | null = null;
  #waiting: string[] = [];
  #waitingCharacters = 0;
  /** The last event that the client did not get; undefined if none was left out. */
  #missed: MockMorEvent | undefined;

  constructor(res: Response) {
    this.#res = res;
    res.on('drain', () => this.#catchUp());
  }

  send(event: MockMorEvent): void {
    if (event.event === 'hello') this.#sandbox = event.data.sandbox;
    if (!this.#res.headersSent) this.#begin();
    if (this.#missed !== undefined) {
      this.#missed = event;
      return;
    }
    const text = formatEvent(event);
    if (!this.#res.writableNeedDrain) {
      this.#res.write(text);
      return;
    }
    this.#waiting.push(text);
    this.#waitingCharacters += text.length;
    if (this.#waitingCharacters <= MAX_WAITING) return;
    this.#forget();
    this.#missed = event;
  }

  beat(): void {
    if (!this.#res.writableNeedDrain) this.#res.write(':\n\n');
  }

  #begin(): void {
    this.#res.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      // A proxy such as nginx must not gather what is meant for now.
      'X-Accel-Buffering': 'no',
    });
    this.#res.write(`retry: ${String(RETRY_MS)}\n\n`);
  }

  #catchUp(): void {
    const texts = this.#waiting;
    this.#forget();
    if (texts.length > 0) this.#res.write(texts.join(''));
    if (this.#missed === undefined) return;
    const { id } = this.#missed;
    this.#missed = undefined;
    this.send({ id, event: 'missed', data: { sandbox: this.#sandbox } });
  }

  #forget(): void {
    this.#waiting = [];
    this.#waitingCharacters = 0;
  }
}
