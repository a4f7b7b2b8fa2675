import type { ServerResponse } from 'node:http';

/** Answers in our words: a plain line with our name in front, never something in the real server's clothes. */
export function answerInOurWords(response: ServerResponse, status: number, text: string): void {
  const body = `mock-mor: ${text}\n`;
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(body);
}
