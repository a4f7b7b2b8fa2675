/**
 * The XML around the values of a reply. Each shape of reply is built by xmlbuilder2 when it is first used, with a placeholder
 * for each value; later replies of the same shape fill in the values.
 */
import type * as XmlBuilder from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
import { isReplyList, type Reply, type ReplyContent, type ReplyList } from '../mor/reply.ts';

/** Marks a value in a template: a private-use character that no element name has. */
const PLACEHOLDER = '\uE000';

/** XML cut at its values: one part more than there are values. */
export type XmlTemplate = readonly string[];

/** A value of a reply: a text, or a list with the depth of the element around it. */
export type ReplyValue = string | { readonly list: ReplyList; readonly depth: number };

const templates = new Map<string, XmlTemplate>();

/** The template of a reply, from the declaration on. The values are appended to `values`, in the order of their places. */
export function getDocumentTemplate({ root, content, isStandalone = false }: Reply, values: ReplyValue[]): XmlTemplate {
  const key = `${isStandalone ? 'standalone ' : ''}${root}${describeShape(content, 0, values)}`;
  return getOrBuild(key, () => `${build({ [root]: content }, isStandalone).end({ prettyPrint: true, indent: '  ' })}\n`);
}

/** The template of one item of a list whose elements are `depth` levels deep. */
export function getItemTemplate(element: string, content: ReplyContent, depth: number, values: ReplyValue[]): XmlTemplate {
  const key = `${String(depth)} ${element}${describeShape(content, depth, values)}`;
  return getOrBuild(key, () => {
    const xml = build({ [element]: content }).end({ prettyPrint: true, indent: '  ', headless: true });
    return xml.replace(/^/gm, '  '.repeat(depth));
  });
}

function getOrBuild(key: string, buildXml: () => string): XmlTemplate {
  let template = templates.get(key);
  if (template === undefined) {
    template = buildXml().split(PLACEHOLDER);
    templates.set(key, template);
  }
  return template;
}

/** The names of the elements, in their order and nesting: what makes two replies have the same template. */
function describeShape(content: ReplyContent, depth: number, values: ReplyValue[]): string {
  if (typeof content === 'string') {
    values.push(content);
    return '.';
  }
  if (isReplyList(content)) {
    values.push({ list: content, depth });
    return '*';
  }
  let shape = '(';
  for (const name in content) shape += `${name}${describeShape(content[name] ?? '', depth + 1, values)} `;
  return `${shape})`;
}

function build(elements: { readonly [name: string]: ReplyContent }, isStandalone = false): XMLBuilder {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loading it takes as long as loading Express
  const { create } = require('xmlbuilder2') as typeof XmlBuilder;
  const document = create({ version: '1.0', ...(isStandalone ? { encoding: 'utf-8', standalone: true } : { encoding: 'UTF-8' }) });
  append(document, elements);
  return document;
}

function append(parent: XMLBuilder, elements: { readonly [name: string]: ReplyContent }): void {
  for (const [name, content] of Object.entries(elements)) {
    const element = parent.ele(name);
    if (typeof content === 'string' || isReplyList(content)) element.txt(PLACEHOLDER);
    else append(element, content);
  }
}
