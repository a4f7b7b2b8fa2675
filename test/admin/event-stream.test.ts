/** A client that does not read: what waits for it is bounded. */
import { EventEmitter } from 'node:events';
import type { Response } from 'express';
import type { MockMorEvent } from '../../src/index.ts';
import { streamEvents } from '../../src/http/admin/event-stream.ts';

/** A response whose client reads when the test says so. */
class SlowResponse extends EventEmitter {
  headersSent = false;
  writableNeedDrain = false;
  readonly written: string[] = [];

  writeHead(): void {
    this.headersSent = true;
  }

  write(text: string): void {
    this.written.push(text);
  }

  end(): void {
    this.emit('close');
  }

  read(): void {
    this.writableNeedDrain = false;
    this.emit('drain');
  }
}

function open(): { res: SlowResponse; send: (number: number, size?: number) => void; ended: jest.Mock } {
  const res = new SlowResponse();
  const ended = jest.fn();
  let listener: (event: MockMorEvent) => void = () => undefined;
  streamEvents(res as unknown as Response, (given) => {
    listener = given;
    given({ id: 'me.0', event: 'hello', data: { instance: 'me', version: '1', sandbox: '*', reconnected: false } });
    return ended;
  });
  res.written.length = 0;
  const send = (number: number, size = 0): void =>
    listener({ id: `me.${String(number)}`, event: 'state', data: { sandbox: 'x'.repeat(size), topics: [] } });
  return { res, send, ended };
}

const ids = (res: SlowResponse): readonly string[] =>
  [...res.written.join('').matchAll(/^id: (.*)\nevent: (.*)$/gm)].map(([, id, name]) => `${id ?? ''} ${name ?? ''}`);

it('what waits comes in its order when the client reads again', () => {
  const { res, send } = open();
  send(1);
  res.writableNeedDrain = true;
  send(2);
  send(3);
  expect(ids(res)).toEqual(['me.1 state']);
  res.read();
  expect(ids(res)).toEqual(['me.1 state', 'me.2 state', 'me.3 state']);
});

it('beyond a megabyte it is dropped, and the client gets one note that it missed something', () => {
  const { res, send } = open();
  res.writableNeedDrain = true;
  for (let number = 1; number <= 20; number++) send(number, 100_000);
  res.read();
  send(21);
  expect(res.written.join('')).toBe(
    'id: me.20\nevent: missed\ndata: {"sandbox":"*"}\n\nid: me.21\nevent: state\ndata: {"sandbox":"","topics":[]}\n\n',
  );
});

it('a client that is gone is not sent anything', () => {
  const { res, ended } = open();
  res.end();
  expect(ended).toHaveBeenCalledTimes(1);
});
