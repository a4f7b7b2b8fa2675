/** The answers of a call for OpenAPI: their schemas, and an example of each, as the mock writes them. */
import type { ParamTexts } from '../signed.ts';
import type { AnswerField, Call } from '../../mor/call.ts';
import { MOR_ERRORS, type MorError, type MorErrorName } from '../../mor/errors.ts';
import { MAX_ID, type Settings } from '../../mor/model.ts';
import type { Reply } from '../../mor/reply.ts';
import { xmlOf, xmlText } from '../../http/write-xml.ts';
import { fieldInWords } from './described-api.ts';

type Json = Readonly<Record<string, unknown>>;

/** An answer, in the form of OpenAPI's examples. */
export interface AnswerExample {
  readonly summary: string;
  readonly value: string;
}

/** The id that the examples show: that of the vendor's page. */
const SHOWN_ID = '3';

type Form = Pick<Settings, 'dialect' | 'error_envelope'>;

const USUAL: Form = { dialect: 'current', error_envelope: 'page' };

/** By name: the success, each error in the order of its check, and the other forms of those that have some. `good` is a call that succeeds. */
export function answerExamples(call: Call, good: ParamTexts): Readonly<Record<string, AnswerExample>> {
  const optional = call.details.fields.filter(({ onlyIf }) => onlyIf !== undefined);
  return {
    success: { summary: call.success, value: xml(success(call, good, false)) },
    ...Object.fromEntries(
      optional.map(({ name, onlyIf = '' }) => [
        `success_with_${name}`,
        { summary: `${call.success}, ${onlyIf}`, value: xml(success(call, good, true)) },
      ]),
    ),
    ...Object.assign({}, ...call.errors.map((name) => errorExamples(name))),
  } as Readonly<Record<string, AnswerExample>>;
}

function errorExamples(name: MorErrorName): Readonly<Record<string, AnswerExample>> {
  const { text, legacyText, beforeTheCall }: MorError = MOR_ERRORS[name];
  const value = (form: Partial<Form>): string => xml({ kind: 'error', error: name }, form);
  return {
    [name]: { summary: text, value: value({}) },
    ...(legacyText === undefined
      ? {}
      : { [`${name}_legacy`]: { summary: `dialect: legacy, ${legacyText}`, value: value({ dialect: 'legacy' }) } }),
    ...(beforeTheCall !== true
      ? {}
      : { [`${name}_bare`]: { summary: `error_envelope: bare, ${text}`, value: value({ error_envelope: 'bare' }) } }),
  };
}

function success({ success: text, details }: Call, good: ParamTexts, isWhole: boolean): Reply {
  const fields = details.fields.filter(({ onlyIf }) => isWhole || onlyIf === undefined);
  const shown = ({ name, holds }: AnswerField): string => (holds === 'id' ? SHOWN_ID : (good[name] ?? SHOWN_ID));
  return { kind: 'success', text, details: { element: details.element, fields: fields.map((field) => [field.name, shown(field)]) } };
}

function xml(reply: Reply, form: Partial<Form> = {}): string {
  return xmlOf(reply, { ...USUAL, ...form } as Settings);
}

/**
 * The forms of an answer: its text, for tools that do not read XML (Prism), and its three shapes, for those that do; `xml` says which
 * element each is. An answer fits just one of them.
 */
export function answerSchemas(call: Call): Readonly<Record<'text' | 'success' | 'error' | 'bare_error', Json>> {
  const errors = call.errors.map((name): MorError => MOR_ERRORS[name]);
  const texts = errors.flatMap(({ text, legacyText }) => [text, ...(legacyText === undefined ? [] : [legacyText])]);
  const early = errors.filter(({ beforeTheCall }) => beforeTheCall).map(({ text }) => text);
  const { element, fields } = call.details;
  const details = record(
    Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field)])),
    fields.filter(({ onlyIf }) => onlyIf === undefined).map(({ name }) => name),
  );
  const pattern = `<success>${alternatives([call.success])}</success>|<error>${alternatives(texts)}</error>`;
  return {
    text: { type: 'string', pattern, description: 'The XML as it is sent.' },
    success: root('page', { status: record({ success: { type: 'string', const: call.success } }), [element]: details }),
    error: root('page', { status: record({ error: { type: 'string', enum: texts } }) }),
    bare_error: root('status', { error: { type: 'string', enum: early } }),
  };
}

/** A pattern for any of these texts as they stand in XML. */
function alternatives(texts: readonly string[]): string {
  return `(?:${texts.map((text) => xmlText(text).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`;
}

function fieldSchema(field: AnswerField): Json {
  const description = fieldInWords(field);
  return field.holds === 'id'
    ? { type: 'integer', minimum: 1, maximum: MAX_ID, description }
    : { type: 'string', pattern: '^[0-9]+$', description };
}

function root(name: string, properties: Json): Json {
  return { ...record(properties), xml: { name } };
}

function record(properties: Json, required = Object.keys(properties)): Json {
  return { type: 'object', required, properties, additionalProperties: false };
}
