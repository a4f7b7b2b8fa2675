/** The XML of an answer, read strictly into a tree: what a real server wrote. Knows no call. */
import { SaxesParser } from 'saxes';

/** What is in an element: text, or elements in the order of the document. */
export type AnswerNode = string | readonly AnswerElement[];

export type AnswerElement = readonly [name: string, node: AnswerNode];

/** What an answer of MOR says. */
export interface ParsedAnswer {
  /** The outermost element. */
  readonly root: 'page' | 'status' | 'action';
  readonly kind: 'success' | 'error';
  /** MOR's text, without white space around it; `success` if a success has no fixed text. */
  readonly text: string;
  /** What is in the outermost element. Texts have no white space around them. */
  readonly content: readonly AnswerElement[];
  /** The elements whose text has white space around it, as paths. */
  readonly padded: readonly string[];
  /**
   * What no answer has, in the order of the document, as paths: `page@version` an attribute, `page/#text` a text next to
   * elements, `page/#comment` a comment, `page/?name` an instruction, `page/status/error/#cdata` a text in CDATA, `!DOCTYPE` a
   * document type, `encoding KOI8-R` a declared encoding that is not UTF-8.
   */
  readonly unexpected: readonly string[];
}

const ROOTS = ['page', 'status', 'action'] as const;

interface OpenElement {
  readonly name: string;
  readonly path: string;
  readonly children: AnswerElement[];
  text: string;
}

/**
 * Reads the XML of an answer; undefined if it is not well-formed XML or has no outcome of MOR in it.
 * With saxes, because xmlbuilder2 accepts elements that are not closed, or closed by another name.
 */
export function parseAnswer(body: string): ParsedAnswer | undefined {
  const document: OpenElement = { name: '', path: '', children: [], text: '' };
  const open = [document];
  const padded: string[] = [];
  const unexpected: string[] = [];
  const parser = new SaxesParser();
  let syntaxError: Error | undefined;
  const current = (): OpenElement => open.at(-1) ?? document;
  const addUnexpected = (name: string): void => {
    unexpected.push(`${current().path}/${name}`.replace(/^\//, ''));
  };
  parser.on('error', (error) => {
    // It would read on, and report an error for every further byte.
    syntaxError = error;
    throw error;
  });
  parser.on('doctype', () => addUnexpected('!DOCTYPE'));
  parser.on('comment', () => addUnexpected('#comment'));
  parser.on('processinginstruction', ({ target }) => addUnexpected(`?${target}`));
  parser.on('xmldecl', ({ encoding = 'UTF-8' }) => {
    if (!/^utf-8$/i.test(encoding)) unexpected.push(`encoding ${encoding}`);
  });
  parser.on('opentag', ({ name, attributes }) => {
    // Elements that are nested a hundred thousand times are only counted: their paths would take gigabytes.
    if (open.length === MAX_DEPTH) addUnexpected(name);
    const path = open.length >= MAX_DEPTH ? current().path : `${current().path}/${name}`.replace(/^\//, '');
    open.push({ name, path, children: [], text: '' });
    for (const attribute of Object.keys(attributes)) unexpected.push(`${path}@${attribute}`);
  });
  parser.on('text', (text) => void (current().text += text));
  parser.on('cdata', (text) => {
    addUnexpected('#cdata');
    current().text += text;
  });
  parser.on('closetag', () => {
    const { name, path, children, text } = open.pop() ?? document;
    const trimmed = text.trim();
    if (children.length === 0 && text !== trimmed && trimmed !== '') padded.push(path);
    if (children.length > 0 && trimmed !== '') unexpected.push(`${path}/#text`);
    if (open.length < MAX_DEPTH) current().children.push([name, children.length > 0 ? children : trimmed]);
  });
  try {
    parser.write(body).close();
  } catch (error) {
    if (error === syntaxError) return undefined;
    throw error;
  }
  return toAnswer(document.children, padded, unexpected);
}

/** How many levels of elements are read. */
const MAX_DEPTH = 50;

function toAnswer([top]: readonly AnswerElement[], padded: readonly string[], unexpected: readonly string[]): ParsedAnswer | undefined {
  if (top === undefined || typeof top[1] === 'string') return undefined;
  const [name, content] = top;
  const root = ROOTS.find((known) => known === name);
  const outcome = root === undefined ? undefined : findOutcome(root, content);
  return root === undefined || outcome === undefined ? undefined : { root, ...outcome, content, padded, unexpected };
}

/** Of an action the status says how it ended, and a message what MOR has to say about that, if anything. */
function findActionOutcome(content: readonly AnswerElement[]): Pick<ParsedAnswer, 'kind' | 'text'> | undefined {
  const textIn = (name: string): string | undefined => {
    const node = content.find(([element]) => element === name)?.[1];
    return typeof node === 'string' ? node : undefined;
  };
  const error = textIn('error');
  if (error !== undefined) return { kind: 'error', text: error };
  const status = textIn('status');
  if (status !== 'ok' && status !== 'failed') return undefined;
  return { kind: status === 'ok' ? 'success' : 'error', text: textIn('status_message') ?? status };
}

/** MOR's text: in the status, right below the page, or, for an answer with other elements only, none. */
function findOutcome(root: ParsedAnswer['root'], content: readonly AnswerElement[]): Pick<ParsedAnswer, 'kind' | 'text'> | undefined {
  if (root === 'action') return findActionOutcome(content);
  const status = root === 'status' ? content : content.find(([name]) => name === 'status')?.[1];
  const holders = [...(status === undefined || typeof status === 'string' ? [] : [status]), content];
  for (const holder of holders) {
    for (const [name, node] of holder) {
      // did_delete writes its text in a status inside of the status.
      if (holder === status && name === 'status' && typeof node === 'string') return { kind: 'success', text: node };
      // Older servers, and the calls of devices, write a success right into the status.
      if (holder === content && name === 'status' && typeof node === 'string' && node !== '') return { kind: 'success', text: node };
      if (name !== 'error' && name !== 'success') continue;
      return { kind: name, text: typeof node === 'string' ? node : joinText(node) };
    }
  }
  // One empty element is a list without records, as devices_get answers it; an empty status says nothing.
  const isEmptyList = content.length === 1 && content[0]?.[0] !== 'status';
  if (root === 'status' || (!isEmptyList && content.every(([, node]) => node === ''))) return undefined;
  return { kind: 'success', text: 'success' };
}

function joinText(elements: readonly AnswerElement[]): string {
  return elements.map(([, node]) => (typeof node === 'string' ? node : joinText(node))).join('');
}

/** The text of the first element of this name, at any depth; undefined if there is none. */
export function findText(elements: readonly AnswerElement[], name: string): string | undefined {
  for (const [element, node] of elements) {
    if (element === name && typeof node === 'string') return node;
    const found = typeof node === 'string' ? undefined : findText(node, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
