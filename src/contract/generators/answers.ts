/** The answers of a call for OpenAPI: their schemas, and an example of each, as the mock writes them. */
import { MOR_ERRORS, type MorError, type MorErrorName } from '../../mor/errors.ts';
import type { Call } from '../../mor/define-call.ts';
import { MAX_ID, type Settings } from '../../mor/model.ts';
import { errorReply, toFixedContent, type AnswerShape, type ReplyContent } from '../../mor/reply.ts';
import { escapeXml, renderXml } from '../../wire/render-xml.ts';
import type { ParamTexts } from '../signed.ts';
import { describeField } from './described-api.ts';

type Json = Readonly<Record<string, unknown>>;

/** An answer, in the form of OpenAPI's examples. */
export interface AnswerExample {
  readonly summary: string;
  readonly value: string;
}

/** The id that the examples show: that of the vendor's page. */
const EXAMPLE_ID = '3';

const DEFAULT_FORM = { dialect: 'current', error_envelope: 'page' } as const satisfies Partial<Settings>;

/** By name: the success, each error in the order of its check, and their other forms. `good` is a call that succeeds. */
export function buildExamples(call: Call, good: ParamTexts): Readonly<Record<string, AnswerExample>> {
  const write = (shape: AnswerShape, isComplete: boolean): string =>
    renderXml({ ...call.form, content: exampleContent(shape, good, isComplete) });
  return {
    success: { summary: call.success, value: write(call.answer, false) },
    ...Object.fromEntries(
      listOptional(call.answer).map(([name, onlyIf]) => [
        `success_with_${name}`,
        { summary: `${call.success}, ${onlyIf}`, value: write(call.answer, true) },
      ]),
    ),
    ...(call.legacyAnswer === undefined
      ? {}
      : { success_legacy: { summary: `dialect: legacy, ${call.success}`, value: write(call.legacyAnswer, false) } }),
    ...Object.assign({}, ...call.errors.map((name) => errorExamples(call, name))),
  } as Readonly<Record<string, AnswerExample>>;
}

function errorExamples(call: Call, name: MorErrorName): Readonly<Record<string, AnswerExample>> {
  const { text, legacyText, isPreCallError }: MorError = MOR_ERRORS[name];
  const value = (form: Partial<Settings>): string => renderXml(errorReply(name, call, { ...DEFAULT_FORM, ...form } as Settings));
  return {
    [name]: { summary: text, value: value({}) },
    ...(legacyText === undefined
      ? {}
      : { [`${name}_legacy`]: { summary: `dialect: legacy, ${legacyText}`, value: value({ dialect: 'legacy' }) } }),
    ...(isPreCallError !== true || call.ownErrors[name] !== undefined
      ? {}
      : { [`${name}_bare`]: { summary: `error_envelope: bare, ${text}`, value: value({ error_envelope: 'bare' }) } }),
  };
}

/** An answer of this shape; parameters of the good call stand for fields of their name. */
function exampleContent(shape: AnswerShape, good: ParamTexts, isComplete: boolean, name = ''): ReplyContent {
  switch (shape.kind) {
    case 'text':
      return shape.text;
    case 'field':
      return shape.type === 'id' ? EXAMPLE_ID : (good[name] ?? (shape.type === 'digits' ? EXAMPLE_ID : ''));
    case 'list':
      return [shape.element, [exampleContent(shape.item, good, isComplete, shape.element)]];
    case 'record':
      return Object.fromEntries(
        Object.entries(shape.elements)
          .filter(([, inner]) => isComplete || inner.kind !== 'field' || inner.onlyIf === undefined)
          .map(([element, inner]) => [element, exampleContent(inner, good, isComplete, element)]),
      );
  }
}

/** The fields that are not always there, outside of lists. */
function listOptional(shape: AnswerShape): readonly (readonly [name: string, onlyIf: string])[] {
  if (shape.kind !== 'record') return [];
  return Object.entries(shape.elements).flatMap(([name, inner]) =>
    inner.kind === 'field' && inner.onlyIf !== undefined ? [[name, inner.onlyIf] as const] : listOptional(inner),
  );
}

/**
 * The forms of an answer: its text, for tools that do not read XML (Prism), and its three shapes, for those that do; `xml`
 * says which element each is. As text an answer fits exactly one of them.
 */
export function buildAnswerSchemas(call: Call): Readonly<Record<string, Json>> {
  const errors = call.errors.filter((name) => call.ownErrors[name] === undefined).map((name): MorError => MOR_ERRORS[name]);
  const texts = errors.flatMap(({ text, legacyText }) => [text, ...(legacyText === undefined ? [] : [legacyText])]);
  const preCall = errors.filter(({ isPreCallError }) => isPreCallError).map(({ text }) => text);
  const error = { type: 'string', enum: texts };
  const inStatus = root('page', { status: object({ error }) });
  return {
    text: { type: 'string', pattern: formatPattern(call, texts), description: 'The XML as it is sent.' },
    success: { ...shapeSchema(call.answer), xml: { name: call.form.root } },
    ...(call.legacyAnswer === undefined ? {} : { legacy_success: { ...shapeSchema(call.legacyAnswer), xml: { name: call.form.root } } }),
    error: call.errorFrame === 'status' ? inStatus : { oneOf: [inStatus, root('page', { error })] },
    ...Object.fromEntries(
      Object.entries(call.ownErrors).map(([name, shape]) => [name, { ...shapeSchema(shape), xml: { name: call.form.root } }]),
    ),
    bare_error: root('status', { error: { type: 'string', enum: preCall } }),
  };
}

/** What each answer of a call has in it somewhere. */
function formatPattern(call: Call, errors: readonly string[]): string {
  const success = call.success === 'success' ? `<${call.form.root}>\\s*<${firstElement(call.answer)}>` : `>${anyOf([call.success])}</`;
  const own = Object.values(call.ownErrors).map((shape) => lastText(toFixedContent(shape)));
  return [success, `<error>${anyOf(errors)}</error>`, ...own.map((text) => `>${anyOf([text])}</`)].join('|');
}

/** What an answer of fixed texts says last: of an action that failed, why, or that it did. */
function lastText(content: ReplyContent): string {
  return typeof content === 'string' ? content : lastText(Object.values(content).at(-1) as ReplyContent);
}

function firstElement(shape: AnswerShape): string {
  return shape.kind === 'record' ? (Object.keys(shape.elements)[0] ?? '') : '';
}

/** A pattern for any of these texts as they are in XML. */
function anyOf(texts: readonly string[]): string {
  return `(?:${texts.map((text) => escapeXml(text).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`;
}

function shapeSchema(shape: AnswerShape): Json {
  switch (shape.kind) {
    case 'text':
      return { type: 'string', const: shape.text };
    case 'field':
      return { ...FIELD_SCHEMAS[shape.type], description: describeField(shape) };
    case 'list':
      return object({ [shape.element]: { type: 'array', items: shapeSchema(shape.item) } }, []);
    case 'record':
      return object(
        Object.fromEntries(Object.entries(shape.elements).map(([name, inner]) => [name, shapeSchema(inner)])),
        Object.entries(shape.elements)
          .filter(([, inner]) => inner.kind !== 'field' || inner.onlyIf === undefined)
          .map(([name]) => name),
      );
  }
}

const FIELD_SCHEMAS = {
  id: { type: 'integer', minimum: 1, maximum: MAX_ID },
  digits: { type: 'string', pattern: '^[0-9]+$' },
  string: { type: 'string' },
} as const;

function root(name: string, properties: Json): Json {
  return { ...object(properties), xml: { name } };
}

function object(properties: Json, required = Object.keys(properties)): Json {
  return { type: 'object', required, properties, additionalProperties: false };
}
