import { MASKED_KEY } from '../mor/in-words.ts';

/** Every hash is masked, whosever it is: it is made of a key, and nobody needs it in a report. */
const HASH = /[0-9a-f]{40}/gi;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Makes texts fit to be shown: each of these secrets is masked in them, in whatever way it is encoded, and so is every hash. */
export function withoutSecrets(secrets: readonly string[]): (text: string) => string {
  // A secret that holds another goes first.
  const longestFirst = secrets.filter((secret) => secret !== '').toSorted((a, b) => b.length - a.length);
  const patterns = longestFirst.map((secret) => new RegExp(Array.from(secret, anyFormOf).join(''), 'gi'));
  return (text) => [...patterns, HASH].reduce((rest, pattern) => rest.replace(pattern, MASKED_KEY), text);
}

/** A character as it is, and as it may stand in a URL, a form, XML or JSON. */
function anyFormOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const inUrl = Array.from(Buffer.from(character), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  const inJson = Array.from({ length: character.length }, (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`).join('');
  const forms = [character, inUrl, inJson, `\\${character}`, ...(character === ' ' ? ['+'] : [])];
  const entity = ENTITIES[character];
  const numbered = `&#(?:0*${String(code)}|x0*${code.toString(16)});`;
  return `(?:${[...forms, ...(entity === undefined ? [] : [entity])].map(literally).join('|')}|${numbered})`;
}

function literally(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}-]/g, String.raw`\$&`);
}
