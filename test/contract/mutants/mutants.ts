/** Mocks that break one rule each: what the cases must catch. */

/** One change of the source, by which one rule does not hold any more. */
export interface Mutant {
  /** The rule whose cases must catch it. */
  readonly rule: string;
  readonly breaks: string;
  /** Below `src`. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly from: string;
  readonly to: string;
}

const CALL = 'mor/calls/did-create.ts';
const CALLER = 'mor/caller.ts';

/** The rows of the ordered list, as they stand in the source. */
const ROWS = [
  "{ requires: apiIsOn, orElse: 'apiDisabled' },",
  "{ requires: methodIsAllowed, orElse: 'getDisabled' },",
  "{ requires: secretKeyIsSet, orElse: 'secretKeyMissing' },",
  "{ requires: hashMatches, orElse: 'hashIncorrect' },",
  "{ requires: callerMayUseApi, orElse: 'accessDenied' },",
  "{ requires: providerExists, orElse: 'providerNotFound' },",
  "{ requires: providerIsForCaller, orElse: 'providerNotYours' },",
  "{ requires: callerMayManageDids, orElse: 'didsNotManageable' },",
  "{ requires: didIsNew, orElse: 'didExists' },",
  "{ requires: didIsDigits, orElse: 'didInvalid' },",
  "{ requires: rowCanBeStored, orElse: 'creationFailed' },",
] as const;

const RULE_OF_ROW = [
  'check.api-disabled',
  'check.get-disabled',
  'check.secret-key-missing',
  'check.hash-incorrect',
  'check.access-denied',
  'check.provider-not-found',
  'check.provider-not-yours',
  'check.dids-not-manageable',
  'check.did-exists',
  'check.did-invalid',
  'check.creation-failed',
] as const;

const INDENT = '\n  ';

const SWAPPED: readonly Mutant[] = ROWS.slice(1).map((row, i) => {
  const before = ROWS[i] ?? '';
  const breaks = `checks ${String(i + 1)} and ${String(i + 2)} change places`;
  return { rule: 'order', breaks, file: CALL, from: `${before}${INDENT}${row}`, to: `${row}${INDENT}${before}` };
});

/** A check that looks, and lets pass: what stands behind it may need that it held, so it is let pass only where nothing does. */
const LEFT_OUT: readonly Mutant[] = ROWS.map((row, i) => ({
  rule: RULE_OF_ROW[i] ?? '',
  breaks: `check ${String(i + 1)} is left out`,
  file: CALL,
  from: row,
  to: '',
}));

export const MUTANTS: readonly Mutant[] = [
  {
    rule: 'request.paths',
    breaks: '/api is no path',
    file: 'http/vendor-path.ts',
    from: "['/billing/api', '/api'] as const",
    to: "['/billing/api'] as const",
  },
  {
    rule: 'request.loose-paths',
    breaks: 'a doubled slash is another path',
    file: 'http/app.ts',
    from: String.raw`.replace(/\/{2,}/g, '/')`,
    to: '',
  },
  {
    rule: 'request.methods',
    breaks: 'POST is refused while GET is',
    file: CALLER,
    from: 'caller === undefined || !sentAsGet || getIsAllowed',
    to: 'caller === undefined || getIsAllowed',
  },
  {
    rule: 'request.other-methods',
    breaks: 'PUT is POST',
    file: 'http/vendor-router.ts',
    from: "req.method !== 'GET' && req.method !== 'POST'",
    to: "req.method !== 'GET' && req.method !== 'POST' && req.method !== 'PUT'",
  },
  {
    rule: 'request.transports',
    breaks: 'multipart is not read',
    file: 'http/read-params.ts',
    from: "'multipart/form-data'",
    to: "'multipart/mixed'",
  },
  {
    rule: 'request.encoding',
    breaks: 'a + is a plus',
    file: 'http/form.ts',
    from: "text.replaceAll('+', ' ')",
    to: 'text',
  },
  {
    rule: 'request.query-wins',
    breaks: 'the body wins',
    file: 'http/read-params.ts',
    from: '[...this.#body.params(), ...this.#query.params()]',
    to: '[...this.#query.params(), ...this.#body.params()]',
  },
  {
    rule: 'request.last-wins',
    breaks: 'the first of a name wins',
    file: 'http/form.ts',
    from: 'params.get(name) !== NOT_TEXT',
    to: '!params.has(name)',
  },
  {
    rule: 'request.json-numbers',
    breaks: 'JSON numbers are rounded',
    file: 'http/json-params.ts',
    from: '`"${token}"`',
    to: '`"${String(Number(token))}"`',
  },
  {
    rule: 'request.json-null',
    breaks: 'JSON null is there and invalid',
    file: 'http/json-params.ts',
    from: 'else if (entry !== null)',
    to: 'else',
  },
  {
    rule: 'request.json-no-object',
    breaks: 'a JSON list is refused',
    file: 'http/json-params.ts',
    from: '|| Array.isArray(value)) return params;',
    to: "|| Array.isArray(value)) throw new MockMorError('BODY_INVALID', 'no object');",
  },
  {
    rule: 'request.no-text',
    breaks: 'did[]=1 is did=1',
    file: 'http/form.ts',
    from: 'params.set(name.slice(0, bracket), NOT_TEXT)',
    to: 'params.set(name.slice(0, bracket), value)',
  },
  {
    rule: 'request.unknown-params',
    breaks: 'p takes part in the hash',
    file: CALL,
    from: '[providerText + didText]',
    to: "[providerText + didText + (textOf(params, 'p') ?? '')]",
  },
  {
    rule: 'request.order',
    breaks: 'did is hashed before provider_id',
    file: CALL,
    from: '[providerText + didText]',
    to: '[didText + providerText]',
  },
  {
    rule: 'request.test-flag',
    breaks: 'any test shows the did',
    file: CALL,
    from: "textOf(params, 'test') === '1'",
    to: "textOf(params, 'test') !== undefined",
  },
  {
    rule: 'param.u',
    breaks: 'usernames are matched without their case',
    file: CALLER,
    from: 'world.userNamed(username)',
    to: 'world.userNamed(username.toLowerCase())',
  },
  {
    rule: 'param.provider-id',
    breaks: 'a sign in front of the id is tolerated',
    file: 'mor/params.ts',
    from: 'const digits = trimmed(text);',
    to: "const digits = trimmed(text).replace(/^[+-]/, '');",
  },
  {
    rule: 'param.provider-id-left-out',
    breaks: 'a reseller gets no default provider',
    file: CALL,
    from: "isLeftOut && caller?.type === 'reseller'",
    to: "isLeftOut && caller?.type === 'admin'",
  },
  {
    rule: 'hash.recipe',
    breaks: 'the key is hashed first',
    file: CALLER,
    from: 'sha1Hex(text + key)',
    to: 'sha1Hex(key + text)',
  },
  {
    rule: 'hash.exact',
    breaks: 'hashes are compared without their case',
    file: CALLER,
    from: '=== sentHash',
    to: '=== sentHash.toLowerCase()',
  },
  {
    rule: 'hash.utf-8',
    breaks: 'texts are hashed as Latin-1',
    file: 'mor/hash.ts',
    from: "hash('sha1', text, 'hex')",
    to: "hash('sha1', Buffer.from(text, 'latin1'), 'hex')",
  },
  {
    rule: 'hash.as-sent',
    breaks: 'the number is trimmed before it is hashed',
    file: CALL,
    from: "const didText = textToHash(params, 'did');",
    to: "const didText = trimmed(textToHash(params, 'did') ?? '');",
  },
  {
    rule: 'hash.without-did',
    breaks: 'no user may use the recipe of the example',
    file: CALL,
    from: ' || caller?.accept_hash_without_did === true',
    to: '',
  },
  {
    rule: 'hash.administrators-key',
    breaks: "the administrator's key is for resellers only",
    file: CALLER,
    from: 'reseller === undefined || settings.allow_api',
    to: 'reseller !== undefined && settings.allow_api',
  },
  {
    rule: 'hash.resellers-key',
    breaks: "a reseller's key counts while his switch is off",
    file: CALLER,
    from: "reseller?.allow_api === true ? reseller.api_secret_key : ''",
    to: "reseller?.api_secret_key ?? ''",
  },
  {
    rule: 'hash.empty-key',
    breaks: 'an empty key is a key',
    file: CALLER,
    from: "administrators === '' ? [] : [administrators]",
    to: '[administrators]',
  },
  {
    rule: 'hash.unchecked',
    breaks: "a reseller's own switch does not count",
    file: CALLER,
    from: ' && reseller?.disable_hash_checking !== true',
    to: '',
  },
  ...SWAPPED,
  ...LEFT_OUT,
  {
    rule: 'answer.success',
    breaks: 'the details have another name',
    file: CALL,
    from: "element: 'did_details'",
    to: "element: 'details'",
  },
  {
    rule: 'answer.error',
    breaks: 'errors have a status of their own',
    file: 'http/vendor-router.ts',
    from: 'const usual: Answer = { status: 200,',
    to: "const usual: Answer = { status: reply.kind === 'error' ? 422 : 200,",
  },
  {
    rule: 'answer.bytes',
    breaks: 'answers are application/xml',
    file: 'http/write-xml.ts',
    from: "xml: { 'Content-Type': 'text/xml; charset=utf-8' }",
    to: "xml: { 'Content-Type': 'application/xml; charset=utf-8' }",
  },
  {
    rule: 'answer.response-type',
    breaks: 'the attachment has another name',
    file: 'http/write-xml.ts',
    from: 'mor_api_response.html',
    to: 'mor_api_response.htm',
  },
  {
    rule: 'answer.error-envelope',
    breaks: 'every error stands bare',
    file: 'http/write-xml.ts',
    from: ' && error.beforeTheCall === true',
    to: '',
  },
  {
    rule: 'answer.dialect',
    breaks: "older servers' texts are not known",
    file: 'http/write-xml.ts',
    from: 'error.legacyText ?? error.text',
    to: 'error.text',
  },
  {
    rule: 'answer.no-such-api',
    breaks: 'an unknown call is told otherwise',
    file: 'mor/errors.ts',
    from: "text: 'There is no such API'",
    to: "text: 'No such API'",
  },
  {
    rule: 'answer.not-mor',
    breaks: 'a body of an unknown kind is read as none',
    file: 'http/read-params.ts',
    from: 'throw new MockMorError(\'BODY_UNSUPPORTED\', `a body of type "${type}"',
    to: "if (type !== 'text/plain') throw new MockMorError('BODY_UNSUPPORTED', `a body of type \"${type}\"",
  },
  {
    rule: 'effect.record',
    breaks: 'a created DID is active',
    file: CALL,
    from: "status: 'free'",
    to: "status: 'active'",
  },
  {
    rule: 'effect.id',
    breaks: 'next_did_id does not count',
    file: 'world/base.ts',
    from: 'records.next_did_id ?? ',
    to: '',
  },
  {
    rule: 'effect.no-gap',
    breaks: 'a failed call takes an id',
    file: 'http/vendor-router.ts',
    from: 'if (reachesMor) store.apply(outcome.changes);',
    to: 'if (reachesMor) store.apply(outcome.changes); if (outcome.changes.length === 0) store.patch({}, store.nextDidId + 1);',
  },
  {
    rule: 'effect.unchanged',
    breaks: 'a number with a wrong hash is made all the same',
    file: CALL,
    from: ': refusal(error, explain);',
    to: ": { ...refusal(error, explain), changes: error === 'hashIncorrect' && facts.provider && facts.did ? act(facts, request.params, world.nextDidId, explain).changes : [] };",
  },
  {
    rule: 'effect.found',
    breaks: 'what calls made is not looked at',
    file: 'world/store.ts',
    from: 'id === undefined ? this.#unlessDeleted(this.#base.didNumbered(did)) : this.#addedDid(id)',
    to: 'this.#unlessDeleted(this.#base.didNumbered(did))',
  },
  {
    rule: 'client.query-and-empty-body',
    breaks: 'the query is not read beside a content type',
    file: 'http/read-params.ts',
    from: "if (body.length === 0) return ofForm(query, 'query');",
    to: "if (body.length === 0) return ofForm(contentType === undefined ? query : '', 'query');",
  },
  {
    rule: 'client.form',
    breaks: 'forms are not read',
    file: 'http/read-params.ts',
    from: "'application/x-www-form-urlencoded'",
    to: "'application/x-www-form'",
  },
  {
    rule: 'client.laravel-json',
    breaks: 'JSON is not read',
    file: 'http/read-params.ts',
    from: "'application/json'",
    to: "'application/vnd.api+json'",
  },
  {
    rule: 'client.status-at-root',
    breaks: 'no error stands bare',
    file: 'http/write-xml.ts',
    from: "settings.error_envelope === 'bare' && ",
    to: 'false && ',
  },
  {
    rule: 'client.get',
    breaks: 'GET is never allowed',
    file: CALLER,
    from: 'getIsAllowed: settings.allow_get_api',
    to: 'getIsAllowed: false',
  },
];
