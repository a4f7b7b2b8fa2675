/** Reads a stream of server-sent events, as a browser does. */
import { get, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { setImmediate } from 'node:timers/promises';

export interface SentEvent {
  readonly id: string;
  readonly event: string;
  readonly data: Record<string, unknown> & { readonly rows?: readonly { readonly id: number; readonly state: string }[] };
}

export interface EventClient {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  /** What came so far, without comments. */
  readonly events: readonly SentEvent[];
  /** The whole text that came so far. */
  readonly text: () => string;
  /** Waits until the events fit. Ends with an error if the stream ends before. */
  readonly until: (isEnough: (events: readonly SentEvent[]) => boolean) => Promise<readonly SentEvent[]>;
  readonly response: IncomingMessage;
  /** Settles when the server has ended the stream. */
  readonly ended: Promise<void>;
  readonly close: () => void;
}

/** Opens a stream; events of a refusal are none. */
export async function openEvents(url: string, headers: Readonly<Record<string, string>> = {}): Promise<EventClient> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { headers, agent: false }, resolve).on('error', reject);
  });
  const events: SentEvent[] = [];
  let text = '';
  let read = 0;
  let isOver = false;
  response.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    for (let end = text.indexOf('\n\n', read); end >= 0; end = text.indexOf('\n\n', read)) {
      const block = text.slice(read, end);
      read = end + 2;
      const fields = new Map(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
      const [id, event, data] = ['id', 'event', 'data'].map((name) => fields.get(name));
      if (event !== undefined) events.push({ id: id ?? '', event, data: JSON.parse(data ?? 'null') as SentEvent['data'] });
    }
  });
  const ended = new Promise<void>((resolve) => {
    response.on('close', () => {
      isOver = true;
      resolve();
    });
  });
  return {
    status: response.statusCode,
    headers: response.headers,
    events,
    text: () => text,
    until: async (isEnough) => {
      while (!isEnough(events)) {
        if (isOver) throw new Error(`the stream ended after ${JSON.stringify(events)}`);
        await setImmediate();
      }
      return events;
    },
    response,
    ended,
    close: () => response.destroy(),
  };
}
