/** The scripts of the Postman collection. They run in Postman, not here. */

/** JavaScript, a line each. */
export type Script = readonly string[];

/** What an answer must be. */
export interface ExpectedResponse {
  readonly status: number;
  /** The content type, to the letter. */
  readonly type?: string | undefined;
  /** The content disposition, to the letter. */
  readonly disposition?: string | undefined;
  /** Texts that must be in the body; variables stand in double braces. */
  readonly holds?: readonly string[];
  /** A text that must not be in it. */
  readonly lacks?: string;
}

/** Runs before every request: puts the world back, and makes the hash of what is about to be sent. */
export function collectionScript(): Script {
  return [
    '// The world as it was put there by the first request. A server without an admin API does not mind.',
    "pm.sendRequest({ url: pm.variables.replaceIn('{{baseUrl}}/__admin/reset'), method: 'POST' }, () => {});",
    '',
    '// The hash: SHA-1 of provider_id, did and the key, the texts as sent, nothing between them.',
    'const named = (list) => Object.fromEntries((list ? list.all() : []).map(({ key, value }) => [key, value]));',
    'const { url, body } = pm.request;',
    "const inBody = body && body.mode === 'raw' ? JSON.parse(body.raw) : named(body && body[body.mode]);",
    'const sent = { ...inBody, ...named(url.query) };',
    "const text = ['provider_id', 'did'].map((name) => pm.variables.replaceIn(sent[name] || '')).join('') + pm.variables.get('key');",
    "pm.variables.set('hash', require('crypto-js').SHA1(text).toString());",
  ];
}

/** Runs before one request: changes settings until the next reset. */
export function settingsScript(settings: object): Script {
  return [
    'pm.sendRequest({',
    "  url: pm.variables.replaceIn('{{baseUrl}}/__admin/settings'),",
    "  method: 'PATCH',",
    "  header: { 'Content-Type': 'application/json' },",
    `  body: { mode: 'raw', raw: JSON.stringify(${JSON.stringify(settings)}) },`,
    '}, () => {});',
  ];
}

/** Runs after one request: holds the answer to what is expected. */
export function checkScript(title: string, { status, type, disposition, holds = [], lacks }: ExpectedResponse): Script {
  const header = (name: string, value: string): string =>
    `  pm.expect(pm.response.headers.get('${name}')).to.eql(${JSON.stringify(value)});`;
  return [
    `pm.test(${JSON.stringify(title)}, () => {`,
    `  pm.response.to.have.status(${String(status)});`,
    ...(type === undefined ? [] : [header('Content-Type', type)]),
    ...(disposition === undefined ? [] : [header('Content-Disposition', disposition)]),
    ...holds.map((text) => `  pm.expect(pm.response.text()).to.include(${textInScript(text)});`),
    ...(lacks === undefined ? [] : [`  pm.expect(pm.response.text()).to.not.include(${JSON.stringify(lacks)});`]),
    '});',
  ];
}

function textInScript(text: string): string {
  return text.includes('{{') ? `pm.variables.replaceIn(${JSON.stringify(text)})` : JSON.stringify(text);
}
