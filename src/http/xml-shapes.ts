import type * as XmlBuilder from 'xmlbuilder2';
import type { Details } from '../mor/reply.ts';

/** Stands in a shape where a value goes: a private-use character that no element name and no text of ours has. */
export const SLOT = '\uE000';

/** An answer's XML cut at its slots. */
export type Shape = readonly string[];

/**
 * The shapes of today's calls, for to load xmlbuilder2 takes as long as Express: a server that needs no other starts without
 * it. They are what it builds, which a test proves.
 */
export const READY_SHAPES: Readonly<Record<string, string>> = {
  'page error': `<?xml version="1.0" encoding="UTF-8"?>
<page>
  <status>
    <error>${SLOT}</error>
  </status>
</page>
`,
  'status error': `<?xml version="1.0" encoding="UTF-8"?>
<status>
  <error>${SLOT}</error>
</status>
`,
  'page success did_details id': `<?xml version="1.0" encoding="UTF-8"?>
<page>
  <status>
    <success>${SLOT}</success>
  </status>
  <did_details>
    <id>${SLOT}</id>
  </did_details>
</page>
`,
  'page success did_details id did': `<?xml version="1.0" encoding="UTF-8"?>
<page>
  <status>
    <success>${SLOT}</success>
  </status>
  <did_details>
    <id>${SLOT}</id>
    <did>${SLOT}</did>
  </did_details>
</page>
`,
};

/** Every shape that there is so far, by its words: root, outcome, then the details' element and the names of its fields. */
const shapes = new Map<string, Shape>(Object.entries(READY_SHAPES).map(([words, xml]) => [words, xml.split(SLOT)]));

/** The shape of an answer, with the details of a success. */
export function shapeOf(root: 'page' | 'status', outcome: 'error' | 'success', details?: Details): Shape {
  let words = `${root} ${outcome}`;
  if (details !== undefined) {
    words += ` ${details.element}`;
    for (const [name] of details.fields) words += ` ${name}`;
  }
  let shape = shapes.get(words);
  if (shape === undefined) {
    shape = builtShape(words).split(SLOT);
    shapes.set(words, shape);
  }
  return shape;
}

/** A shape as xmlbuilder2 builds it, with its slots. */
export function builtShape(words: string): string {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded for the first shape that is not ready
  const { create } = require('xmlbuilder2') as typeof XmlBuilder;
  const [root, outcome = '', element, ...fields] = words.split(' ');
  const document = create({ version: '1.0', encoding: 'UTF-8' });
  const top = root === 'page' ? document.ele('page') : document;
  top.ele('status').ele(outcome).txt(SLOT);
  if (element !== undefined) {
    const details = top.ele(element);
    for (const field of fields) details.ele(field).txt(SLOT);
  }
  return `${document.end({ prettyPrint: true, indent: '  ' })}\n`;
}
