/** Compares what the real server said with what the mock says: the outcome decides, the rest is noted. */
import { findText, parseAnswer, type AnswerElement, type ParsedAnswer } from '../contract/parse-answer.ts';
import { DIALECTS, ERROR_ENVELOPES, RESPONSE_TYPES, type ResponseType, type Settings } from '../mor/model.ts';
import { findCall } from '../mor/calls/index.ts';
import type { AnswerField, AnswerShape } from '../mor/reply.ts';
import { formatOutcome } from '../explain/trace.ts';
import { ANSWER_HEADERS } from '../wire/render-xml.ts';
import { findReplyText, mockInWords, replyTo, written, type MockAnswer, type MockReply } from './mock-answer.ts';
import type { RealAnswer } from './real-answer.ts';

/** Something that differs while the outcome is the same, or beside it. */
export interface Note {
  readonly aspect: 'status' | 'headers' | 'white space' | 'envelope' | 'dialect' | 'id' | 'elements';
  readonly real: string;
  readonly mock: string;
  /** The setting by which the mock would do as the real server does; undefined where there is none. */
  readonly setting?: string | undefined;
}

export interface Comparison {
  /** Whether both came to the same outcome. */
  readonly isSame: boolean;
  /** What each said, in one line. Texts of the real server are given as they came. */
  readonly real: string;
  readonly mock: string;
  readonly notes: readonly Note[];
}

export function compared(real: RealAnswer, mock: MockAnswer): Comparison {
  const [realWords, mockWords] = [realInWords(real), mockInWords(mock)];
  if (real.xml === undefined || mock.kind === 'refusal') {
    // What MOR never saw, the one as the other: a proxy, Rails or the mock refused it.
    const bothRefuse = real.xml === undefined && mock.kind === 'refusal' && real.status >= 400 && real.status < 500;
    return { isSame: bothRefuse, real: realWords, mock: mockWords, notes: [] };
  }
  const { result } = mock.decision;
  const call = findCall(mock.call);
  const optional = result.error === undefined && call !== undefined ? listOptionalFields(call.answer) : [];
  const odd = optional.find((name) => findText(real.xml?.content ?? [], name) !== mockText(mock, name));
  const isSameOutcome =
    result.error === undefined
      ? real.xml.kind === 'success' && real.xml.text === formatOutcome(mock.call, result)
      : real.error === result.error;
  if (isSameOutcome && odd !== undefined) {
    // What a parameter such as test=1 asks for is a part of the answer.
    const shown = (text: string | undefined): string => (text === undefined ? `without <${odd}>` : `with <${odd}>${text}</${odd}>`);
    const [realShown, mockShown] = [findText(real.xml.content, odd), mockText(mock, odd)].map(shown);
    return { isSame: false, real: `${realWords}, ${realShown ?? ''}`, mock: `${mockWords}, ${mockShown ?? ''}`, notes: [] };
  }
  const beside = [...statusNotes(real), ...headerNotes(real, mock, mock.settings)];
  // The records of a list are what the two servers have, not how they write it.
  const isCompared = isSameOutcome && !(result.error === undefined && call?.hasList === true);
  const notes = isCompared ? [...beside, ...bodyNotes(real, mock, mock.settings)] : beside;
  return { isSame: isSameOutcome, real: realWords, mock: mockWords, notes };
}

function mockText({ decision: { result } }: MockReply, name: string): string | undefined {
  return result.error === undefined ? findReplyText(result.reply.content, name) : undefined;
}

/** The elements that an answer has only sometimes; not those of the records of a list. */
function listOptionalFields(shape: AnswerShape): readonly string[] {
  if (shape.kind !== 'record') return [];
  return Object.entries(shape.elements).flatMap(([name, inner]) =>
    inner.kind === 'field' ? (inner.onlyIf === undefined ? [] : [name]) : listOptionalFields(inner),
  );
}

function realInWords({ xml, status, type }: RealAnswer): string {
  if (xml !== undefined) return xml.text;
  return `no answer of MOR's: HTTP ${String(status)}${type === undefined ? '' : `, ${type}`}`;
}

function statusNotes({ status }: RealAnswer): readonly Note[] {
  return status === 200 ? [] : [{ aspect: 'status', real: String(status), mock: '200' }];
}

function headerNotes(real: RealAnswer, answer: MockReply, settings: Settings): readonly Note[] {
  const mock = written(replyTo(answer, settings), settings);
  const [realLabel, mockLabel] = [labelOf(real.type, real.disposition), labelOf(mock.type, mock.disposition)];
  if (realLabel === mockLabel) return [];
  const meant = findResponseType(real);
  return [{ aspect: 'headers', real: realLabel, mock: mockLabel, ...(meant && { setting: `response_type: ${meant}` }) }];
}

/** The setting by which the mock labels its answers as the real server does; undefined where there is none. */
export function findResponseType({ type, disposition }: Pick<RealAnswer, 'type' | 'disposition'>): ResponseType | undefined {
  return RESPONSE_TYPES.find((name) => {
    const headers: { readonly 'Content-Type': string; readonly 'Content-Disposition'?: string } = ANSWER_HEADERS[name];
    return labelOf(headers['Content-Type'], headers['Content-Disposition']) === labelOf(type, disposition);
  });
}

/** Both headers in one form: case, blanks and quotes around a charset mean nothing. */
function labelOf(type = '', disposition = ''): string {
  const plain = type.replace(/\s*;\s*/g, '; ').replace(/charset="([^"]*)"/i, 'charset=$1');
  return [plain.toLowerCase(), disposition.trim().replace(/\s*;\s*/g, '; ')].filter((part) => part !== '').join(', ');
}

/** What differs in the XML of the same outcome. */
function bodyNotes({ xml, body }: RealAnswer, answer: MockReply, settings: Settings): readonly Note[] {
  if (xml === undefined) return [];
  const notes: Note[] = [];
  const mock = readBack(answer, settings);
  const asReal = settingsLike(xml, answer, settings);
  const settable = readBack(answer, asReal);
  if (xml.root !== mock.root) {
    const setting = settable.root === xml.root ? { setting: `error_envelope: ${asReal.error_envelope}` } : {};
    notes.push({ aspect: 'envelope', real: `<${xml.root}>`, mock: `<${mock.root}>`, ...setting });
  }
  if (xml.text !== mock.text) notes.push({ aspect: 'dialect', real: xml.text, mock: mock.text, setting: `dialect: ${asReal.dialect}` });
  const [realId, mockId] = [findText(xml.content, 'id'), findText(mock.content, 'id')];
  if (realId !== mockId) notes.push({ aspect: 'id', real: realId ?? 'none', mock: mockId ?? 'none' });
  const others = [
    ...xml.unexpected,
    ...(xml.root !== settable.root
      ? []
      : listPaths(xml.root, xml.content).filter((path) => !listPaths(settable.root, settable.content).includes(path))),
  ];
  if (others.length > 0) notes.push({ aspect: 'elements', real: others.slice(0, MAX_ELEMENTS).join(', '), mock: 'none of these' });
  else if (
    settable.root === xml.root &&
    !holdsValues(answer) &&
    withId(written(replyTo(answer, asReal), asReal).body, mockId, realId) !== body
  )
    notes.push({ aspect: 'white space', real: 'another layout', mock: 'two blanks a level' });
  return notes;
}

/** Whether the answer shows what each of the two servers holds, beyond the id of a new record and what is compared as part of the outcome. */
function holdsValues({ call: name, decision: { result } }: MockReply): boolean {
  const answer = result.error === undefined ? findCall(name)?.answer : undefined;
  return answer !== undefined && listFields(answer).some(([element, { onlyIf }]) => element !== 'id' && onlyIf === undefined);
}

function listFields(shape: AnswerShape, element = ''): readonly (readonly [element: string, field: AnswerField])[] {
  if (shape.kind === 'field') return [[element, shape]];
  return shape.kind === 'record' ? Object.entries(shape.elements).flatMap(([name, inner]) => listFields(inner, name)) : [];
}

/** How many unknown elements are named. */
const MAX_ELEMENTS = 5;

/** The settings under which the mock would write the reply as the real server did, as far as settings go. */
export function settingsLike({ root, text }: ParsedAnswer, reply: MockReply, settings: Settings): Settings {
  const error_envelope = [settings.error_envelope, ...ERROR_ENVELOPES].find(
    (envelope) => readBack(reply, { ...settings, error_envelope: envelope }).root === root,
  );
  const dialect = [settings.dialect, ...DIALECTS].find((name) => readBack(reply, { ...settings, dialect: name }).text === text);
  return { ...settings, ...(error_envelope && { error_envelope }), ...(dialect && { dialect }) };
}

/** What the mock would write, as a reader sees it. */
export function readBack(reply: MockReply, settings: Settings): ParsedAnswer {
  const answer = parseAnswer(written(replyTo(reply, settings), settings).body);
  if (answer === undefined) throw new Error('the mock wrote what is no answer');
  return answer;
}

/** The XML of the mock with the id of the real server in the place of its own. */
function withId(xml: string, mockId: string | undefined, realId: string | undefined): string {
  return mockId === undefined || realId === undefined ? xml : xml.replace(`<id>${mockId}</id>`, `<id>${realId}</id>`);
}

/** The path of every element. */
function listPaths(parent: string, content: readonly AnswerElement[]): readonly string[] {
  return content.flatMap(([name, node]) => {
    const path = `${parent}/${name}`;
    return typeof node === 'string' ? [path] : [path, ...listPaths(path, node)];
  });
}
