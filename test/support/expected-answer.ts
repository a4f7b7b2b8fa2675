import { errorXml, successXml } from '../../src/contract/expected-xml.ts';
import type { Answer } from '../../src/contract/exchange.ts';

/** An answer of MOR's with this body, as it is labelled by default. */
export function xmlAnswer(body: string): Answer {
  return { status: 200, type: 'text/xml; charset=utf-8', disposition: undefined, encoding: undefined, location: undefined, body };
}

export function successAnswer(id: number, did?: string): Answer {
  return xmlAnswer(successXml(id, did));
}

export function errorAnswer(text: string): Answer {
  return xmlAnswer(errorXml(text));
}

/** Expects a plain text of the mock with a status from 400 to 499: what no MOR error can be meant for. The answer to HEAD has no body. */
export function expectPlain4xx({ status, type, body }: Answer, method = 'POST'): void {
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(type).toBe('text/plain; charset=utf-8');
  expect(body).toMatch(method === 'HEAD' ? /^$/ : /^mock-mor: [^]+\n$/);
}
