/** The answers as the contract shows them, byte for byte, written out by hand. */

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** The success; with `did` where `test=1` asks for it. */
export function successXml(id: number, did?: string): string {
  const shownDid = did === undefined ? '' : `    <did>${did}</did>\n`;
  return (
    `${DECLARATION}<page>\n` +
    '  <status>\n    <success>DID created</success>\n  </status>\n' +
    `  <did_details>\n    <id>${String(id)}</id>\n${shownDid}  </did_details>\n` +
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
