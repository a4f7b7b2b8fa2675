import { MASKED_KEY } from '../mor/in-words.ts';

/** Every hash is masked, whosever it is: with the key known it would be no secret, but nobody needs it in a report. */
const HASH = /[0-9a-f]{40}/gi;

/** Makes texts fit to be shown: every one of these secrets is masked in them, as it is and as it may be encoded, and every hash. */
export function withoutSecrets(secrets: readonly string[]): (text: string) => string {
  const forms = secrets.filter((secret) => secret !== '').flatMap(formsOf);
  // A secret that holds another goes first.
  const longestFirst = [...new Set(forms)].toSorted((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((rest, form) => rest.replaceAll(form, MASKED_KEY), text).replace(HASH, MASKED_KEY);
}

/** A text as it stands in a query, a form, JSON and XML. */
function formsOf(secret: string): readonly string[] {
  const inUrl = encodeURIComponent(secret);
  const inXml = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return [secret, inUrl, inUrl.replaceAll('%20', '+'), JSON.stringify(secret).slice(1, -1), inXml, inXml.replaceAll('"', '&quot;')];
}
