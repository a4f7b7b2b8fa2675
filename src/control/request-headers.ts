/** The headers of a request as they may be shown: by their names in lower case, the secret ones masked. */
import { isSecretName, MASKED_KEY, redactText, secretValues, type KnownSecrets } from '../mor/redact.ts';
import { truncate } from '../log.ts';

/** How many characters of a name and of a value are shown. */
const MAX_NAME = 100;
const MAX_VALUE = 500;

/** Headers by their names in lower case. Repeated ones are joined by a comma. `raw` has names and values in turns. */
export function headerViews(raw: readonly string[], secrets: KnownSecrets): Readonly<Record<string, string>> {
  const views = new Map<string, string>();
  for (const [name, value] of headerPairs(raw)) {
    const shownName = truncate(redactText(name, secrets).toLowerCase(), MAX_NAME);
    const shown = isSecretName(name) && value !== '' ? MASKED_KEY : truncate(redactText(value, secrets), MAX_VALUE);
    const before = views.get(shownName);
    views.set(shownName, before === undefined ? shown : `${before}, ${shown}`);
  }
  return Object.fromEntries(views);
}

/** What headers hold as passwords, tokens and the like: their values, and what those are made of. */
export function headerSecrets(raw: readonly string[]): readonly string[] {
  return secretValues(headerPairs(raw)).flatMap((value) => [value, ...credentialsIn(value)]);
}

function headerPairs(raw: readonly string[]): readonly (readonly [name: string, value: string])[] {
  return Array.from({ length: Math.floor(raw.length / 2) }, (_, i) => [raw[2 * i] ?? '', raw[2 * i + 1] ?? ''] as const);
}

/** The token behind a scheme, the password of `Basic`, the values of cookies. */
function credentialsIn(value: string): readonly string[] {
  const token = /^\w{1,20} (\S+)$/.exec(value)?.[1];
  if (token !== undefined) {
    const [, password = ''] = Buffer.from(token, 'base64').toString().split(':');
    return [token, password];
  }
  const cookies = value
    .split(';')
    .map((piece) => [piece.slice(0, piece.indexOf('=')), piece.slice(piece.indexOf('=') + 1).trim()] as const);
  return cookies.filter(([name, text]) => isSecretName(name) || text.length >= MIN_SESSION).map(([, text]) => text);
}

/** What names a session is longer than what says a language or a colour. */
const MIN_SESSION = 16;
