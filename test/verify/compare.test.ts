import { compareAnswer } from '../../src/contract/compare.ts';
import { didCreate } from '../../src/mor/calls/did-create.ts';
import type { Answer } from '../../src/contract/exchange.ts';
import { bareErrorXml, errorXml, successXml } from '../../src/contract/expected-xml.ts';
import type { Expected } from '../../src/contract/table.ts';
import { errorAnswer, successAnswer, xmlAnswer } from '../support/expected-answer.ts';

const PLAIN: Answer = { ...xmlAnswer('mock-mor: no\n'), status: 415, type: 'text/plain' };

const SAME: readonly (readonly [title: string, expected: Expected, answer: Answer])[] = [
  ['the success of this id', { success: { id: 3 } }, successAnswer(3)],
  ['a success of any id', { success: true }, successAnswer(71)],
  ['a success with its did', { success: { id: 3, did: '0370' } }, successAnswer(3, '0370')],
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
  expect(compareAnswer(didCreate, expected, answer)).toEqual([]);
});

const OTHER: readonly (readonly [title: string, expected: Expected, answer: Answer, differences: readonly string[]])[] = [
  ['another id', { success: { id: 3 } }, successAnswer(4), ['outcome: page/did_details/id "3" | page/did_details/id "4"']],
  [
    'an id that could be none',
    { success: true },
    xmlAnswer(successXml(0)),
    ['outcome: page/did_details/id "an id" | page/did_details/id "0"'],
  ],
  [
    'no did where one is asked for',
    { success: { id: 3, did: '5' } },
    successAnswer(3),
    ['outcome: page/did_details: id 3, did 5 | page/did_details: id 3'],
  ],
  [
    'a did nobody asked for',
    { success: { id: 3 } },
    successAnswer(3, '5'),
    ['outcome: page/did_details: id 3 | page/did_details: id 3, did 5'],
  ],
  ['a success for an error', { error: 'Access Denied' }, successAnswer(3), ['outcome: error: Access Denied | success: DID created']],
  ['another error', { error: 'Access Denied' }, errorAnswer('Incorrect hash'), ['outcome: error: Access Denied | error: Incorrect hash']],
  ['another status', { error: 'Access Denied' }, { ...errorAnswer('Access Denied'), status: 422 }, ['status: 200 | 422']],
  ["an older server's text", { error: 'Access Denied' }, errorAnswer("Don't be so smart"), ["dialect: Access Denied | Don't be so smart"]],
  [
    'an error that stands bare',
    { error: 'Incorrect hash' },
    xmlAnswer(bareErrorXml('Incorrect hash')),
    ['envelope: <error> in page/status | <error> in status'],
  ],
  [
    'an element beside the contract',
    { error: 'Access Denied' },
    xmlAnswer(errorXml('Access Denied').replace('</status>', '</status><time>1</time>')),
    ['outcome: page: status | page: status, time 1'],
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
    { success: { id: 3 } },
    xmlAnswer('<page><did_details><id>3</id></did_details><status><success>DID created</success></status></page>'),
    ['outcome: page: status, did_details | page: did_details, status'],
  ],
  [
    'another order of the fields',
    { success: { id: 3, did: '5' } },
    xmlAnswer('<page><status><success>DID created</success></status><did_details><did>5</did><id>3</id></did_details></page>'),
    ['outcome: page/did_details: id 3, did 5 | page/did_details: did 5, id 3'],
  ],
  [
    'details of an error that hold nothing',
    { error: 'Access Denied' },
    xmlAnswer(errorXml('Access Denied').replace('</page>', '<did_details/></page>')),
    ['outcome: page: status | page: status, did_details'],
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
    ['outcome: only what the contract names | page/#comment'],
  ],
  [
    'an instruction',
    { error: 'Access Denied' },
    xmlAnswer(`${errorXml('Access Denied')}<?a b?>`),
    ['outcome: only what the contract names | ?a'],
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
    ['envelope: <error> in page/status | <error> in status', 'outcome: only what the contract names | #comment'],
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

test.each(OTHER)('%s -> reported', (_, expected, answer, differences) => {
  expect(compareAnswer(didCreate, expected, answer).map(({ aspect, expected: wanted, got }) => `${aspect}: ${wanted} | ${got}`)).toEqual(
    differences,
  );
});
