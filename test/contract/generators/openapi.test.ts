import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { loadApi } from '../../../src/contract/generators/described-api.ts';
import { openApiText } from '../../../src/contract/generators/openapi.ts';
import { bareErrorXml, errorXml, successXml } from '../../../src/contract/expected-xml.ts';
import { signParams } from '../../../src/contract/signed.ts';
import { loadCases } from '../../../src/contract/table.ts';
import { carried } from '../../../src/contract/transports.ts';
import { createMockMor } from '../../../src/index.ts';
import { findCall } from '../../../src/mor/calls/index.ts';
import {
  CALL_ERRORS,
  callErrorXml,
  prepareGood,
  PROVIDER,
  SHIPPED_GOOD,
  LEGACY_SUCCESS_XML,
  SUCCESS_XML,
} from '../../support/call-answers.ts';
import { CALL_NAMES } from '../../support/call-names.ts';
import { send } from '../../support/send.ts';
import { parseLeaves } from '../../support/well-formed.ts';
import { fits, resolved, type Media, type Parameter } from './resolved-openapi.ts';
import { apiWithSibling } from './sibling.ts';

const TEXT = openApiText(loadApi());
const { paths: PATHS } = resolved(TEXT);

function faultsIn(text: string): unknown {
  const { stdout, stderr } = spawnSync(process.execPath, [join(__dirname, 'openapi-faults.mjs')], { input: text, encoding: 'utf8' });
  return stderr === '' ? JSON.parse(stdout) : stderr;
}

test('it is valid by the official schema, and every reference leads somewhere', () => {
  expect(faultsIn(TEXT)).toEqual({ version: '3.1', faults: [] });
});

test.each([
  ['a parameter nowhere', 'in: query', 'in: nowhere'],
  ['a reference to nothing', '#/components/schemas/refusal', '#/components/schemas/nothing'],
])('the check knows %s', (_, right, wrong) => {
  expect(faultsIn(TEXT.replace(right, wrong))).toMatchObject({ faults: expect.arrayContaining([expect.anything()]) });
});

test('both paths, both methods of every call, and nothing else', () => {
  const paths = ['/billing/api/', '/api/'].flatMap((prefix) => CALL_NAMES.map((name) => `${prefix}${name}`));
  expect(Object.entries(PATHS).map(([path, item]) => [path, ...Object.keys(item)])).toEqual(paths.map((path) => [path, 'get', 'post']));
});

const postOf = (call: string) => PATHS[`/billing/api/${call}`]!.post;

/** The good call of the contract, with its hash. */
const goodParams = (call: string) => signParams(findCall(call)!, SHIPPED_GOOD[call]!.params);

describe.each(CALL_NAMES.flatMap((call) => [`/billing/api/${call}`, `/api/${call}`].map((path) => ({ path, call }))))(
  '$path, as described, succeeds over the shipped fixtures',
  ({ path, call }) => {
    const good = goodParams(call);

    test('by every type of body, and the query', async () => {
      const ways = (['query', 'form', 'multipart', 'json'] as const).map((by) => carried(good, by));
      expect(ways.flatMap(({ type }) => type?.replace(/;.*/, '') ?? [])).toEqual(Object.keys(postOf(call).requestBody?.content ?? {}));
      for (const way of ways) {
        const mor = await createMockMor();
        await prepareGood(call, mor);
        expect((await send(mor, { path, ...way })).body).toBe(SHIPPED_GOOD[call]?.answer);
      }
    });

    test('by GET, where it is on', async () => {
      const mor = await createMockMor();
      mor.patchSettings({ allow_get_api: true });
      await prepareGood(call, mor);
      expect((await send(mor, { method: 'GET', path, ...carried(good, 'query') })).body).toBe(SHIPPED_GOOD[call]?.answer);
    });
  },
);

test.each(CALL_NAMES)('%s: the examples of requests are the good call of the contract', (call) => {
  const good = signParams(findCall(call)!, loadCases(call).request);
  const examples = Object.values(postOf(call).requestBody?.content ?? {}).map((media) => (media as { example?: unknown }).example);
  expect(examples).toEqual([good, good, good]);
  const parameters = postOf(call).parameters as readonly (Parameter & { readonly example?: string })[];
  expect(Object.fromEntries(parameters.flatMap(({ name, example }) => (example === undefined ? [] : [[name, example]])))).toEqual(good);
});

/** The successes that are shown of each call. */
const SUCCESSES: Readonly<Record<string, readonly string[]>> = {
  did_create: [successXml(3), successXml(3, '37060000100')],
  did_close: [SUCCESS_XML['did_close']!({})],
  did_subscription_stop: [SUCCESS_XML['did_subscription_stop']!({})],
  did_make_free: [SUCCESS_XML['did_make_free']!({})],
  did_terminate: [SUCCESS_XML['did_terminate']!({})],
  did_delete: [SUCCESS_XML['did_delete']!({})],
  did_details_update: [SUCCESS_XML['did_details_update']!({})],
  did_device_assign: [SUCCESS_XML['did_device_assign']!({}), LEGACY_SUCCESS_XML['did_device_assign']!({})],
  did_trunk_device_assign: [SUCCESS_XML['did_trunk_device_assign']!({})],
  did_device_unassign: [SUCCESS_XML['did_device_unassign']!({})],
  user_login: [SUCCESS_XML['user_login']!({ user_id: 3 })],
  user_logout: [SUCCESS_XML['user_logout']!({})],
  users_get: [
    SUCCESS_XML['users_get']!({
      users: [
        {
          ...{ id: '3', username: '', first_name: '', last_name: '', balance: '', blocked: '3', lcr_id: '3', tariff_id: '3' },
          ...{ owner_id: '3', usertype: '', hidden: '3' },
        },
      ],
    }),
  ],
  user_register: [
    SUCCESS_XML['user_register']!({
      ...{ user_id: '3', email: 'ann@example.com', device_type: 'SIP', username: 'ann', password: 'password1', pin: '3' },
      ...{ server_ip: '', registration_notice: '' },
    }),
  ],
  user_details_get: [
    SUCCESS_XML['user_details_get']!({
      userid: '3',
      details: {
        main_detail: { balance: '', balance_number: '' },
        other_details: {
          ...{ username: '', first_name: '', surname: '', personalid: '', agreement_number: '', agreement_date: '' },
          ...{ taxation_country: '', vat_reg_number: '', vat_percent: '' },
        },
        registration: {
          ...{ reg_address: '', reg_postcode: '', reg_city: '', reg_country: '', reg_state: '', reg_direction: '' },
          ...{ reg_phone: '', reg_mobile: '', reg_fax: '', reg_email: '' },
        },
      },
    }),
  ],
  user_balance_get: [SUCCESS_XML['user_balance_get']!({ balance: '' })],
  device_create: [SUCCESS_XML['device_create']!({ id: 3, username: '', password: '' })],
  device_update: [SUCCESS_XML['device_update']!({})],
  device_delete: [SUCCESS_XML['device_delete']!({})],
  devices_get: [
    SUCCESS_XML['devices_get']!({
      devices: [
        {
          ...{ device_id: '3', device_type: '', devicegroup_id: '3', primary_device: '', username: '', secret: '' },
          ...{ ipaddr: '', port: '3', callerid: '' },
        },
      ],
    }),
  ],
  providers_get: [SUCCESS_XML['providers_get']!({ providers: [{ ...PROVIDER, id: '3', name: '', hidden: '', user_id: '' }] })],
  dids_get: [
    SUCCESS_XML['dids_get']!({
      dids: [
        {
          ...{ did: '', provider: '', language: '', status: '', reseller: '', device: '', dial_plan: '' },
          ...{ simultaneous_call_limit: '', tone_zone: '', id: '3' },
        },
      ],
    }),
  ],
};

/** The element with an id in a success: `id` in most calls. */
/** Of users_get none: there it is described as digits. */
const OTHER_ID_ELEMENTS: Readonly<Record<string, string>> = { devices_get: 'device_id', user_register: 'user_id', users_get: '' };

const ID_ELEMENT = Object.fromEntries(CALL_NAMES.map((call) => [call, OTHER_ID_ELEMENTS[call] ?? 'id']));

/** The errors that older servers spelt otherwise, as they spelt them. */
const LEGACY: Readonly<Record<string, readonly string[]>> = {
  did_create: ["Don't be so smart", 'Your are not authorized to use this Provider'],
  did_close: ["Don't be so smart"],
  did_subscription_stop: ["Don't be so smart"],
  did_make_free: ["Don't be so smart"],
  did_terminate: ["Don't be so smart"],
  did_delete: ["Don't be so smart"],
  did_details_update: ["Don't be so smart"],
  did_device_assign: ["Don't be so smart"],
  did_trunk_device_assign: ["Don't be so smart"],
  did_device_unassign: ["Don't be so smart"],
  dids_get: ["Don't be so smart"],
  user_login: [],
  user_logout: [],
  users_get: ["Don't be so smart"],
  user_register: [],
  user_details_get: ["Don't be so smart"],
  user_balance_get: ["Don't be so smart"],
  device_create: ["Don't be so smart"],
  device_update: ["Don't be so smart"],
  device_delete: ["Don't be so smart"],
  devices_get: [],
  providers_get: ["Don't be so smart"],
};

/** The errors that stand bare under error_envelope: bare. */
const PRE_CALL = ['API Requests are disabled', 'GET Requests are disabled', 'API must have Secret Key', 'Incorrect hash'];

const isBare = (xml: string): boolean => !/<(?:page|action)>/.test(xml);

const isLegacy = (xml: string): boolean => /Don't be so smart|Your are not authorized to use this Provider/.test(xml);

describe.each(CALL_NAMES)('the answers of %s', (call) => {
  const { schema, examples = {} } = postOf(call).responses['200']!.content['text/xml']!;
  const values = Object.values(examples).map(({ value }) => value);

  test('have an example of the success, of every error, and of every other form', () => {
    const errors = CALL_ERRORS[call] ?? [];
    expect(values.filter((xml) => !isBare(xml) && !isLegacy(xml))).toEqual([
      ...(SUCCESSES[call] ?? []),
      ...errors.map((error) => callErrorXml(call, error)),
    ]);
    expect(values.filter((xml) => isLegacy(xml))).toEqual(LEGACY[call]?.map((error) => callErrorXml(call, error)));
    expect(values.filter(isBare)).toEqual(errors.filter((error) => PRE_CALL.includes(error)).map(bareErrorXml));
  });

  /** The document as a tool has it that reads XML after the schema's `xml`. */
  function asObject(xml: string): unknown {
    const root: Record<string, unknown> = {};
    for (const [path, text] of parseLeaves(xml)) {
      const names = path.split('/').slice(1);
      const last = names.pop() ?? '';
      // Of a list there is one record, which is the only item of an array.
      const parent = names.reduce<Record<string, unknown>>((at, name) => {
        const inner = (at[name] ??= ['did', 'device', 'provider', 'user'].includes(name) ? [{}] : {}) as Record<string, unknown>;
        return Array.isArray(inner) ? (inner[0] as Record<string, unknown>) : inner;
      }, root);
      parent[last] = last === ID_ELEMENT[call] ? Number(text) : text;
    }
    return root;
  }

  test.each(values)('%s fits the schema as text and as an object', (xml) => {
    expect(fits(schema, xml)).toBe(true);
    expect(fits(schema, asObject(xml))).toBe(true);
  });

  test.each([
    errorXml('Wrong hash'),
    bareErrorXml('DID already exists'),
    '<page><status><success>DID renamed</success></status></page>',
    ...(call === 'did_create' ? ['<page><status><success>DID created</success></status></page>'] : []),
  ])('%s does not fit the schema as an object', (xml) => {
    expect(fits(schema, asObject(xml))).toBe(false);
  });

  test('come with the headers and types that are described, under every response_type', async () => {
    for (const response_type of ['xml', 'attachment_xml', 'attachment_html'] as const) {
      const mor = await createMockMor();
      mor.patchSettings({ response_type });
      const { type = '', disposition } = await send(mor, { path: `/api/${call}`, ...carried(goodParams(call), 'query') });
      const { headers, content } = postOf(call).responses['200'] as unknown as {
        readonly headers: Readonly<Record<string, Media>>;
        readonly content: object;
      };
      expect(Object.keys(content)).toContain(type.replace(/;.*/, ''));
      if (disposition !== undefined) expect(fits(headers['Content-Disposition']!.schema, disposition)).toBe(true);
    }
  });
});

describe('with one more call', () => {
  const text = openApiText(apiWithSibling());

  test('it is described beside the other', () => {
    const { get, post } = resolved(text).paths['/api/did_rename']!;
    expect(get.parameters).toMatchObject([
      { name: 'u', required: true, description: 'username of the caller, matched exactly; required' },
      { name: 'new_did', required: false, description: 'the new number; required unless nothing is to be done' },
      {
        name: 'hash',
        required: false,
        description:
          'lower-case hex SHA-1 of new_did and the API secret key, the texts as sent, nothing between them; required unless hash checking is disabled',
      },
    ]);
    expect(Object.keys(post.responses['200']!.content['text/xml']!.examples ?? {})).toEqual([
      'success',
      'apiDisabled',
      'apiDisabled_bare',
      'getDisabled',
      'getDisabled_bare',
      'secretKeyMissing',
      'secretKeyMissing_bare',
      'hashIncorrect',
      'hashIncorrect_bare',
      'accessDenied',
      'accessDenied_legacy',
    ]);
    expect(resolved(text).paths['/billing/api/did_create']).toEqual(PATHS['/billing/api/did_create']);
  });

  test('the whole is valid', () => {
    expect(faultsIn(text)).toEqual({ version: '3.1', faults: [] });
  });
});
