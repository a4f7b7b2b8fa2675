/**
 * What MOR answers, before it is written as XML: a tree of elements. The writer walks it and knows no call by name.
 * `AnswerShape` describes such a tree for the descriptions of the API (OpenAPI, XSD).
 */
import { MOR_ERRORS, type MorError, type MorErrorName } from './errors.ts';
import type { Settings } from './model.ts';

/** What is inside an element: text, named elements in order, or a list of elements that all have one name. */
export type ReplyContent = string | ReplyRecord | ReplyList;

/** Elements by name, in their order. */
export interface ReplyRecord {
  readonly [element: string]: ReplyContent;
}

/** The name of each element, and what each one holds. May be a million items long: it is read once, while it is written. */
export type ReplyList = readonly [element: string, items: Iterable<ReplyContent>];

/** Whether the content of an element is a list. */
export function isReplyList(content: ReplyContent): content is ReplyList {
  return Array.isArray(content);
}

/** A whole answer. */
export interface Reply {
  /** Name of the outermost element. */
  readonly root: string;
  readonly content: ReplyContent;
  /** Whether the XML declaration says `standalone="yes"`, and the encoding in lower case. Default: false. */
  readonly isStandalone?: boolean;
}

/** The document of a call's answers, whatever is in it. */
export type AnswerForm = Readonly<Required<Omit<Reply, 'content'>>>;

/** The usual form. */
export const PAGE: AnswerForm = { root: 'page', isStandalone: false };

/** The form of the calls that log in and out. Source: the vendor's pages of user_login and user_logout. */
export const ACTION: AnswerForm = { root: 'action', isStandalone: true };

/** The usual answer: `<page>` around everything. */
export function page(content: ReplyRecord): Reply {
  return { root: 'page', content };
}

/** The answer of a call that logs in or out. */
export function action(content: ReplyRecord): Reply {
  return { ...ACTION, content };
}

/** Where the error of a call is: `<page><status><error>` (the usual frame) or `<page><error>`. */
export type ErrorFrame = 'status' | 'page';

/** How a call writes its errors. */
export interface ErrorForms {
  readonly errorFrame: ErrorFrame;
  readonly form: AnswerForm;
  /** Errors that are written as this, in the form of the call and under any settings. */
  readonly ownErrors: Readonly<Partial<Record<MorErrorName, AnswerShape>>>;
}

/** How errors are written by most calls, and for a call that does not exist. */
export const USUAL_ERRORS: ErrorForms = { errorFrame: 'status', form: PAGE, ownErrors: {} };

/** How an error is written: by its call and the settings of the server. */
export function errorReply(name: MorErrorName, forms: ErrorForms, { dialect, error_envelope }: Settings): Reply {
  const own = forms.ownErrors[name];
  if (own !== undefined) return { ...forms.form, content: toFixedContent(own) };
  const row: MorError = MOR_ERRORS[name];
  const error = dialect === 'legacy' ? (row.legacyText ?? row.text) : row.text;
  if (row.isPreCallError === true) {
    if (error_envelope === 'bare') return { root: 'status', content: { error } };
    if (name !== 'hashIncorrect') return page({ status: { error } });
  }
  return page(forms.errorFrame === 'page' ? { error } : { status: { error } });
}

/** The content of a shape that has fixed texts only. */
export function toFixedContent(shape: AnswerShape): ReplyContent {
  if (shape.kind === 'text') return shape.text;
  if (shape.kind !== 'record') throw new Error('an error has a field or a list, but only fixed texts are known of it');
  return Object.fromEntries(Object.entries(shape.elements).map(([name, inner]) => [name, toFixedContent(inner)]));
}

/** What an element of a success holds, for the descriptions of the API. */
export type AnswerShape =
  | { readonly kind: 'text'; readonly text: string }
  | AnswerField
  | { readonly kind: 'record'; readonly elements: Readonly<Record<string, AnswerShape>> }
  | { readonly kind: 'list'; readonly element: string; readonly item: AnswerShape };

/** One value of an answer. */
export interface AnswerField {
  readonly kind: 'field';
  readonly type: 'id' | 'digits' | 'string';
  readonly description: string;
  /** When it is there; absent if it always is. */
  readonly onlyIf?: string;
}

/** An element with always the same text. */
export const text = (fixed: string): AnswerShape => ({ kind: 'text', text: fixed });

/** An element whose text is a value. */
export const field = (type: AnswerField['type'], description: string, onlyIf?: string): AnswerField => ({
  kind: 'field',
  type,
  description,
  ...(onlyIf === undefined ? {} : { onlyIf }),
});

/** An element with other elements in it, in this order. */
export const record = (elements: Readonly<Record<string, AnswerShape>>): AnswerShape => ({ kind: 'record', elements });

/** Elements that all have the same name, as many as there are. */
export const list = (element: string, item: AnswerShape): AnswerShape => ({ kind: 'list', element, item });

/** Whether there is a list in an answer. */
export function holdsList(shape: AnswerShape): boolean {
  return shape.kind === 'list' || (shape.kind === 'record' && Object.values(shape.elements).some(holdsList));
}

/** The fixed text of a success, such as `DID created`; undefined for an answer that has none. */
export function findFixedText(shape: AnswerShape): string | undefined {
  if (shape.kind === 'text') return shape.text;
  if (shape.kind !== 'record') return undefined;
  for (const element of Object.values(shape.elements)) {
    const found = findFixedText(element);
    if (found !== undefined) return found;
  }
  return undefined;
}
