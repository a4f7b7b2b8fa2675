/** Splits a line of YAML into the pieces that get a colour. It loses no character, and reads no more than a line at a time. */

/** A piece of a line. */
export interface YamlPiece {
  readonly kind: 'note' | 'key' | 'string' | 'number' | 'plain';
  readonly text: string;
}

const PIECES = /("(?:[^"\\]|\\.)*"|'[^']*')(\s*:(?=\s|$))?|((?<=^|\s)#.*)|([A-Za-z_][\w-]*)(:(?=\s|$))?|(\d[\d.]*)|([\s\S])/g;

/** The pieces of a line, in their order. */
export function splitYaml(line: string): readonly YamlPiece[] {
  const pieces: YamlPiece[] = [];
  const add = (kind: YamlPiece['kind'], text: string): void => {
    const last = pieces.at(-1);
    if (last?.kind === kind) pieces[pieces.length - 1] = { kind, text: last.text + text };
    else pieces.push({ kind, text });
  };
  for (const [text, string, stringColon, note, , wordColon, number] of line.matchAll(PIECES)) {
    if (stringColon !== undefined || wordColon !== undefined) add('key', text);
    else if (string !== undefined) add('string', text);
    else if (note !== undefined) add('note', text);
    else add(number === undefined ? 'plain' : 'number', text);
  }
  return pieces;
}
