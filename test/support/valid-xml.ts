import { validateXML } from 'xmllint-wasm';
import { buildXsd } from '../../src/contract/generators/xsd.ts';
import { CALLS } from '../../src/mor/calls/index.ts';

/** As many documents as one run of the validator holds in its memory, with room to spare. */
const MAX_AT_ONCE = 400;

/** What is wrong with documents by a schema, each fault with its document. Default: the schema of MOR's answers. */
export async function faultsBySchema(
  documents: readonly string[],
  schema = buildXsd({ calls: CALLS, version: '0' }),
): Promise<readonly string[]> {
  const faults: string[] = [];
  for (let start = 0; start < documents.length; start += MAX_AT_ONCE) {
    const part = documents.slice(start, start + MAX_AT_ONCE);
    const xml = part.map((contents, i) => ({ fileName: `${String(i)}.xml`, contents }));
    const { valid, errors } = await validateXML({ xml, schema: [{ fileName: 'answers.xsd', contents: schema }] });
    // Beside each fault stands a line that its document "fails to validate", without a place. Others without one tell of the whole run.
    const told = errors.filter(({ message, loc }) => loc !== null || !message.endsWith(' fails to validate'));
    faults.push(...told.map(({ message, loc }) => (loc === null ? message : `${message} in ${part[parseInt(loc.fileName)] ?? ''}`)));
    if (!valid && told.length === 0) faults.push('not valid, and the validator does not say why');
  }
  return faults;
}
