/** The reply that a case expects, as a tree: made from the case and the declared shape of the call's answer. */
import { MOR_ERRORS, type MorError, type MorErrorName } from '../mor/errors.ts';
import type { Call } from '../mor/define-call.ts';
import { page, toFixedContent, type AnswerShape, type ErrorForms, type Reply, type ReplyContent } from '../mor/reply.ts';
import { findText, type AnswerElement, type AnswerNode } from './parse-answer.ts';
import { ANY_ID, type ExpectedContent } from './table.ts';

/** Errors that are in `<page><status>` whatever the frame of the call. */
const ALWAYS_IN_STATUS: readonly string[] = [
  MOR_ERRORS.apiDisabled.text,
  MOR_ERRORS.getDisabled.text,
  MOR_ERRORS.secretKeyMissing.text,
  MOR_ERRORS.noSuchApi.text,
];

/** The error with this text as the call writes it; `bare` is `<status>` without a page around it. */
export function expectedError(error: string, { errorFrame, form, ownErrors }: ErrorForms, bare: boolean): Reply {
  const own = Object.entries(ownErrors).find(([name]) => MOR_ERRORS[name as MorErrorName].text === error)?.[1];
  if (own !== undefined) return { ...form, content: toFixedContent(own) };
  if (bare) return { root: 'status', content: { error } };
  return page(errorFrame === 'page' && !ALWAYS_IN_STATUS.includes(error) ? { error } : { status: { error } });
}

/**
 * The success of a call. `true` is any success: fields are taken from what was answered if their text is possible. Fields of
 * nested elements may be given without the element around them; fixed texts are the call's.
 */
export function expectedSuccess(
  { form }: Pick<Call, 'form'>,
  answer: AnswerShape,
  wanted: true | ExpectedContent,
  got: readonly AnswerElement[],
): Reply {
  if (wanted === true) return { ...form, content: toContent(answer, got, true) };
  const { id } = wanted;
  const gotId = id === ANY_ID ? findText(got, 'id') : undefined;
  const values = id === ANY_ID ? { ...wanted, id: isPossible('id', gotId) ? (gotId ?? '') : ANY.id } : wanted;
  return { ...form, content: toContent(answer, values, false) };
}

type Source = ExpectedContent | AnswerNode | string | number | undefined;

function toContent(shape: AnswerShape, source: Source, isAny: boolean): ReplyContent {
  switch (shape.kind) {
    case 'text':
      return shape.text;
    case 'field':
      return isAny && !isPossible(shape.type, source) ? ANY[shape.type] : toText(source);
    case 'list':
      return [shape.element, listItems(source, shape.element).map((item) => toContent(shape.item, item, isAny))];
    case 'record': {
      const content: Record<string, ReplyContent> = {};
      for (const [name, inner] of Object.entries(shape.elements)) {
        const found = findSource(source, name);
        const isMissing = found === undefined && (inner.kind === 'field' || inner.kind === 'list');
        if (isMissing && !(isAny && inner.kind === 'field' && inner.onlyIf === undefined)) continue;
        content[name] = toContent(inner, found ?? (inner.kind === 'record' ? source : undefined), isAny);
      }
      return content;
    }
  }
}

/** What is said of a field whose text cannot be one. */
const ANY = { id: 'an id', digits: 'digits', string: 'a text' } as const;

function isPossible(type: keyof typeof ANY, source: Source): boolean {
  return typeof source === 'string' && { id: /^[1-9][0-9]*$/, digits: /^[0-9]+$/, string: /^[^]*$/ }[type].test(source);
}

function toText(source: Source): string {
  return typeof source === 'string' || typeof source === 'number' ? String(source) : '';
}

function isElements(source: Source): source is readonly AnswerElement[] {
  return Array.isArray(source) && source.every((entry) => Array.isArray(entry) && entry.length === 2 && typeof entry[0] === 'string');
}

function findSource(source: Source, name: string): Source {
  if (isElements(source)) return source.find(([element]) => element === name)?.[1];
  if (typeof source !== 'object' || Array.isArray(source)) return undefined;
  return Object.hasOwn(source, name) ? (source as Readonly<Record<string, Source>>)[name] : undefined;
}

function listItems(source: Source, element: string): readonly Source[] {
  if (isElements(source)) return source.filter(([name]) => name === element).map(([, node]) => node);
  return Array.isArray(source) ? (source as readonly Source[]) : [];
}

/** Whether two texts are one error of a call, as today's and as older servers write it. */
export function areSpellings({ errorsByAge }: Pick<Call, 'errorsByAge'>, a: string, b: string): boolean {
  const spellings = [
    ...Object.values<MorError>(MOR_ERRORS).map(({ text, legacyText }) => [text, legacyText]),
    ...errorsByAge.map((group) => group.map((name) => MOR_ERRORS[name].text)),
  ];
  return spellings.some((texts) => texts.includes(a) && texts.includes(b));
}
