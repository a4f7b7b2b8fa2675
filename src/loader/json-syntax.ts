/**
 * What is wrong with text that should be JSON, as a sentence; undefined if nothing is. Nothing of the text is in it: that may hold keys.
 * For bodies and files whose values then are read by other means.
 */
export function checkJson(text: string): string | undefined {
  if (text.trim() === '') return undefined;
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
    return undefined;
  } catch (error) {
    return `is not JSON: ${describeJsonError(error, text)}.`;
  }
}

/** The words of Node's error, with the line and column if it has the position. */
function describeJsonError(error: unknown, text: string): string {
  const reason = error instanceof Error ? error.message : String(error);
  const words = reason
    .replace(/(?: in JSON)? at position \d+[\s\S]*$/, '')
    .replace(/, (?:\.\.\.)?"[\s\S]* is not valid JSON$/, '');
  const position = /at position (\d+)/.exec(reason)?.[1];
  if (position === undefined) return words;
  const lines = text.slice(0, Number(position)).split('\n');
  return `${words} at line ${String(lines.length)}, column ${String((lines.at(-1)?.length ?? 0) + 1)}`;
}
