import { basename } from 'node:path';
import { visible } from '../log.ts';

/** How far a load is, shown on a terminal. */
export interface Progress {
  readonly onProgress: (file: string, share: number) => void;
  /** Takes the line away. */
  readonly end: () => void;
}

/** Shows on a terminal how much of a long file is read, in one line that is written over; undefined where the stream is none. */
export function createProgress(stream: Pick<NodeJS.WriteStream, 'write' | 'isTTY'>): Progress | undefined {
  if (!stream.isTTY) return undefined;
  let isShown = false;
  return {
    onProgress: (file, share) => {
      isShown = true;
      stream.write(`${CLEAR_LINE}reading ${visible(basename(file))}: ${String(Math.floor(100 * share))} %`);
    },
    end: () => {
      if (isShown) stream.write(CLEAR_LINE);
      isShown = false;
    },
  };
}

/** To the start of the line, and nothing left on it. */
const CLEAR_LINE = '\r\u001b[K';
