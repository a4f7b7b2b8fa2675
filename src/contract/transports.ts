import type { RawRequest } from './exchange.ts';
import type { ParamTexts } from './signed.ts';

/** The ways in which parameters reach MOR. */
export const TRANSPORTS = ['query', 'form', 'multipart', 'json'] as const;

export type Transport = (typeof TRANSPORTS)[number];

const BOUNDARY = '----mock-mor-boundary';

function urlencoded(params: ParamTexts): string {
  return Object.entries(params)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
}

function multipart(params: ParamTexts): string {
  const parts = Object.entries(params).map(
    ([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return `${parts.join('')}--${BOUNDARY}--\r\n`;
}

/** The part of a request that carries these parameters. */
export function carried(params: ParamTexts, by: Transport): RawRequest {
  switch (by) {
    case 'query':
      return { query: urlencoded(params) };
    case 'form':
      return { body: urlencoded(params), type: 'application/x-www-form-urlencoded' };
    case 'multipart':
      return { body: multipart(params), type: `multipart/form-data; boundary=${BOUNDARY}` };
    case 'json':
      return { body: JSON.stringify(params), type: 'application/json' };
  }
}
