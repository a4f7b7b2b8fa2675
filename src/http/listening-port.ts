import { checkOptions } from '../check-options.ts';
import type { ListenOptions } from '../control/control.ts';
import { OPTIONS } from '../options.ts';
import { invalidOption } from '../problems.ts';
import type { Listener } from './server.ts';

const { host, port } = OPTIONS;

/** A port that may be listened on, closed, and listened on again. */
export class ListeningPort {
  readonly #start: (host: string, port: number) => Promise<Listener>;
  #listener: Promise<Listener> | undefined;
  #url: string | undefined;

  /** `start` begins to listen. */
  constructor(start: (host: string, port: number) => Promise<Listener>) {
    this.#start = start;
  }

  /** Where it listens; undefined while it does not. */
  get url(): string | undefined {
    return this.#url;
  }

  /** Resolves to the url. @throws MockMorError `OPTION_INVALID` if it listens already; the system's error, such as `EADDRINUSE` */
  async listen(options: ListenOptions = {}): Promise<string> {
    checkOptions(options, { host, port }, 'option', 'mor.listen({ port: 8080 })');
    if (this.#listener !== undefined) throw invalidOption('it listens already; close it first');
    this.#listener = this.#start(options.host ?? host.default, options.port ?? 0);
    try {
      const { url } = await this.#listener;
      this.#url = url;
      return url;
    } catch (error) {
      this.#listener = undefined;
      throw error;
    }
  }

  /** Ends every connection. May be called twice, and before `listen`. `onStop` is called when the end begins and, with false, after it. */
  async close(onStop: (isStopping: boolean) => void = () => undefined): Promise<void> {
    const listening = this.#listener;
    // A server that never came to listen is closed; the caller of `listen` gets the reason.
    const listener = await listening?.catch(() => undefined);
    if (listener === undefined) return;
    onStop(true);
    await listener.close();
    // Another close that waited for the same one comes here too.
    if (this.#listener === listening) {
      this.#listener = undefined;
      this.#url = undefined;
      onStop(false);
    }
  }
}
