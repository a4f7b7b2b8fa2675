import { parseFixtures } from '../../src/loader/load.ts';
import { parsedXml } from '../support/well-formed.ts';
import type { WireAnswer } from './lane.ts';

/** Every header an answer may have. One more would be a header that a request brought in. */
const HEADERS = new Set([
  'content-type', 'content-length', 'content-disposition', 'connection', 'keep-alive', 'date', 'x-mock-mor-request-id', 'x-content-type-options', 'cache-control',
  'allow', 'www-authenticate',
]); // prettier-ignore

/** What tells of the inside: a stack, a place in a file, a folder of this machine. No request of the suite has any of it. */
const INSIDE = [
  /\n\s+at /,
  /\.[cm]?[jt]s:\d+/,
  /node_modules/,
  /node:internal/,
  /\bError: /,
  ...[process.cwd(), __dirname].map((path) => new RegExp(path)),
];

const XML_SHAPES = [
  'page/status/error',
  'status/error',
  'page/error',
  'action/name action/status',
  'action/name action/status action/status_message',
  'page/status/success page/did_details/id',
  'page/status/success page/did_details/id page/did_details/did',
];

/** What is wrong with an answer, whatever was asked; undefined where nothing is. */
export function findFault({ status, headers, body }: WireAnswer, isHead = false): string | undefined {
  const text = body.toString('utf8');
  const odd = [...headers.keys()].find((name) => !HEADERS.has(name));
  if (odd !== undefined) return `a header of nobody's: ${odd}`;
  if (status >= 500 || status < 200 || (status >= 300 && status < 400)) return `status ${String(status)}: ${text.slice(0, 200)}`;
  const leak = INSIDE.find((pattern) => pattern.test(text));
  if (leak !== undefined) return `it tells of its inside, ${String(leak)}: ${text.slice(0, 300)}`;
  return isHead ? undefined : faultOfBody(headers.get('content-type'), status, text);
}

function faultOfBody(type: string | undefined, status: number, text: string): string | undefined {
  try {
    switch (type) {
      case 'text/xml; charset=utf-8': {
        const shape = parsedXml(text)
          .map(([path]) => path)
          .join(' ');
        return status === 200 && XML_SHAPES.includes(shape) ? undefined : `XML of no known shape: ${shape}`;
      }
      case 'text/plain; charset=utf-8':
        // The index of the admin API has the version behind the name.
        return /^mock-mor(?: \d[\d.]*)?: [^]+\n$/.test(text) ? undefined : `plain text that is not ours: ${text.slice(0, 80)}`;
      case 'application/json; charset=utf-8':
        JSON.parse(text);
        return undefined;
      case 'application/problem+json; charset=utf-8': {
        const problem = JSON.parse(text) as { readonly status?: unknown; readonly code?: unknown };
        return problem.status === status && typeof problem.code === 'string' ? undefined : `a problem that is none: ${text.slice(0, 200)}`;
      }
      case 'application/yaml; charset=utf-8':
        parseFixtures(text);
        return undefined;
      case 'text/plain; version=0.0.4; charset=utf-8':
        return text.includes('mock_mor_requests_total') ? undefined : 'metrics that are none';
      default:
        return `a content type of nobody's: ${type ?? 'none'}`;
    }
  } catch (error) {
    return `not what its type says (${type ?? ''}): ${String(error)}: ${text.slice(0, 200)}`;
  }
}
