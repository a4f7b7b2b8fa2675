import { connect, type Socket } from 'node:net';

/** What came back for one request of a round: status and body. */
export interface Reply {
  readonly status: number;
  readonly body: string;
  /** Of the header that names the journal entry; undefined where there is none. */
  readonly requestId: string | undefined;
}

/** Connections that are kept, for rounds of requests that end together. */
export class Barrier {
  readonly #sockets: readonly Socket[];

  private constructor(sockets: readonly Socket[]) {
    this.#sockets = sockets;
  }

  static async open(url: string, count: number): Promise<Barrier> {
    const { hostname, port } = new URL(url);
    const sockets = Array.from({ length: count }, () => connect({ host: hostname, port: Number(port), noDelay: true }));
    await Promise.all(sockets.map((socket) => new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))));
    return new Barrier(sockets);
  }

  /**
   * Sends each request but for its last byte, waits until all of that is out, then sends the last bytes in one turn of the
   * loop, in an order that `order` says. Gives the replies in the order of the requests.
   */
  async round(requests: readonly string[], order: readonly number[] = requests.map((_, i) => i)): Promise<readonly Reply[]> {
    const replies = requests.map((_, i) => replyOn(this.#socket(i)));
    await Promise.all(
      requests.map((request, i) => new Promise<void>((resolve) => this.#socket(i).write(request.slice(0, -1), () => resolve()))),
    );
    for (const i of order) this.#socket(i).write(requests[i]?.at(-1) ?? '');
    return Promise.all(replies);
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #socket(place: number): Socket {
    const socket = this.#sockets[place];
    if (socket === undefined) throw new Error(`there are ${String(this.#sockets.length)} connections, not ${String(place + 1)}`);
    return socket;
  }
}

function replyOn(socket: Socket): Promise<Reply> {
  return new Promise((resolve, reject) => {
    let text = '';
    const onData = (chunk: Buffer): void => {
      text += chunk.toString('latin1');
      const headEnd = text.indexOf('\r\n\r\n');
      if (headEnd < 0) return;
      const head = text.slice(0, headEnd);
      const body = text.slice(headEnd + 4);
      if (body.length < Number(/content-length: (\d+)/i.exec(head)?.[1])) return;
      socket.off('data', onData).off('close', onClose);
      resolve({ status: Number(head.slice(9, 12)), body, requestId: /x-mock-mor-request-id: (\S+)/i.exec(head)?.[1] });
    };
    const onClose = (): void => reject(new Error(`the connection ended behind: ${text}`));
    socket.on('data', onData).on('close', onClose);
  });
}

/** A whole request with a body, so that its last byte is what makes it whole. */
export function posted(path: string, body: string, type = 'application/x-www-form-urlencoded', method = 'POST'): string {
  return `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${type}\r\nContent-Length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`;
}

/** One without a body: its last byte is the line feed that ends the head. */
export function bare(method: string, path: string): string {
  return `${method} ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
}
