/** The rules of the contract as a Postman collection v2.1: a folder a rule, a request a case. Newman and Bruno read it too. */
import { SANDBOX_PREFIX } from '../../control/control.ts';
import { DID_CREATE_PATH } from '../exchange.ts';
import { GOOD_KEY } from '../case-request.ts';
import { xmlText } from '../../http/write-xml.ts';
import type { Call } from '../../mor/call.ts';
import type { ParamTexts } from '../signed.ts';
import type { Case, Expected, Rule } from '../table.ts';
import { MADE_BY, type DescribedApi } from './described-api.ts';
import { checkScript, collectionScript, settingsScript, type ExpectedResponse, type Script } from './postman-scripts.ts';

type Json = Readonly<Record<string, unknown>>;

const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

const ABOUT = [
  'The order of the errors of did_create, its success, and the ways its parameters travel, each request with the answer it must get.',
  `Each run starts with the world of the contract, and each request puts it back first, over the mock's admin API. To leave the world of others alone, give as baseUrl that of a sandbox: http://127.0.0.1:8080${SANDBOX_PREFIX}NAME`,
  MADE_BY,
].join('\n\n');

/** The rules that are shown; of each the first few cases. The whole table is for programs. */
const SHOWN_RULES =
  /^(?:check\..*|request\.(?:paths|methods|transports|unknown-params|test-flag)|param\.provider-id-left-out|hash\.(?:recipe|without-did)|answer\.(?:response-type|error-envelope|dialect))$/;

const MOST_CASES = 4;

/** The fields of a case that a request of its own can show; what is sent to the letter or with another key, it cannot. */
const SHOWABLE = { ofCase: ['title', 'given', 'send', 'expect'], given: ['settings'], send: ['method', 'path', 'by', 'params'] };

/** Texts that stand in a URL as they are, and that Postman does not take for a variable. */
const PLAIN_TEXT = /^[\w.-]*$/;

/** The call that every case starts from. */
interface GoodCall extends Pick<Call, 'success'> {
  /** The parameters, each a variable of the collection. */
  readonly params: ParamTexts;
}

/** The collection as JSON. */
export function postmanText(api: DescribedApi): string {
  const { version, rules, table, calls } = api;
  const success = calls.find(({ name }) => name === rules.call)?.success ?? '';
  const good: GoodCall = { params: table.request, success };
  const folders = rules.sections
    .flatMap((section) => section.rules)
    .filter(({ id }) => SHOWN_RULES.test(id))
    .map((rule) => ({ rule, cases: (table.cases[rule.id] ?? []).filter(isShowable).slice(0, MOST_CASES) }))
    .filter(({ cases }) => cases.length > 0);
  const collection = {
    info: { name: `mock-mor ${version}: ${rules.call}`, description: ABOUT, schema: SCHEMA },
    variable: Object.entries({ baseUrl: 'http://127.0.0.1:8080', ...table.request, key: GOOD_KEY }).map(([key, value]) => ({ key, value })),
    event: [event('prerequest', collectionScript())],
    item: [worldRequest(table.world), ...folders.map(({ rule, cases }) => folder(rule, cases, good))],
  };
  return `${JSON.stringify(collection, null, 2)}\n`;
}

function isShowable(one: Case): boolean {
  const { given = {}, send = {} } = one;
  const has = (record: object, allowed: readonly string[]): boolean => Object.keys(record).every((key) => allowed.includes(key));
  const texts = Object.values(send.params ?? {}).filter((text) => text !== null);
  return (
    has(one, SHOWABLE.ofCase) && has(given, SHOWABLE.given) && has(send, SHOWABLE.send) && texts.every((text) => PLAIN_TEXT.test(text))
  );
}

function worldRequest(world: Json): Json {
  return {
    name: 'The world of the contract',
    event: [event('test', checkScript('the world is there', { status: 200 }))],
    request: { method: 'PUT', header: [], url: urlOf('/__admin/fixtures'), body: jsonBody(world) },
  };
}

function folder(rule: Rule, cases: readonly Case[], good: GoodCall): Json {
  return {
    name: rule.id,
    description: `${rule.says}\n\nEvidence: ${rule.evidence.join(', ')}`,
    item: cases.map((one) => caseRequest(one, good)),
  };
}

function caseRequest({ title, given, send = {}, expect }: Case, good: GoodCall): Json {
  const { method = 'POST', path = DID_CREATE_PATH, by = 'query', params = {} } = send;
  const texts = Object.entries({
    ...Object.fromEntries([...Object.keys(good.params), 'hash'].map((name) => [name, `{{${name}}}`])),
    ...params,
  });
  const pairs = texts.flatMap(([key, value]) => (value === null ? [] : [{ key, value }]));
  const settings = given?.settings;
  const before = settings === undefined ? [] : [event('prerequest', settingsScript(settings))];
  return {
    name: title,
    event: [...before, event('test', checkScript(title, expectation(expect, good)))],
    request: { method, header: [], url: urlOf(path, by === 'query' ? pairs : []), ...carried(by, pairs) },
  };
}

function expectation({ success, error, shows_did, bare, type, disposition }: Expected, good: GoodCall): ExpectedResponse {
  const outcome = error === undefined ? `<success>${xmlText(good.success)}</success>` : `<error>${xmlText(error)}</error>`;
  return {
    status: 200,
    type: type ?? 'text/xml; charset=utf-8',
    disposition,
    ...(bare === true ? { lacks: '<page>' } : {}),
    holds: [
      ...(bare === true ? [] : ['<page>']),
      outcome,
      ...(typeof success === 'number' ? [`<id>${String(success)}</id>`] : []),
      ...(shows_did === undefined ? [] : [`<did>${shows_did === good.params['did'] ? '{{did}}' : shows_did}</did>`]),
    ],
  };
}

type Pairs = readonly { readonly key: string; readonly value: string }[];

function carried(by: 'query' | 'form' | 'multipart' | 'json', pairs: Pairs): Json {
  switch (by) {
    case 'query':
      return {};
    case 'form':
      return { body: { mode: 'urlencoded', urlencoded: pairs } };
    case 'multipart':
      return { body: { mode: 'formdata', formdata: pairs.map((pair) => ({ ...pair, type: 'text' })) } };
    case 'json':
      return { body: jsonBody(Object.fromEntries(pairs.map(({ key, value }) => [key, value]))) };
  }
}

function jsonBody(value: Json): Json {
  return { mode: 'raw', raw: JSON.stringify(value, null, 2), options: { raw: { language: 'json' } } };
}

function urlOf(path: string, query: Pairs = []): Json {
  const search = query.map(({ key, value }) => `${key}=${value}`).join('&');
  return {
    raw: `{{baseUrl}}${path}${search === '' ? '' : `?${search}`}`,
    host: ['{{baseUrl}}'],
    path: path.slice(1).split('/'),
    ...(query.length === 0 ? {} : { query }),
  };
}

function event(listen: 'prerequest' | 'test', exec: Script): Json {
  return { listen, script: { type: 'text/javascript', exec } };
}
