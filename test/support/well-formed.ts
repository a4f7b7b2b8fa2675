import { SaxesParser } from 'saxes';

/** Parses a document strictly as XML 1.0 and gives the path and text of each element that holds text. Throws where it is not well-formed. */
export function parsedXml(document: string): readonly (readonly [path: string, text: string])[] {
  return parseLeaves(document).filter(([, text]) => text !== '');
}

/** The same, with the elements that hold nothing. */
export function parseLeaves(document: string): readonly (readonly [path: string, text: string])[] {
  const parser = new SaxesParser();
  const open: string[] = [];
  const found: (readonly [string, string])[] = [];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (Object.keys(attributes).length > 0) throw new Error(`<${name}> has attributes`);
    open.push(name);
    isEmpty = true;
  });
  let isEmpty = false;
  parser.on('closetag', () => {
    if (isEmpty) found.push([open.join('/'), '']);
    isEmpty = false;
    open.pop();
  });
  parser.on('text', (text) => {
    if (text.trim() === '') return;
    isEmpty = false;
    found.push([open.join('/'), text]);
  });
  parser.write(document).close();
  return found;
}
