/** The XML of an answer, read strictly: what a real server wrote, taken apart. */
import { SaxesParser } from 'saxes';

/** What an answer of MOR's says. */
export interface AnswerXml {
  /** The outermost element: `page`, or `status` where the answer stands bare. */
  readonly root: 'page' | 'status';
  readonly kind: 'success' | 'error';
  /** MOR's text, without the white space around it. */
  readonly text: string;
  /** The fields of `<did_details>` by name, without the white space around them; empty where there are none. */
  readonly details: ReadonlyMap<string, string>;
  /**
   * Everything else, in the order of the document, as paths: `page/status/code` an element, `page@version` an attribute,
   * `page/#text` a text where none belongs, `!DOCTYPE` a document type. An element that stands there again is one too; what is in
   * such an element is not told apart.
   */
  readonly others: readonly string[];
}

/** Where the outcome stands. */
const OUTCOME = /^(?:(page)\/)?status\/(success|error)$/;

const OUTCOMES = ['page/status/success', 'page/status/error', 'status/success', 'status/error'] as const;

const FIELD = /^page\/did_details\/([^/]+)$/;

/** The elements that hold no text of their own. */
const FRAME = /^(?:page|(?:page\/)?status|page\/did_details)$/;

/**
 * Reads the XML of an answer; undefined where it is not well-formed XML, or has no outcome of MOR's in it.
 * By saxes, for xmlbuilder2 reads much that is no XML: elements that are not closed, or closed by another's name.
 */
export function readAnswer(body: string): AnswerXml | undefined {
  const found = new Map<string, string>();
  const others: string[] = [];
  // The path of each open element, and whether its text counts.
  const open: { readonly path: string; readonly counts: boolean }[] = [];
  const parser = new SaxesParser();
  let fault: Error | undefined;
  parser.on('error', (error) => {
    // It would read on, and find fault with every further byte.
    fault = error;
    throw error;
  });
  parser.on('doctype', () => others.push('!DOCTYPE'));
  parser.on('opentag', ({ name, attributes }) => {
    const parent = open.at(-1);
    // What stands in an element that does not belong is told with that one; its path would only grow.
    if (parent?.counts === false) {
      open.push(parent);
      return;
    }
    const path = parent === undefined ? name : `${parent.path}/${name}`;
    const counts = (FRAME.test(path) || isLeaf(path, found)) && !found.has(path);
    if (counts) found.set(path, '');
    else others.push(path);
    for (const attribute of Object.keys(attributes)) others.push(`${path}@${attribute}`);
    open.push({ path, counts });
  });
  const onText = (text: string): void => {
    const { path, counts } = open.at(-1) ?? { path: '', counts: false };
    if (!counts || text === '') return;
    if (!FRAME.test(path)) found.set(path, (found.get(path) ?? '') + text);
    else if (text.trim() !== '') others.push(`${path}/#text`);
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  parser.on('closetag', () => void open.pop());
  try {
    parser.write(body).close();
  } catch (error) {
    if (error === fault) return undefined;
    throw error;
  }
  return answerOf(found, others);
}

/** An outcome, unless there is one already, or a field of the details. */
function isLeaf(path: string, found: ReadonlyMap<string, string>): boolean {
  return FIELD.test(path) || (OUTCOME.test(path) && !OUTCOMES.some((other) => found.has(other)));
}

function answerOf(found: ReadonlyMap<string, string>, others: readonly string[]): AnswerXml | undefined {
  const details = new Map<string, string>();
  let outcome: Pick<AnswerXml, 'root' | 'kind' | 'text'> | undefined;
  for (const [path, text] of found) {
    const field = FIELD.exec(path)?.[1];
    if (field !== undefined) details.set(field, text.trim());
    const match = OUTCOME.exec(path);
    if (match !== null) outcome = { root: match[1] === 'page' ? 'page' : 'status', kind: match[2] as AnswerXml['kind'], text: text.trim() };
  }
  return outcome && { ...outcome, details, others };
}
