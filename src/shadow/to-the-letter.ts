/** Parameters as texts of a query or a body that a table of cases may hold: names, texts and their order as they came. */
import type { Sent } from '../contract/table.ts';
import { NOT_TEXT, type ParamValue } from '../mor/params.ts';
import type { ReceivedParam } from '../world/journal.ts';

/** What a table of cases replaces by something else. A text that has any of it cannot be written as it is. */
export const PLACEHOLDER = /\{(?:\w+\}|sha1:)/;

/** The placeholder of the SHA-1 of a text; undefined where the text cannot stand in one. */
export function sha1Placeholder(hashed: string): string | undefined {
  return /[{}]/.test(hashed) ? undefined : `{sha1:${hashed}}`;
}

/** A parameter with the text that stands for it. */
export interface Piece extends ReceivedParam {
  /** Whether its text is a placeholder that must stay one. */
  readonly isPlaceholder: boolean;
  /** What is in front of it in a query or a form; undefined for the usual. */
  readonly separator: string | undefined;
}

/** The request that carries the pieces; undefined where they cannot be written. `unquoted` names values of JSON that stand without quotes. */
export function toTheLetter(pieces: readonly Piece[], unquoted: ReadonlySet<string>): Sent | undefined {
  const query = formText(pieces.filter(({ from }) => from === 'query'));
  const ofBody = pieces.filter(({ from }) => from !== 'query');
  const sent = query === '' ? {} : { query };
  switch (ofBody[0]?.from) {
    case 'form':
      return { ...sent, body: formText(ofBody), type: 'application/x-www-form-urlencoded' };
    case 'json':
      return { ...sent, body: jsonText(ofBody, unquoted), type: 'application/json' };
    case 'multipart': {
      const body = multipartText(ofBody);
      return body === undefined ? undefined : { ...sent, body, type: `multipart/form-data; boundary=${BOUNDARY}` };
    }
    default:
      return sent;
  }
}

function textOf(value: ParamValue): string {
  return value === NOT_TEXT ? '' : value;
}

function formText(pieces: readonly Piece[]): string {
  return pieces
    .map(({ name, value, isPlaceholder, separator }, i) => {
      const text = textOf(value);
      return `${separator ?? (i === 0 ? '' : '&')}${encodeURIComponent(name)}=${isPlaceholder ? text : encodeURIComponent(text)}`;
    })
    .join('');
}

function jsonText(pieces: readonly Piece[], unquoted: ReadonlySet<string>): string {
  const fields = pieces.map(({ name, value, isPlaceholder }) => {
    if (value === NOT_TEXT) return `${JSON.stringify(name)}:[]`;
    if (unquoted.has(name)) return `${JSON.stringify(name)}:${value}`;
    const text = JSON.stringify(value);
    return `${JSON.stringify(name)}:${isPlaceholder ? text : text.replaceAll('{', '\\u007b')}`;
  });
  return `{${fields.join(',')}}`;
}

const BOUNDARY = '----mock-mor-recorded';

function multipartText(pieces: readonly Piece[]): string | undefined {
  const isWritable = ({ value, isPlaceholder }: Piece): boolean =>
    value === NOT_TEXT || isPlaceholder || !(PLACEHOLDER.test(value) || value.includes(BOUNDARY));
  if (!pieces.every(isWritable)) return undefined;
  const parts = pieces.map(({ name, value }) => {
    const file = value === NOT_TEXT ? '; filename="file"' : '';
    return `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${textOf(value)}\r\n`;
  });
  return `${parts.join('')}--${BOUNDARY}--\r\n`;
}
