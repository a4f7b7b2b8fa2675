import { bareErrorXml, errorXml, successXml } from '../../../src/contract/expected-xml.ts';
import { buildXsd } from '../../../src/contract/generators/xsd.ts';
import { MOR_ERRORS } from '../../../src/mor/errors.ts';
import { callErrorXml, SHIPPED_GOOD, SUCCESS_XML } from '../../support/call-answers.ts';
import { faultsBySchema } from '../../support/valid-xml.ts';
import { field } from '../../../src/mor/reply.ts';
import { apiWithSibling, defineSibling } from './sibling.ts';

const page = (inside: string): string => `<page>${inside}</page>`;
const CREATED = '<status><success>DID created</success></status>';

const VALID: readonly (readonly [what: string, document: string])[] = [
  ['the success', successXml(3)],
  ['the success with the number', successXml(2_147_483_647, '0037060000001')],
  ['a text of older servers', errorXml("Don't be so smart")],
  ['the success of a call without details', SUCCESS_XML['did_close']!({})],
  ['a list', SHIPPED_GOOD['dids_get']!.answer],
  ['a list without a record', page('<dids></dids>')],
  ['an error right below the page', callErrorXml('dids_get', 'No DIDs found')],
  // A status may hold text alone, so a schema of version 1.0 cannot ask for an element in it.
  ['a success of older servers', page('<status>Device assigned to DID</status>')],
  ['an early error, bare', bareErrorXml('Incorrect hash')],
  ['other white space', page(`\n${CREATED}\t<did_details> <id> 3 </id></did_details>`)],
];

describe('valid', () => {
  let faults: readonly string[];
  beforeAll(async () => {
    faults = await faultsBySchema(VALID.map(([, document]) => document));
  });

  test.each(VALID)('%s', (_, document) => {
    expect(faults.filter((text) => text.endsWith(` in ${document}`))).toEqual([]);
  });

  test('nothing else is shown', () => {
    expect(faults).toEqual([]);
  });
});

test('every error of MOR is valid', async () => {
  const texts = Object.values(MOR_ERRORS).map(({ text }) => text);
  expect(await faultsBySchema(texts.map(errorXml))).toEqual([]);
});

const INVALID: readonly (readonly [what: string, document: string, fault: string])[] = [
  ['another root', '<answer/>', "'answer'"],
  ['no status', page(''), "'page': Missing child element"],
  ['an unknown element in the status', page('<status><warning>DID created</warning></status>'), "'warning'"],
  ['an unknown error', errorXml('Wrong hash'), 'Wrong hash'],
  ['an error in other letters', errorXml('incorrect hash'), 'incorrect hash'],
  ['blanks around an error', errorXml(' Incorrect hash'), ' Incorrect hash'],
  ['an error and a success', page('<status><error>Access Denied</error><success>DID created</success></status>'), "'success'"],
  ['a late error, bare', bareErrorXml('DID already exists'), 'DID already exists'],
  ['a success, bare', CREATED, "'success'"],
  ['details before the status', page(`<did_details><id>3</id></did_details>${CREATED}`), "'did_details'"],
  ['details without an id', page(`${CREATED}<did_details/>`), "'did_details': Missing child element"],
  ['an id of 0', successXml(0), "'0'"],
  ['an id above the highest', successXml(2_147_483_648), "'2147483648'"],
  ['a number with a sign', successXml(3, '+370'), "'+370'"],
  ['an unknown element', page(`${CREATED}<did_details><id>3</id></did_details><more/>`), "'more'"],
  ['an attribute', page('<status a="1"><error>Access Denied</error></status>'), "attribute 'a'"],
  ['an error of no call right below the page', callErrorXml('dids_get', 'No DID found'), 'No DID found'],
  ['a record without an id', SHIPPED_GOOD['dids_get']!.answer.replace('<id>1</id>', ''), 'Missing child element'],
  [
    'a record with an element in another place',
    SHIPPED_GOOD['dids_get']!.answer.replace(/(<owner>.*<\/owner>)\s*(<device>.*<\/device>)/, '$2$1'),
    "'owner'",
  ],
  ['a list and a status', page(`${CREATED}<dids></dids>`), "'dids'"],
  ['no XML', '<page>', 'Premature end of data'],
];

describe('not valid', () => {
  let faults: readonly string[];
  beforeAll(async () => {
    faults = await faultsBySchema(INVALID.map(([, document]) => document));
  });

  test.each(INVALID)('%s', (_, document, fault) => {
    expect(faults.filter((text) => text.endsWith(` in ${document}`)).join('\n')).toContain(fault);
  });
});

test('of many documents the faulty ones are reported', async () => {
  const documents = Array.from({ length: 900 }, (_, i) => (i % 400 === 399 ? errorXml(`wrong ${String(i)}`) : successXml(i + 1)));
  const faults = (await faultsBySchema(documents)).join('\n');
  expect(faults.match(/<error>wrong \d+/g)?.filter((text, i, all) => all.indexOf(text) === i)).toEqual([
    '<error>wrong 399',
    '<error>wrong 799',
  ]);
});

describe('with one more call', () => {
  const schema = buildXsd(apiWithSibling());
  const renamed = page('<status><success>DID renamed</success></status><rename_details><old>370</old></rename_details>');

  test('its answers are valid, beside the others', async () => {
    expect(await faultsBySchema([renamed, successXml(3)], schema)).toEqual([]);
    expect(await faultsBySchema([renamed])).not.toEqual([]);
  });

  test('details of one name have what any of their calls answers', async () => {
    const joint = buildXsd(apiWithSibling(defineSibling('did_details', { old: field('digits', 'the number it had') })));
    const details = (inside: string): string => page(`${CREATED}<did_details>${inside}</did_details>`);
    expect(await faultsBySchema([details('<id>3</id>'), details('<old>370</old>')], joint)).toEqual([]);
    expect(await faultsBySchema([details('<new>370</new>')], joint)).not.toEqual([]);
  });
});
