/**
 * The rules against what they state: every sentence of the contract that says something checkable, by hand and in the order of the
 * document, so that a sentence without a rule is noticed, and a rule that states nothing of it too.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadRules } from '../../src/contract/table.ts';

/** A sentence, and the rules that state it; a path is that of a test that proves what no request and answer can show. */
type Line = readonly [says: string, ...by: readonly string[]];

const REQUEST: readonly Line[] = [
  ['the path is /billing/api/did_create', 'request.paths'],
  ['/api/did_create answers too', 'request.paths'],
  ['POST always', 'request.methods'],
  ['GET only if Allow GET API is on', 'request.methods', 'client.get'],
  ['otherwise the error GET Requests are disabled', 'request.methods', 'check.get-disabled'],
  ['parameters in the query', 'request.transports'],
  ['the query also on POST with an empty body', 'request.transports', 'client.query-and-empty-body'],
  ['parameters in an urlencoded body', 'request.transports', 'client.form'],
  ['parameters in the text fields of a multipart body', 'request.transports', 'client.form'],
  ['parameters in a JSON object', 'request.transports', 'client.laravel-json'],
  ['a name in both query and body: the query wins', 'request.query-wins'],
  ['a scalar name repeated in one place: the last wins', 'request.last-wins'],
  ['JSON numbers count as their text', 'request.json-numbers', 'client.laravel-json'],
  ['JSON booleans count as their text', 'request.json-numbers'],
  ['JSON null is an absent parameter', 'request.json-null'],
  ['a JSON body that is no object carries no parameters', 'request.json-no-object'],
  ['a list or a map is present and invalid', 'request.no-text'],
  ['a list or a map never crashes, and is never read as another value', 'request.no-text', 'request.scalar-and-list'],
  ['unknown parameters are ignored', 'request.unknown-params'],
  ['unknown parameters take no part in the hash', 'request.unknown-params'],
  ['the order of parameters in the request does not matter', 'request.order'],
  ['the order inside the hash does', 'request.order'],
  ['test=1 also shows <did> beside <id>, on success', 'request.test-flag'],
];

const ODD_REQUESTS: readonly Line[] = [
  ['in the query a raw ; separates parameters as & does', 'odd.semicolon'],
  ['in a body it does not', 'odd.semicolon'],
  ['?u=admin&amp;did=1 is u and did', 'odd.semicolon'],
  ['blanks behind a separator are skipped in a form', 'odd.blanks'],
  ['blanks behind a separator are skipped in the query', 'test/http/read-params.test.ts'],
  ['+ and %20 behind a separator are not skipped', 'odd.blanks'],
  ['a charset in the Content-Type of a form is not looked at', 'odd.charset'],
  ['a charset in the Content-Type of a multipart body is not looked at', 'odd.charset'],
  ['a charset in the Content-Type of a JSON body is not looked at', 'odd.charset'],
  ['the bytes are read as UTF-8', 'odd.charset'],
  ['bytes that are not UTF-8 get a plain 4xx', 'odd.not-utf-8'],
  ['that 4xx names the parameter and the charset', 'odd.not-utf-8', 'test/http/read-params.test.ts'],
  ['next to a query with parameters a body of another type is ignored', 'odd.other-type'],
  ['without a query a body of another type gets a plain 4xx', 'odd.other-type-alone'],
  ['that 4xx names the types that are read', 'odd.other-type-alone', 'test/http/bad-requests.test.ts'],
];

const PARAMETERS: readonly Line[] = [
  ['u is required', 'param.u', 'check.access-denied'],
  ['u is not in the hash', 'hash.recipe'],
  ['u is the username of the caller', 'param.u'],
  ['u is matched exactly, case too', 'param.u-exact'],
  ['provider_id is required', 'param.provider-id'],
  ['a reseller may leave provider_id out', 'param.provider-id-left-out'],
  ['provider_id is first in the hash', 'hash.recipe', 'request.order'],
  ['provider_id is the provider the DID is created for', 'param.provider-id'],
  ['provider_id is decimal digits, white space around and leading zeros tolerated', 'param.provider-id-text'],
  ['any other text names no provider', 'param.provider-id-text'],
  ['a reseller who leaves provider_id out: the default DID provider of resellers', 'param.provider-id-left-out'],
  ['a reseller who sends provider_id empty: the same', 'param.provider-id-empty'],
  ['the hash takes provider_id as sent, an empty text in its place', 'param.provider-id-empty', 'param.provider-id-left-out'],
  ['did is required', 'check.did-invalid'],
  ['did is second in the hash', 'hash.recipe', 'request.order'],
  ['did is the number to create', 'effect.record'],
  ['hash is required', 'hash.recipe', 'check.hash-incorrect'],
  ['hash is not required where hash checking is disabled', 'hash.unchecked'],
  ['hash is the lower-case hex SHA-1 of provider_id, did and key', 'hash.recipe', 'hash.exact'],
  ['the texts as sent, nothing between them', 'hash.recipe', 'hash.as-sent'],
  ['custom_sip_header is not required, and not in the hash', 'param.texts', 'hash.recipe'],
  ['custom_sip_header adds a header to the DID', 'param.texts', 'effect.record'],
  ['comment is not required, and not in the hash', 'param.texts', 'hash.recipe'],
  ['comment is the main comment; an empty value clears it', 'param.texts'],
  ['reseller_comment is not required, and not in the hash', 'param.texts', 'hash.recipe'],
  ["reseller_comment is the reseller's own; an empty value clears it", 'param.texts'],
  ['to clear is to store no comment', 'param.texts'],
  ['absent and empty end alike', 'param.texts'],
  ['the journal tells absent and empty apart', 'test/journal/requests.test.ts'],
];

const HASH: readonly Line[] = [
  ["the rule of the page's text", 'hash.recipe'],
  ["what the page's example shows", 'hash.without-did'],
  ['the rule is the default', 'hash.without-did', 'hash.recipe'],
  ['accept_hash_without_did, on a user or for all, also accepts the old recipe', 'hash.without-did'],
  ['in the shipped fixtures username has it on, and the example answers id 3', 'test/contract/shipped.test.ts'],
  ['every other shipped user is strict', 'test/contract/shipped.test.ts'],
  ['hashes are compared exactly as lower-case hex text of 40 characters', 'hash.exact'],
  ['an upper-case hash is incorrect', 'hash.exact'],
  ['the texts are hashed as UTF-8', 'hash.utf-8'],
  ['the texts are hashed exactly as sent, before any trimming', 'hash.as-sent'],
  ["the administrator's key for admin, accountant and plain users", 'hash.administrators-key'],
  ['for a reseller his own key, while his own Allow API is on', 'hash.resellers-key'],
  ["for a reseller the administrator's key, while the global one is on", 'hash.resellers-key'],
  ['either fits', 'hash.resellers-key'],
  ['an empty key is no key', 'hash.empty-key'],
  ['hash checking is disabled by the global setting', 'hash.unchecked'],
  ['for a reseller also by his own', 'hash.unchecked'],
];

const PRECEDENCE: readonly Line[] = [
  ['one request gets exactly one error', 'order', 'answer.error'],
  ['that of the first check that fails, in this order', 'order'],
  ['each check reads only what it names', 'order'],
  ['no later check runs once one has failed', 'order'],
  ['nothing changes unless all pass', 'effect.unchanged'],
  ['1: the API is switched off for a known caller', 'check.api-disabled'],
  ['1: a reseller is served if either switch is on', 'check.api-disabled'],
  ["1: with resellers_need_global_api a reseller's own switch does not help", 'check.api-disabled.global'],
  ['2: a known caller, GET, Allow GET API off', 'check.get-disabled'],
  ['3: a known caller, hash checking on, no secret key', 'check.secret-key-missing'],
  ['4: a known caller, hash checking on, the hash does not match', 'check.hash-incorrect'],
  ['5: the caller is unknown, or u is missing', 'check.access-denied'],
  ['5: a plain user; only admin, accountant and reseller may use the call', 'check.access-denied'],
  ['6: no provider has this id', 'check.provider-not-found'],
  ['6: the provider is hidden', 'check.provider-not-found'],
  ['6: a reseller left it out and no default is set', 'check.provider-not-found'],
  ["7: admin and accountant may use the administrator's providers", 'check.provider-not-yours'],
  ['7: a reseller his own, only with Reseller PRO', 'check.provider-not-yours'],
  ['7: a reseller the default DID provider of resellers', 'check.provider-not-yours'],
  ['8: an accountant whose permission group does not edit manage-DIDs', 'check.dids-not-manageable'],
  ['8: a reseller while resellers may not add their own DIDs', 'check.dids-not-manageable'],
  ['8: or a reseller whose manage_dids is not edit', 'check.dids-not-manageable.reseller-permission'],
  ['9: a DID with this number exists, whoever owns it', 'check.did-exists'],
  ['9: whatever its status', 'check.did-exists'],
  ['10: the number is missing or blank', 'check.did-invalid'],
  ['10: the number has anything but the digits 0-9', 'check.did-invalid'],
  ['10: surrounding white space is trimmed first', 'check.did-invalid', 'check.did-blanks'],
  ['10: and for the look-up of 9 too', 'check.did-blanks', 'check.did-exists'],
  ['11: the number is longer than its column', 'check.creation-failed'],
  ['11: 255 characters by default, a setting', 'check.creation-failed'],
  ['11: or a test asked for this failure', 'test/faults/effects.test.ts'],
  ['an unknown caller is Access Denied whatever his hash', 'check.access-denied'],
  ['a known plain user with a wrong hash is Incorrect hash', 'check.hash-incorrect', 'order'],
  ['DID already exists comes before Invalid DID specified', 'order', 'check.did-exists'],
  ["checks 1-3 stand before the page's own", 'order'],
];

const ANSWER: readonly Line[] = [
  ['HTTP 200 for success', 'answer.status'],
  ['HTTP 200 for every error above', 'answer.status'],
  ['the success: page, status, success, did_details, id', 'answer.success'],
  ['an error: the same frame with its text, and nothing else', 'answer.error'],
  ['two-space indentation, a line feed at the end', 'answer.success', 'answer.error'],
  ['UTF-8', 'answer.bytes', 'answer.content-type'],
  ['element names, nesting, order and texts are of the contract, white space is not', 'test/verify/compare.test.ts'],
  ['Content-Type: text/xml; charset=utf-8', 'answer.content-type'],
  ['response_type: xml, attachment_xml, attachment_html', 'answer.response-type'],
  ['error_envelope: page or bare, default page', 'answer.error-envelope', 'client.status-at-root'],
  ['dialect: current or legacy', 'answer.dialect'],
  ['the texts of the page are the default', 'answer.dialect'],
  ['an unknown call answers There is no such API, with HTTP 200, in the same frame', 'answer.no-such-api', 'answer.status'],
];

const EFFECT: readonly Line[] = [
  ['the id is the next of one sequence', 'effect.id'],
  ["it starts after the fixtures' highest", 'effect.id'],
  ['a failed call takes none', 'effect.no-gap'],
  ['ids are never reused until a reset', 'effect.no-gap', 'test/contract/effect.test.ts'],
  ['did is the trimmed text: leading zeros stay', 'effect.record'],
  ['provider_id', 'effect.record'],
  ['status free', 'effect.owner'],
  ['the owner: 0 for admin and accountant, the id of a reseller', 'effect.owner'],
  ["a reseller's free DID shows as reserved", 'effect.owner'],
  ['custom_sip_header, comment, reseller_comment', 'effect.record', 'param.texts'],
  ['it can be found at once in every list of DIDs', 'effect.found', 'test/contract/effect.test.ts'],
];

const CLIENTS: readonly Line[] = [
  ['a doubled slash in front and a slash at the end', 'request.loose-paths'],
  ['a loose &', 'request.encoding', 'client.form'],
  ['+ and %20 as blank, %2B as plus', 'request.encoding'],
  ['any or no Accept and User-Agent', 'request.headers'],
  ['Expect: 100-continue', 'request.headers'],
  ['several calls on one connection', 'test/contract/clients.test.ts'],
  ['JSON numbers digit for digit, above 2^53 too', 'request.json-numbers', 'client.laravel-json'],
  ['extra parameters are ignored, outside the hash', 'request.unknown-params'],
  ['JSON of the Laravel package', 'client.laravel-json'],
  ['multipart of the PHP class, and its wrong hash', 'client.form'],
  ['GET and urlencoded POST of the Deno functions', 'client.get', 'client.form'],
  ['several orders of the hash, one after the other', 'client.several-hashes'],
  ['the query alone of Express, node-fetch, Qt and Android', 'client.query-and-empty-body'],
  ['an error whose root is <status>, and a client that takes it for a success', 'client.status-at-root'],
  ['< as the first byte', 'answer.bytes'],
  ['no element, attribute or comment beyond the contract', 'answer.success', 'answer.error'],
  ['the exact texts without padding', 'answer.bytes'],
  ['no compression for a client that did not ask', 'answer.bytes'],
  ['never a redirect', 'answer.bytes'],
];

/** What the contract leaves open, and is settled here. */
const LEFT_OPEN: readonly Line[] = [
  ['methods that are neither GET nor POST', 'request.other-methods'],
  ['a body without a content type', 'request.untyped-body'],
  ['a name without =', 'request.bare-name'],
  ['an uploaded file', 'request.file'],
  ['a name sent both as a scalar and as a list', 'request.scalar-and-list'],
  ['which blanks are trimmed', 'check.did-blanks'],
  ['the end of the ids', 'check.ids-end'],
  ['what no MOR error can be meant for', 'answer.not-mor'],
];

const SECTIONS = { REQUEST, ODD_REQUESTS, PARAMETERS, HASH, PRECEDENCE, ANSWER, EFFECT, CLIENTS, LEFT_OPEN };

const RULES = loadRules('did_create').sections.flatMap(({ rules }) => rules.map(({ id }) => id));
const LINES = Object.values(SECTIONS).flat();

describe.each(Object.entries(SECTIONS))('%s', (_, lines) => {
  test.each(lines.map(([says, ...by]) => ({ says, by })))('$says -> stated by a rule, or proven by a test', ({ by }) => {
    const isThere = (name: string): boolean =>
      name.startsWith('test/') ? existsSync(join(__dirname, '../..', name)) : RULES.includes(name);
    expect(by.length).toBeGreaterThan(0);
    expect(by.filter((name) => !isThere(name))).toEqual([]);
  });
});

test('every rule states something of the list', () => {
  expect(RULES.filter((rule) => !LINES.some(([, ...by]) => by.includes(rule)))).toEqual([]);
});

test('no line stands there twice', () => {
  const says = LINES.map(([first]) => first);
  expect(says.filter((line, i) => says.indexOf(line) !== i)).toEqual([]);
});
