/** Takes the encodings of URLs, forms, JSON and HTML off a text, to see what it hides. */

/** What may be an encoding. */
export const ENCODED = /%[0-9a-f]{2}|\\u[0-9a-f]{4}|\\["'/\\]|&(?:#\w{1,8}|[a-z]{2,4});|\+/i;

/** A text with one encoding taken off it. What is no encoding stays. */
export function decodeOnce(text: string): string {
  return text
    .replace(/\+/g, ' ')
    .replace(/(?:%[0-9a-f]{2})+/gi, decodePercent)
    .replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    .replace(/\\(["'/\\])/g, '$1')
    .replace(/&#(x?)([0-9a-f]{1,6});/gi, (_, x: string, digits: string) => decodeCodePoint(parseInt(digits, x === '' ? 10 : 16)))
    .replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? '');
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodePercent(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  }
}

function decodeCodePoint(code: number): string {
  return Number.isNaN(code) || code > 0x10ffff ? '' : String.fromCodePoint(code);
}
