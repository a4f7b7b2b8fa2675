/** A Markdown page without the blanks that prettier pads tables with, and without empty lines: what they say is what counts. */
export function unpadded(text: string): string {
  return text
    .replace(/ *\| */g, '|')
    .replace(/-{3,}/g, '---')
    .replace(/\n+/g, '\n')
    .trim();
}
