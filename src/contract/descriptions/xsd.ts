/** The answers of MOR's API as an XML Schema 1.0. */
import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
import type { AnswerField, Call } from '../../mor/call.ts';
import { MOR_ERRORS, type MorError } from '../../mor/errors.ts';
import { MAX_ID } from '../../mor/model.ts';
import { fieldInWords, MADE_BY, type DescribedApi } from './described-api.ts';

const NAMESPACE = 'http://www.w3.org/2001/XMLSchema';

const ABOUT =
  "What MOR's API answers. The root is page; under the setting error_envelope: bare an error that comes before the call has status as its root. " +
  'XML Schema 1.0 cannot say that details come with a success only, and with every one.';

/** A text that an answer may hold, and what it means. */
type Text = readonly [text: string, means: string];

/** The schema as text. Every answer of a call and of an unknown call is valid by it. */
export function xsdText({ calls, version }: Pick<DescribedApi, 'calls' | 'version'>): string {
  const document = create({ version: '1.0', encoding: 'UTF-8' });
  document.com(` ${MADE_BY} `);
  const schema = document.ele(NAMESPACE, 'xs:schema', { elementFormDefault: 'qualified', version });
  documented(schema, ABOUT);
  schema.ele('xs:element', { name: 'page', type: 'Page' });
  schema.ele('xs:element', { name: 'status', type: 'BareStatus' });
  addPage(schema, calls);
  addChoice(schema, 'Status', { success: 'SuccessText', error: 'ErrorText' });
  addChoice(schema, 'BareStatus', { error: 'EarlyErrorText' });
  addTexts(
    schema,
    'SuccessText',
    calls.map(({ success, name, about }): Text => [success, `${name} ${about}.`]),
  );
  addTexts(schema, 'ErrorText', Object.values<MorError>(MOR_ERRORS).flatMap(textsOf));
  addTexts(
    schema,
    'EarlyErrorText',
    Object.values<MorError>(MOR_ERRORS)
      .filter(({ beforeTheCall }) => beforeTheCall)
      .flatMap(textsOf),
  );
  addValues(schema);
  return `${document.end({ prettyPrint: true, indent: '  ' })}\n`;
}

function textsOf({ text, legacyText, means }: MorError): readonly Text[] {
  return [[text, means], ...(legacyText === undefined ? [] : [[legacyText, `${means} The text of older servers.`] as const])];
}

function addPage(schema: XMLBuilder, calls: readonly Call[]): void {
  const content = schema.ele('xs:complexType', { name: 'Page' }).ele('xs:sequence');
  content.ele('xs:element', { name: 'status', type: 'Status' });
  const choice = content.ele('xs:choice', { minOccurs: 0 });
  for (const element of new Set(calls.map(({ details }) => details.element))) {
    const details = choice.ele('xs:element', { name: element }).ele('xs:complexType').ele('xs:sequence');
    for (const field of fieldsOf(element, calls)) {
      const { name, holds, onlyIf } = field;
      const type = holds === 'id' ? 'Id' : 'Digits';
      documented(details.ele('xs:element', { name, type, ...(onlyIf === undefined ? {} : { minOccurs: 0 }) }), fieldInWords(field));
    }
  }
}

/** Calls may answer with details of one name: then what not all of them have may be missing. */
function fieldsOf(element: string, calls: readonly Call[]): readonly AnswerField[] {
  const all = calls.map(({ details }) => details).filter((details) => details.element === element);
  const fields = new Map(all.flatMap((details) => details.fields.map((field) => [field.name, field])));
  const isEverywhere = ({ name }: AnswerField): boolean => all.every((details) => details.fields.some((field) => field.name === name));
  return Array.from(fields.values(), (field) => (isEverywhere(field) ? field : { onlyIf: 'the call has it', ...field }));
}

function addChoice(schema: XMLBuilder, name: string, elements: Readonly<Record<string, string>>): void {
  const choice = schema.ele('xs:complexType', { name }).ele('xs:choice');
  for (const [element, type] of Object.entries(elements)) choice.ele('xs:element', { name: element, type });
}

function addTexts(schema: XMLBuilder, name: string, texts: readonly Text[]): void {
  const restriction = schema.ele('xs:simpleType', { name }).ele('xs:restriction', { base: 'xs:string' });
  for (const [value, means] of texts) documented(restriction.ele('xs:enumeration', { value }), means);
}

function addValues(schema: XMLBuilder): void {
  const id = schema.ele('xs:simpleType', { name: 'Id' }).ele('xs:restriction', { base: 'xs:int' });
  id.ele('xs:minInclusive', { value: 1 });
  id.ele('xs:maxInclusive', { value: MAX_ID });
  schema.ele('xs:simpleType', { name: 'Digits' }).ele('xs:restriction', { base: 'xs:string' }).ele('xs:pattern', { value: '[0-9]+' });
}

function documented(element: XMLBuilder, text: string): void {
  element.ele('xs:annotation').ele('xs:documentation').txt(text);
}
