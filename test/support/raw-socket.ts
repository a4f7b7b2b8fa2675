import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** One answer as it came over the wire. */
export interface WireAnswer {
  /** As in `HTTP/1.1 200 OK`. */
  readonly statusLine: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

function opened(url: string): Socket {
  const { hostname, port } = new URL(url);
  return connect({ host: hostname, port: Number(port) });
}

/** What came over a connection, and how it ended: `end`, or the system's word for an error. */
export interface Ended {
  readonly bytes: string;
  readonly end: string;
}

/** A connection that is there. */
export interface Connection {
  readonly socket: Socket;
  readonly ended: Promise<Ended>;
  /** Settles when what came so far has a match; fails where the connection ends without. */
  received(pattern: RegExp): Promise<void>;
}

/** A connection on which nothing was sent yet. */
export async function connected(url: string): Promise<Connection> {
  const socket = opened(url);
  let bytes = '';
  socket.setEncoding('latin1').on('data', (part: string) => (bytes += part));
  const ended = new Promise<Ended>((resolve) => {
    socket.once('error', (error: NodeJS.ErrnoException) => resolve({ bytes, end: error.code ?? error.message }));
    socket.once('close', () => resolve({ bytes, end: 'end' }));
  });
  await once(socket, 'connect');
  const received = async (pattern: RegExp): Promise<void> => {
    while (!pattern.test(bytes)) {
      const over = await Promise.race([once(socket, 'data').then(() => undefined), ended]);
      if (over !== undefined && !pattern.test(bytes)) throw new Error(`it ended (${over.end}) before it said ${String(pattern)}: ${bytes}`);
    }
  };
  return { socket, ended, received };
}

/** Writes these bytes as they stand, and reads until the server ends the connection. The last request has to ask for that. */
export async function overOneConnection(url: string, bytes: string | Buffer): Promise<readonly WireAnswer[]> {
  const socket = opened(url);
  socket.write(bytes);
  return answersIn(await readToEnd(socket));
}

/** Writes the head, waits for `100 Continue`, and only then writes the body, as curl does. */
export async function afterContinue(url: string, head: string, body: string): Promise<readonly WireAnswer[]> {
  const socket = opened(url);
  socket.write(head);
  const interim = await new Promise<Buffer>((resolve, reject) => {
    socket.once('data', resolve);
    socket.once('error', reject);
  });
  socket.write(body);
  return answersIn(Buffer.concat([interim, await readToEnd(socket)]));
}

function readToEnd(socket: Socket): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('end', () => {
      resolve(Buffer.concat(chunks));
    });
  });
}

function answersIn(bytes: Buffer): readonly WireAnswer[] {
  const answers: WireAnswer[] = [];
  for (let rest = bytes; rest.length > 0;) {
    const headEnd = rest.indexOf('\r\n\r\n');
    if (headEnd < 0) throw new Error(`half an answer: ${rest.toString('latin1')}`);
    const [statusLine = '', ...lines] = rest.subarray(0, headEnd).toString('latin1').split('\r\n');
    const headers = Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
    );
    const bodyEnd = headEnd + 4 + Number(headers['content-length'] ?? 0);
    answers.push({ statusLine, headers, body: rest.subarray(headEnd + 4, bodyEnd).toString('utf8') });
    rest = rest.subarray(bodyEnd);
  }
  return answers;
}
