/**
 * Live updates. The tabs of a browser share one stream, because a browser opens at most six connections to a host: the tab that holds a
 * lock reads the stream and hands each event to the others. It is read by `fetch`, which can send a token.
 */
import type { RequestRow } from './answers.ts';
import { getAuthorization, needsToken } from './api.ts';
import { createEventReader, type StreamEvent } from './event-lines.ts';
import { getSandbox, ROOT } from './place.ts';
import { openRun } from './run.ts';
import { createSignal } from './signal.ts';

/** `polling`: the server has no events, so the page asks every two seconds. */
export type LiveState = 'connecting' | 'live' | 'lost' | 'polling';

/** What a part of the page does when something happened in its world. */
export interface LiveListener {
  /** Requests that began or ended. `dropped` is how many more there were. */
  readonly rows?: (rows: readonly RequestRow[], dropped: number) => void;
  /** Everything may have changed. */
  readonly reload?: () => void;
}

/** How the stream is. */
export const liveState = createSignal<LiveState>('connecting');

/** How often each topic of the world changed; `*` counts for all of them. */
export const changes = createSignal<Readonly<Record<string, number>>>({});

const listeners = new Set<LiveListener>();

/** Calls the listener from now on, until the returned function is called. */
export function listen(listener: LiveListener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Says that everything may have changed, such as after a switch to another world. */
export function reloadAll(): void {
  bump(['*']);
  for (const { reload } of [...listeners]) reload?.();
}

/** Says that topics changed, before the server does. */
export function bump(topics: readonly string[]): void {
  const counts = { ...changes.get() };
  for (const topic of topics) counts[topic] = (counts[topic] ?? 0) + 1;
  changes.set(counts);
}

type Message =
  | { readonly kind: 'event'; readonly event: StreamEvent }
  | { readonly kind: 'state'; readonly state: LiveState }
  | { readonly kind: 'question' };

const CHANNEL = `mock-mor-live:${ROOT}`;
const MAX_SILENCE_MS = 40_000;
const MAX_WAIT_MS = 5000;
const POLL_MS = 2000;

let instance = '';
let lastEventId = '';
let isLeader = false;

function handleEvent({ id, name, data }: StreamEvent): void {
  if (id !== '') lastEventId = id;
  const value = JSON.parse(data) as Record<string, unknown>;
  if (name === 'hello') {
    const before = instance;
    instance = String(value['instance']);
    if (before !== '' && (before !== instance || value['reconnected'] === false)) reloadAll();
    return;
  }
  if (openRun.get() !== null || (value['sandbox'] ?? null) !== getSandbox()) {
    // The list of sandboxes is the same in each of them.
    if (name === 'state' && (value['topics'] as string[]).includes('sandboxes')) bump(['sandboxes']);
    return;
  }
  if (name === 'requests') {
    const { rows, dropped } = value as { rows: readonly RequestRow[]; dropped: number };
    for (const listener of [...listeners]) listener.rows?.(rows, dropped);
    bump(['requests']);
  } else if (name === 'state') bump(value['topics'] as string[]);
  else if (name === 'reset' || name === 'missed') reloadAll();
}

function setState(state: LiveState, channel: BroadcastChannel): void {
  liveState.set(state);
  channel.postMessage({ kind: 'state', state } satisfies Message);
}

/** Reads the stream until it ends. Resolves to how long to wait before the next attempt, in milliseconds; null if the server has no events. */
async function readStream(channel: BroadcastChannel, scope: string): Promise<number | null> {
  const abort = new AbortController();
  let silence = setTimeout(() => abort.abort(), MAX_SILENCE_MS);
  try {
    const headers = { accept: 'text/event-stream', ...getAuthorization(), ...(lastEventId === '' ? {} : { 'last-event-id': lastEventId }) };
    const answer = await fetch(`${ROOT}/__admin/events${scope}`, { headers, signal: abort.signal, cache: 'no-store' });
    if (answer.status === 404) return null;
    if (answer.status === 401) needsToken.set(true);
    if (!answer.ok || answer.body === null) return scope === '' ? MAX_WAIT_MS : await readStream(channel, '');
    setState('live', channel);
    const read = createEventReader();
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return 0;
      clearTimeout(silence);
      silence = setTimeout(() => abort.abort(), MAX_SILENCE_MS);
      for (const event of read(value)) {
        channel.postMessage({ kind: 'event', event } satisfies Message);
        handleEvent(event);
      }
    }
  } catch {
    return 0;
  } finally {
    clearTimeout(silence);
  }
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Reads streams one after another, for as long as the tab is open. */
async function lead(channel: BroadcastChannel): Promise<void> {
  isLeader = true;
  for (let attempt = 0; ; attempt++) {
    const began = Date.now();
    const pause = await readStream(channel, '?sandbox=*');
    if (pause === null) {
      setState('polling', channel);
      await wait(POLL_MS);
      reloadAll();
      continue;
    }
    if (Date.now() - began > MAX_WAIT_MS) attempt = 0;
    setState('lost', channel);
    await wait(Math.max(pause, Math.min(MAX_WAIT_MS, 250 * 2 ** attempt)));
  }
}

/** Starts live updates. Called once, when the server is known to answer. */
export function startLive(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'question') {
      if (isLeader) channel.postMessage({ kind: 'state', state: liveState.get() } satisfies Message);
    } else if (isLeader) return;
    else if (data.kind === 'state') liveState.set(data.state);
    else handleEvent(data.event);
  };
  channel.postMessage({ kind: 'question' } satisfies Message);
  // A page that came over plain HTTP from another machine has no locks: each of its tabs reads a stream.
  const locks = (navigator as { locks?: LockManager }).locks;
  if (locks === undefined) void lead(channel);
  else void locks.request(CHANNEL, () => lead(channel));
}
