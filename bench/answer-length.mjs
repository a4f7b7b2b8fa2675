const HEAD_END = '\r\n\r\n';

/** The length of the whole answer that the bytes begin with; undefined while that is not known, or not all is there. */
export function answerLength(bytes) {
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd < 0) return undefined;
  const head = bytes.latin1Slice(0, headEnd);
  const told = /content-length: *(\d+)/i.exec(head);
  if (told !== null) {
    const length = headEnd + HEAD_END.length + Number(told[1]);
    return bytes.length >= length ? length : undefined;
  }
  if (!/transfer-encoding: *chunked/i.test(head)) throw new Error(`an answer without a length:\n${head}`);
  const end = bytes.indexOf('0\r\n\r\n', headEnd + HEAD_END.length, 'latin1');
  return end < 0 ? undefined : end + 5;
}
