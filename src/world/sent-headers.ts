/** How much of the headers of a request the journal keeps. */

/** How many headers of one request are kept. */
export const MAX_HEADERS = 100;

/** How many characters their names and values may have together. */
export const MAX_HEADER_CHARACTERS = 16_384;

/** What is kept of the headers of a request. */
export interface KeptHeaders {
  /** Names and values in turns, as Node has them in `rawHeaders`. */
  readonly headers: readonly string[];
  /** Of all of them together. */
  readonly headerCharacters: number;
  /** How many were left out. */
  readonly droppedHeaders: number;
}

/** Keeps headers as they are where they are within the limits; else those that fit, in their order, each in full. */
export function keepHeaders(raw: readonly string[]): KeptHeaders {
  let characters = 0;
  for (const text of raw) characters += text.length;
  if (raw.length <= 2 * MAX_HEADERS && characters <= MAX_HEADER_CHARACTERS) {
    return { headers: raw, headerCharacters: characters, droppedHeaders: 0 };
  }
  const headers: string[] = [];
  let headerCharacters = 0;
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const [name = '', value = ''] = [raw[i], raw[i + 1]];
    const sum = headerCharacters + name.length + value.length;
    if (headers.length >= 2 * MAX_HEADERS || sum > MAX_HEADER_CHARACTERS) continue;
    headers.push(name, value);
    headerCharacters = sum;
  }
  return { headers, headerCharacters, droppedHeaders: Math.floor((raw.length - headers.length) / 2) };
}
