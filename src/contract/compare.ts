/** Compares an answer with what a case expects: what counts everywhere and, apart, where real servers are known to differ. */
import type { Call } from '../mor/define-call.ts';
import { quote, quoteIfHidden } from '../mor/quote.ts';
import { isReplyList, type AnswerShape, type Reply, type ReplyContent } from '../mor/reply.ts';
import { renderXml } from '../wire/render-xml.ts';
import type { Answer } from './exchange.ts';
import { areSpellings, expectedError, expectedSuccess } from './expected-reply.ts';
import { parseAnswer, type AnswerElement, type AnswerNode, type ParsedAnswer } from './parse-answer.ts';
import type { Expected } from './table.ts';

/** What of an answer, or of its effect, differs. */
export type Aspect = 'status' | 'outcome' | 'effect' | 'headers' | 'white space' | 'envelope' | 'dialect';

/** Aspects in which real servers are known to differ from the vendor's page and from each other. */
export const LENIENT_ASPECTS: readonly Aspect[] = ['headers', 'white space', 'envelope', 'dialect'];

/** One difference between what was expected and what came. */
export interface Difference {
  readonly aspect: Aspect;
  readonly expected: string;
  readonly got: string;
}

/** The content type of an answer by default. */
const DEFAULT_TYPE = 'text/xml; charset=utf-8';

/** How much of an answer that is not MOR's is shown, and how many differences in its elements. */
const MAX_SHOWN_LENGTH = 80;
const MAX_SHOWN_DIFFERENCES = 10;

/** Every difference between an answer and what is expected, in the order in which a reader wants them. */
export function compareAnswer(call: Call, expected: Expected, answer: Answer): readonly Difference[] {
  if (expected.plain === true) return comparePlain(answer);
  const parsed = parseAnswer(answer.body);
  return [
    ...diff('status', '200', String(answer.status)),
    ...(parsed === undefined
      ? diff('outcome', formatExpected(call, expected), formatBody(answer))
      : compareXml(call, expected, parsed, answer.body)),
    ...compareHeaders(expected, answer),
  ];
}

/** What was answered, in one line: MOR's text, or the HTTP status. */
export function describeOutcome(answer: Answer): string {
  return parseAnswer(answer.body)?.text ?? `HTTP ${String(answer.status)}`;
}

/** What MOR has no error for: any 4xx that is no answer of MOR. */
function comparePlain(answer: Answer): readonly Difference[] {
  const parsed = parseAnswer(answer.body);
  return [
    ...(answer.status >= 400 && answer.status < 500 ? [] : diff('status', '400 to 499', String(answer.status))),
    ...(parsed === undefined ? [] : diff('outcome', 'no answer of MOR', quoteIfHidden(parsed.text))),
  ];
}

function compareXml(call: Call, expected: Expected, parsed: ParsedAnswer, body: string): readonly Difference[] {
  const { error, success = true, bare = false, legacy = false } = expected;
  const text = error ?? call.success;
  const kind = error === undefined ? 'success' : 'error';
  const successIn = (shape: AnswerShape): Reply => expectedSuccess(call, shape, success, parsed.content);
  const { answer, legacyAnswer = answer } = call;
  const reply = error === undefined ? successIn(legacy ? legacyAnswer : answer) : expectedError(error, call, bare);
  const isOtherSpelling = parsed.kind === kind && parsed.text !== text && areSpellings(call, parsed.text, text);
  const isSameOutcome = parsed.kind === kind && (parsed.text === text || isOtherSpelling);
  const found = [
    ...(isOtherSpelling
      ? diff('dialect', text, quoteIfHidden(parsed.text))
      : diff('outcome', `${kind}: ${text}`, `${parsed.kind}: ${quoteIfHidden(parsed.text)}`)),
    ...(isSameOutcome ? compareContent(reply, parsed, isOtherSpelling, successIn(legacy ? answer : legacyAnswer)) : []),
    ...parsed.unexpected.flatMap((path) => diff('outcome', 'only what the contract names', quoteIfHidden(path))),
    ...parsed.padded.flatMap((path) => diff('outcome', 'texts without white space around them', path)),
    ...(body.startsWith('<') ? [] : diff('outcome', '< as the first byte', quote(body.slice(0, 1)))),
  ];
  if (found.length > 0) return found;
  const bytes = renderXml(reply);
  return body === bytes ? [] : compareWhiteSpace(body, bytes);
}

/** What differs in the elements, apart from the spelling of an error. The error's place is its envelope. `inOtherDialect` is the success there. */
function compareContent(reply: Reply, parsed: ParsedAnswer, isOtherSpelling: boolean, inOtherDialect: Reply): readonly Difference[] {
  const wanted = toNode(reply.content) as readonly AnswerElement[];
  if (parsed.kind === 'error') {
    const path = (root: string, content: readonly AnswerElement[]): string => (content[0]?.[0] === 'status' ? `${root}/status` : root);
    const places = [path(reply.root, wanted), path(parsed.root, parsed.content)] as const;
    if (places[0] !== places[1] && isErrorAlone(parsed.content)) {
      return diff('envelope', `<error> in ${places[0]}`, `<error> in ${places[1]}`);
    }
  }
  if (parsed.root !== reply.root && (parsed.kind === 'success' || reply.root === 'action'))
    return diff('outcome', `<${reply.root}> as the outermost element`, `<${parsed.root}>`);
  const aspect = parsed.kind === 'success' && isSameContent(inOtherDialect, parsed.content) ? 'dialect' : 'outcome';
  const differences: Difference[] = [];
  diffNodes(wanted, parsed.content, reply.root, (expected, got) => differences.push({ aspect, expected, got }));
  const isError = parsed.kind === 'error' && isOtherSpelling;
  return differences.filter(({ expected }) => !(isError && /\/error "/.test(expected))).slice(0, MAX_SHOWN_DIFFERENCES);
}

function isSameContent(reply: Reply, got: readonly AnswerElement[]): boolean {
  let isSame = true;
  diffNodes(toNode(reply.content), got, reply.root, () => {
    isSame = false;
  });
  return isSame;
}

/** Whether there is nothing but the error in its frame. */
function isErrorAlone(content: readonly AnswerElement[]): boolean {
  const [[name, node] = ['', '']] = content;
  if (content.length !== 1) return false;
  return name === 'error' || (name === 'status' && typeof node !== 'string' && node.length === 1 && node[0]?.[0] === 'error');
}

function toNode(content: ReplyContent): AnswerNode {
  if (typeof content === 'string') return content.trim();
  if (isReplyList(content)) {
    const items = Array.from(content[1], (item): AnswerElement => [content[0], toNode(item)]);
    return items.length === 0 ? '' : items;
  }
  const elements = Object.entries(content).map(([name, inner]): AnswerElement => [name, toNode(inner)]);
  return elements.length === 0 ? '' : elements;
}

type Report = (expected: string, got: string) => void;

function diffNodes(wanted: AnswerNode, got: AnswerNode, path: string, report: Report): void {
  if (typeof wanted === 'string' || typeof got === 'string') {
    if (wanted !== got) report(`${path} ${formatNode(wanted)}`, `${path} ${formatNode(got)}`);
    return;
  }
  const names = [wanted, got].map((elements) => elements.map(([name]) => name).join(', ')) as [string, string];
  if (names[0] !== names[1]) {
    report(`${path}: ${formatElements(wanted)}`, `${path}: ${formatElements(got)}`);
    return;
  }
  wanted.forEach(([name, inner], i) => diffNodes(inner, got[i]?.[1] ?? '', `${path}/${name}`, report));
}

function formatNode(node: AnswerNode): string {
  return typeof node === 'string' ? quote(node, { maxLength: MAX_SHOWN_LENGTH }) : `with ${formatElements(node)}`;
}

function formatElements(elements: readonly AnswerElement[]): string {
  return cut(
    elements.map(([name, node]) => (typeof node === 'string' && node !== '' ? `${name} ${quoteIfHidden(node)}` : name)).join(', '),
  );
}

function cut(text: string): string {
  return text.length > MAX_SHOWN_LENGTH ? `${text.slice(0, MAX_SHOWN_LENGTH)}…` : text;
}

/** The answer has the same content in other bytes: where they differ first. */
function compareWhiteSpace(body: string, wanted: string): readonly Difference[] {
  let at = 0;
  while (at < wanted.length && wanted[at] === body[at]) at += 1;
  const from = Math.max(0, at - 10);
  const part = (text: string): string => quote(text.slice(from, from + 30), { isMultiline: true });
  return diff('white space', part(wanted), part(body));
}

function compareHeaders(expected: Expected, answer: Answer): readonly Difference[] {
  const header = (name: string, wanted: string | undefined, got: string | undefined): readonly Difference[] =>
    diff('headers', `${name}: ${wanted ?? 'none'}`, `${name}: ${quoteIfHidden(got ?? 'none')}`);
  return [
    ...header('Content-Type', expected.type ?? DEFAULT_TYPE, answer.type),
    ...header('Content-Disposition', expected.disposition, answer.disposition),
    ...header('Content-Encoding', undefined, answer.encoding),
    ...header('Location', undefined, answer.location),
  ];
}

/** The difference between two texts, if they differ. */
export function diff(aspect: Aspect, expected: string, got: string): readonly Difference[] {
  return expected === got ? [] : [{ aspect, expected, got }];
}

function formatExpected({ success }: Call, { error }: Expected): string {
  return error === undefined ? `success: ${success}` : `error: ${error}`;
}

function formatBody({ body }: Answer): string {
  return body === '' ? 'an empty body' : `no answer of MOR: ${quote(body, { maxLength: MAX_SHOWN_LENGTH, isMultiline: true })}`;
}
