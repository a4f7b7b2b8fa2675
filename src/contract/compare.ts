/** Holds an answer against what a case expects: what counts everywhere, and, apart, where real servers are known to differ. */
import { MOR_ERRORS, type MorError } from '../mor/errors.ts';
import { quote, quoteIfHidden } from '../mor/quote.ts';
import type { Answer } from './exchange.ts';
import { bareErrorXml, errorXml, successXml } from './expected-xml.ts';
import { readAnswer, type AnswerXml } from './read-answer.ts';
import type { Expected } from './table.ts';

/** What of an answer, or of its effect, differs. */
export type Aspect = 'status' | 'outcome' | 'effect' | 'headers' | 'white space' | 'envelope' | 'dialect';

/** Aspects in which real servers are known to differ from the vendor's page and from each other. */
export const LOOSE_ASPECTS: readonly Aspect[] = ['headers', 'white space', 'envelope', 'dialect'];

/** One difference between what was expected and what came. */
export interface Difference {
  readonly aspect: Aspect;
  readonly expected: string;
  readonly got: string;
}

/** What MOR labels an answer with unless its settings say otherwise. */
const USUAL_TYPE = 'text/xml; charset=utf-8';

/** How much of an answer that is none of MOR's is shown. */
const LONGEST_SHOWN = 80;

/** Every difference between an answer and what is expected, in the order in which a reader wants them. */
export function compared(expected: Expected, answer: Answer): readonly Difference[] {
  if (expected.plain === true) return comparedPlain(answer);
  const xml = readAnswer(answer.body);
  return [
    ...differs('status', '200', String(answer.status)),
    ...(xml === undefined ? differs('outcome', outcomeInWords(expected), shownBody(answer)) : comparedXml(expected, xml, answer.body)),
    ...comparedHeaders(expected, answer),
  ];
}

/** What was answered, in one line: MOR's text, or what came instead. */
export function outcomeOf(answer: Answer): string {
  const xml = readAnswer(answer.body);
  return xml === undefined ? `HTTP ${String(answer.status)}` : xml.text;
}

/** What no MOR error can be meant for: any 4xx that is no answer of MOR's. */
function comparedPlain(answer: Answer): readonly Difference[] {
  const xml = readAnswer(answer.body);
  return [
    ...(answer.status >= 400 && answer.status < 500 ? [] : differs('status', '400 to 499', String(answer.status))),
    ...(xml === undefined ? [] : differs('outcome', 'no answer of MOR', quoteIfHidden(xml.text))),
  ];
}

function comparedXml(expected: Expected, xml: AnswerXml, body: string): readonly Difference[] {
  const { error, success, shows_did: did, bare } = expected;
  const text = error ?? 'DID created';
  const kind = error === undefined ? 'success' : 'error';
  const isOtherSpelling = xml.kind === kind && xml.text !== text && areSpellings(xml.text, text);
  const root = bare === true ? 'status' : 'page';
  const wanted: Readonly<Record<string, string>> = {
    ...(error === undefined ? { id: idWanted(success, xml) } : {}),
    ...(did === undefined ? {} : { did }),
  };
  const found = [
    ...(isOtherSpelling
      ? differs('dialect', text, quoteIfHidden(xml.text))
      : differs('outcome', `${kind}: ${text}`, `${xml.kind}: ${quoteIfHidden(xml.text)}`)),
    ...differs('outcome', fieldsInWords(Object.entries(wanted)), fieldsInWords([...xml.details])),
    ...xml.others.flatMap((other) => differs('outcome', 'nothing beside what the contract names', quoteIfHidden(other))),
    ...xml.padded.flatMap((path) => differs('outcome', 'texts without white space around them', path)),
    ...(body.startsWith('<') ? [] : differs('outcome', '< as the first byte', quote(body.slice(0, 1)))),
    ...differs('envelope', `<${root}> as the root`, `<${xml.root}> as the root`),
  ];
  // Which elements are missing or too many has been told by what they hold; what is left is their order, or one that holds nothing.
  if (!found.some(({ aspect }) => aspect === 'outcome')) {
    found.push(...differs('outcome', elementsOf(xml, Object.keys(wanted)).join(', '), xml.elements.join(', ')));
  }
  return found.length > 0 || body === bytesOf(expected, wanted) ? found : [...found, ...whiteSpace(body, bytesOf(expected, wanted))];
}

/** The elements of such an answer in their order, in whichever envelope it came. */
function elementsOf({ root, kind }: AnswerXml, fields: readonly string[]): readonly string[] {
  const status = root === 'page' ? 'page/status' : 'status';
  const details = fields.length === 0 ? [] : ['page/did_details', ...fields.map((name) => `page/did_details/${name}`)];
  return [...(root === 'page' ? ['page'] : []), status, `${status}/${kind}`, ...details];
}

/** `true` takes any id that could be one. */
function idWanted(success: Expected['success'], { details }: AnswerXml): string {
  const id = details.get('id') ?? '';
  return success === true && /^[1-9][0-9]*$/.test(id) ? id : String(success === true ? 'a number' : success);
}

function bytesOf({ error, bare }: Expected, { id, did }: Readonly<Record<string, string>>): string {
  if (error === undefined) return successXml(Number(id), did);
  return bare === true ? bareErrorXml(error) : errorXml(error);
}

/** The answer says the same in other bytes: where they part. */
function whiteSpace(body: string, wanted: string): readonly Difference[] {
  let at = 0;
  while (at < wanted.length && wanted[at] === body[at]) at += 1;
  const from = Math.max(0, at - 10);
  const part = (text: string): string => quote(text.slice(from, from + 30), { isMultiline: true });
  return differs('white space', part(wanted), part(body));
}

function comparedHeaders(expected: Expected, answer: Answer): readonly Difference[] {
  const header = (name: string, wanted: string | undefined, got: string | undefined): readonly Difference[] =>
    differs('headers', `${name}: ${wanted ?? 'none'}`, `${name}: ${quoteIfHidden(got ?? 'none')}`);
  return [
    ...header('Content-Type', expected.type ?? USUAL_TYPE, answer.type),
    ...header('Content-Disposition', expected.disposition, answer.disposition),
    ...header('Content-Encoding', undefined, answer.encoding),
    ...header('Location', undefined, answer.location),
  ];
}

/** The difference between two texts, if they differ. */
export function differs(aspect: Aspect, expected: string, got: string): readonly Difference[] {
  return expected === got ? [] : [{ aspect, expected, got }];
}

/** Whether two texts are one error, as today's and as older servers write it. */
function areSpellings(a: string, b: string): boolean {
  return Object.values<MorError>(MOR_ERRORS).some(
    ({ text, legacyText }) => [text, legacyText].includes(a) && [text, legacyText].includes(b),
  );
}

function outcomeInWords({ error }: Expected): string {
  return error === undefined ? 'success: DID created' : `error: ${error}`;
}

function fieldsInWords(fields: readonly (readonly [string, string])[]): string {
  return fields.length === 0 ? 'no did_details' : fields.map(([name, value]) => `${name} ${quoteIfHidden(value)}`).join(', ');
}

function shownBody({ body }: Answer): string {
  return body === '' ? 'an empty body' : `no answer of MOR: ${quote(body, { maxLength: LONGEST_SHOWN, isMultiline: true })}`;
}
