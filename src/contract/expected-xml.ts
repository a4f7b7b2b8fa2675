/** The answers as the contract shows them, byte for byte, written out by hand. */

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

const DID_CREATED = { text: 'DID created', details: 'did_details' };

/** The success; with `did` where `test=1` asks for it. Of did_create, unless another call's text and element are given. */
export function successXml(id: number, did?: string, { text, details } = DID_CREATED): string {
  const shownDid = did === undefined ? '' : `    <did>${did}</did>\n`;
  return (
    `${DECLARATION}<page>\n` +
    `  <status>\n    <success>${text}</success>\n  </status>\n` +
    `  <${details}>\n    <id>${String(id)}</id>\n${shownDid}  </${details}>\n` +
    '</page>\n'
  );
}

/** An error in the frame of the vendor's page. */
export function errorXml(text: string): string {
  return `${DECLARATION}<page>\n  <status>\n    <error>${text}</error>\n  </status>\n</page>\n`;
}

/** An error as real servers write those that come before the call: `<status>` is the root. */
export function bareErrorXml(text: string): string {
  return `${DECLARATION}<status>\n  <error>${text}</error>\n</status>\n`;
}
