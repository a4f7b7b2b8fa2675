import { compared } from '../../src/contract/compare.ts';
import type { Answer } from '../../src/contract/exchange.ts';
import { bareErrorXml, errorXml, successXml } from '../../src/contract/expected-xml.ts';
import type { Expected } from '../../src/contract/table.ts';
import { errorAnswer, successAnswer, xmlAnswer } from '../support/expected-answer.ts';

const PLAIN: Answer = { ...xmlAnswer('mock-mor: no\n'), status: 415, type: 'text/plain' };

const SAME: readonly (readonly [title: string, expected: Expected, answer: Answer])[] = [
  ['the success of this id', { success: 3 }, successAnswer(3)],
  ['a success of any id', { success: true }, successAnswer(71)],
  ['a success with its did', { success: 3, shows_did: '0370' }, successAnswer(3, '0370')],
  ['an error', { error: 'Incorrect hash' }, errorAnswer('Incorrect hash')],
  ['a bare error', { error: 'Incorrect hash', bare: true }, xmlAnswer(bareErrorXml('Incorrect hash'))],
  [
    'an attachment',
    { error: 'Incorrect hash', type: 'text/html', disposition: 'attachment' },
    { ...errorAnswer('Incorrect hash'), type: 'text/html', disposition: 'attachment' },
  ],
  ['a refusal of any 4xx', { plain: true }, PLAIN],
];

test.each(SAME)('%s -> no difference', (_, expected, answer) => {
  expect(compared(expected, answer)).toEqual([]);
});

const OTHER: readonly (readonly [title: string, expected: Expected, answer: Answer, differences: readonly string[]])[] = [
  ['another id', { success: 3 }, successAnswer(4), ['outcome: id 3 | id 4']],
  ['an id that could be none', { success: true }, xmlAnswer(successXml(0)), ['outcome: id a number | id 0']],
  ['no did where one is asked for', { success: 3, shows_did: '5' }, successAnswer(3), ['outcome: id 3, did 5 | id 3']],
  ['a did nobody asked for', { success: 3 }, successAnswer(3, '5'), ['outcome: id 3 | id 3, did 5']],
  [
    'a success for an error',
    { error: 'Access Denied' },
    successAnswer(3),
    ['outcome: error: Access Denied | success: DID created', 'outcome: no did_details | id 3'],
  ],
  ['another error', { error: 'Access Denied' }, errorAnswer('Incorrect hash'), ['outcome: error: Access Denied | error: Incorrect hash']],
  ['another status', { error: 'Access Denied' }, { ...errorAnswer('Access Denied'), status: 422 }, ['status: 200 | 422']],
  ["an older server's text", { error: 'Access Denied' }, errorAnswer("Don't be so smart"), ["dialect: Access Denied | Don't be so smart"]],
  [
    'an error that stands bare',
    { error: 'Incorrect hash' },
    xmlAnswer(bareErrorXml('Incorrect hash')),
    ['envelope: <page> as the root | <status> as the root'],
  ],
  [
    'an element beside the contract',
    { error: 'Access Denied' },
    xmlAnswer(errorXml('Access Denied').replace('</status>', '</status><time>1</time>')),
    ['outcome: nothing beside what the contract names | page/time'],
  ],
  [
    'other white space',
    { error: 'Access Denied' },
    xmlAnswer(errorXml('Access Denied').replaceAll('\n', '')),
    [expect.stringMatching(/^white space: /)],
  ],
  [
    'other line ends',
    { error: 'Access Denied' },
    xmlAnswer(errorXml('Access Denied').replaceAll('\n', '\r\n')),
    [expect.stringMatching(/^white space: /)],
  ],
  [
    'other quotes of the declaration',
    { error: 'Access Denied' },
    xmlAnswer(errorXml('Access Denied').replaceAll('"', "'")),
    [expect.stringMatching(/^white space: /)],
  ],
  [
    'no declaration',
    { error: 'Access Denied' },
    xmlAnswer(errorXml('Access Denied').replace(/^.*\n/, '')),
    [expect.stringMatching(/^white space: /)],
  ],
  [
    'another order of the elements',
    { success: 3 },
    xmlAnswer('<page><did_details><id>3</id></did_details><status><success>DID created</success></status></page>'),
    [
      'outcome: page, page/status, page/status/success, page/did_details, page/did_details/id | ' +
        'page, page/did_details, page/did_details/id, page/status, page/status/success',
    ],
  ],
  [
    'another order of the fields',
    { success: 3, shows_did: '5' },
    xmlAnswer('<page><status><success>DID created</success></status><did_details><did>5</did><id>3</id></did_details></page>'),
    ['outcome: id 3, did 5 | did 5, id 3'],
  ],
  [
    'details of an error that hold nothing',
    { error: 'Access Denied' },
    xmlAnswer(errorXml('Access Denied').replace('</page>', '<did_details/></page>')),
    ['outcome: page, page/status, page/status/error | page, page/status, page/status/error, page/did_details'],
  ],
  [
    'a text with white space around it',
    { error: 'Incorrect hash' },
    errorAnswer('  Incorrect hash  '),
    ['outcome: texts without white space around them | page/status/error'],
  ],
  [
    'an id with white space around it',
    { success: true },
    xmlAnswer(successXml(3).replace('>3<', '>3\n<')),
    ['outcome: texts without white space around them | page/did_details/id'],
  ],
  [
    'a comment',
    { error: 'Access Denied' },
    xmlAnswer(errorXml('Access Denied').replace('<status>', '<!-- b --><status>')),
    ['outcome: nothing beside what the contract names | page/#comment'],
  ],
  [
    'an instruction',
    { error: 'Access Denied' },
    xmlAnswer(`${errorXml('Access Denied')}<?a b?>`),
    ['outcome: nothing beside what the contract names | ?a'],
  ],
  [
    'a byte order mark',
    { error: 'Access Denied' },
    xmlAnswer(`\uFEFF${errorXml('Access Denied')}`),
    [String.raw`outcome: < as the first byte | "\ufeff" (U+FEFF byte order mark at character 1)`],
  ],
  [
    'a line feed in front',
    { error: 'Access Denied' },
    xmlAnswer(`\n${errorXml('Access Denied').replace(/^.*\n/, '')}`),
    [String.raw`outcome: < as the first byte | "\n" (U+000A line feed at character 1)`],
  ],
  [
    'a bare error with a comment',
    { error: 'Incorrect hash' },
    xmlAnswer(`<!-- c -->${bareErrorXml('Incorrect hash').replace(/^.*\n/, '')}`),
    ['outcome: nothing beside what the contract names | #comment', 'envelope: <page> as the root | <status> as the root'],
  ],
  [
    'no XML',
    { error: 'Access Denied' },
    xmlAnswer('<html><p>Not found'),
    ['outcome: error: Access Denied | no answer of MOR: "<html><p>Not found"'],
  ],
  ['nothing', { error: 'Access Denied' }, xmlAnswer(''), ['outcome: error: Access Denied | an empty body']],
  [
    'other headers',
    { error: 'Access Denied' },
    { ...errorAnswer('Access Denied'), type: 'text/html', disposition: 'inline', encoding: 'gzip', location: '/' },
    [
      'headers: Content-Type: text/xml; charset=utf-8 | Content-Type: text/html',
      'headers: Content-Disposition: none | Content-Disposition: inline',
      'headers: Content-Encoding: none | Content-Encoding: gzip',
      'headers: Location: none | Location: /',
    ],
  ],
  [
    'an answer of MOR for a refusal',
    { plain: true },
    errorAnswer('Access Denied'),
    ['status: 400 to 499 | 200', 'outcome: no answer of MOR | Access Denied'],
  ],
  ['a failure for a refusal', { plain: true }, { ...PLAIN, status: 500 }, ['status: 400 to 499 | 500']],
];

test.each(OTHER)('%s -> told', (_, expected, answer, differences) => {
  expect(compared(expected, answer).map(({ aspect, expected: wanted, got }) => `${aspect}: ${wanted} | ${got}`)).toEqual(differences);
});
