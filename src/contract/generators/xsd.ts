/** The answers of MOR's API as an XML Schema 1.0. */
import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
import { MOR_ERRORS, type MorError } from '../../mor/errors.ts';
import type { Call } from '../../mor/define-call.ts';
import { MAX_ID } from '../../mor/model.ts';
import { record, type AnswerField, type AnswerShape } from '../../mor/reply.ts';
import { describeField, GENERATED_NOTICE, type DescribedApi } from './described-api.ts';

const NAMESPACE = 'http://www.w3.org/2001/XMLSchema';

const DESCRIPTION =
  "What MOR's API answers. The root is page, or action in the calls that log in and out; under the setting error_envelope: bare an error that comes before the call has " +
  'status as its root. Elements that several calls answer with are described together.';

/** A text that an answer may hold, and what it means. */
type Text = readonly [text: string, description: string];

/** The schema as text. Every answer of a call and of an unknown call is valid by it. */
export function buildXsd({ calls, version }: Pick<DescribedApi, 'calls' | 'version'>): string {
  const document = create({ version: '1.0', encoding: 'UTF-8' });
  document.com(` ${GENERATED_NOTICE} `);
  const schema = document.ele(NAMESPACE, 'xs:schema', { elementFormDefault: 'qualified', version });
  annotate(schema, DESCRIPTION);
  addElement(schema, 'page', listPages(calls));
  const actions = calls.filter(({ form }) => form.root === 'action');
  if (actions.length > 0)
    addElement(
      schema,
      'action',
      actions.flatMap(({ answer, ownErrors }) => [answer, ...Object.values(ownErrors)]),
    );
  addElement(schema, 'status', [error('status')]);
  const errors = Object.values<MorError>(MOR_ERRORS);
  const successes = calls.filter(({ success }) => success !== 'success');
  addTexts(
    schema,
    'SuccessText',
    successes.map(({ success, name, summary }): Text => [success, `${name} ${summary}.`]),
  );
  addTexts(schema, 'ErrorText', errors.flatMap(listTexts));
  addTexts(schema, 'PreCallErrorText', errors.filter(({ isPreCallError }) => isPreCallError).flatMap(listTexts));
  addValueTypes(schema);
  return `${document.end({ prettyPrint: true, indent: '  ' })}\n`;
}

const error = (frame: 'status' | 'page'): AnswerShape =>
  record({ error: { kind: 'field', type: 'string', description: frame === 'status' ? 'PreCallErrorText' : 'ErrorText' } });

/** What a page may hold: the success of each call, and errors in both frames. */
function listPages(calls: readonly Call[]): readonly AnswerShape[] {
  const inPage = calls.some(({ errorFrame }) => errorFrame === 'page') ? [error('page')] : [];
  return [
    ...calls
      .filter(({ form }) => form.root === 'page')
      .flatMap(({ answer, legacyAnswer }) => [answer, ...(legacyAnswer === undefined ? [] : [legacyAnswer])]),
    record({ status: error('page') }),
    ...inPage,
  ];
}

function listTexts({ text, legacyText, description }: MorError): readonly Text[] {
  const legacy = legacyText === undefined ? [] : [[legacyText, `${description} The text of older servers.`] as const];
  return [[text, description], ...legacy];
}

/** An element that has one of these shapes. */
function addElement(parent: XMLBuilder, name: string, shapes: readonly AnswerShape[], occurs: Record<string, string | number> = {}): void {
  const records = shapes.filter((shape) => shape.kind === 'record');
  const lists = shapes.filter((shape) => shape.kind === 'list');
  const [first] = shapes;
  if (records.length + lists.length === 0) {
    const element = parent.ele('xs:element', { name, type: getType(name, shapes), ...occurs });
    if (first?.kind === 'field' && !(first.description in TEXT_TYPES)) annotate(element, describeField(first));
    return;
  }
  const hasText = records.length + lists.length < shapes.length;
  const type = parent.ele('xs:element', { name, ...occurs }).ele('xs:complexType', hasText ? { mixed: 'true' } : {});
  if (records.length > 0)
    addContent(
      hasText ? type.ele('xs:sequence', { minOccurs: 0 }) : type,
      records.map(({ elements }) => Object.entries(elements)),
    );
  else {
    const element = lists[0]?.element ?? '';
    addElement(
      type.ele('xs:sequence'),
      element,
      lists.map(({ item }) => item),
      { minOccurs: 0, maxOccurs: 'unbounded' },
    );
  }
}

type Sequence = readonly (readonly [name: string, shape: AnswerShape])[];

/** Elements in one of these orders: a choice by the first element, then by what follows it. */
function addContent(parent: XMLBuilder, sequences: readonly Sequence[]): void {
  const groups = new Map<string, Sequence[]>();
  for (const sequence of sequences) {
    const [first] = sequence;
    if (first !== undefined) groups.set(first[0], [...(groups.get(first[0]) ?? []), sequence]);
  }
  const holder = groups.size === 1 ? parent.ele('xs:sequence') : parent.ele('xs:choice');
  for (const [name, group] of groups) {
    const shapes = group.flatMap(([first]) => first?.[1] ?? []);
    const rests = group.map((sequence) => sequence.slice(1));
    const isOptional = shapes.every((shape) => shape.kind === 'field' && shape.onlyIf !== undefined);
    const target = groups.size === 1 || rests.every((rest) => rest.length === 0) ? holder : holder.ele('xs:sequence');
    addElement(target, name, shapes, isOptional ? { minOccurs: 0 } : {});
    addRest(target, rests);
  }
}

function addRest(target: XMLBuilder, rests: readonly Sequence[]): void {
  if (rests.every((rest) => rest.length === 0)) return;
  if (rests.every((rest) => rest.length > 0) && new Set(rests.map(([first]) => first?.[0])).size === 1) {
    const [first] = rests;
    const shapes = rests.flatMap((rest) => rest[0]?.[1] ?? []);
    const isOptional = shapes.every((shape) => shape.kind === 'field' && shape.onlyIf !== undefined);
    addElement(target, first?.[0]?.[0] ?? '', shapes, isOptional ? { minOccurs: 0 } : {});
    addRest(
      target,
      rests.map((rest) => rest.slice(1)),
    );
    return;
  }
  const isOptional = rests.some((rest) => rest.length === 0);
  addContent(isOptional ? target.ele('xs:sequence', { minOccurs: 0 }) : target, rests);
}

const TEXT_TYPES: Readonly<Record<string, true>> = { ErrorText: true, PreCallErrorText: true };

function getType(name: string, shapes: readonly AnswerShape[]): string {
  if (shapes.every((shape) => shape.kind === 'text')) return name === 'success' ? 'SuccessText' : 'xs:string';
  const types = new Set(shapes.map((shape) => (shape.kind === 'field' ? getFieldType(shape) : 'xs:string')));
  return types.size === 1 ? ([...types][0] ?? 'xs:string') : 'xs:string';
}

function getFieldType({ type, description }: AnswerField): string {
  if (description in TEXT_TYPES) return description;
  return { id: 'Id', digits: 'Digits', string: 'xs:string' }[type];
}

function addTexts(schema: XMLBuilder, name: string, texts: readonly Text[]): void {
  const restriction = schema.ele('xs:simpleType', { name }).ele('xs:restriction', { base: 'xs:string' });
  for (const [value, description] of texts) annotate(restriction.ele('xs:enumeration', { value }), description);
}

function addValueTypes(schema: XMLBuilder): void {
  const id = schema.ele('xs:simpleType', { name: 'Id' }).ele('xs:restriction', { base: 'xs:int' });
  id.ele('xs:minInclusive', { value: 1 });
  id.ele('xs:maxInclusive', { value: MAX_ID });
  const digits = schema.ele('xs:simpleType', { name: 'Digits' }).ele('xs:restriction', { base: 'xs:string' });
  digits.ele('xs:pattern', { value: '[0-9]+' });
}

function annotate(element: XMLBuilder, text: string): void {
  element.ele('xs:annotation').ele('xs:documentation').txt(text);
}
