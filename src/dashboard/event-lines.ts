/** Reads a stream of server-sent events. */

/** One event. */
export interface StreamEvent {
  readonly id: string;
  readonly name: string;
  /** JSON, as it came. */
  readonly data: string;
}

/** Creates a reader: it takes the text as it arrives and returns the events that are complete. Comments are left out. */
export function createEventReader(): (chunk: string) => readonly StreamEvent[] {
  let rest = '';
  return (chunk) => {
    const blocks = (rest + chunk).split(/\r?\n\r?\n/);
    rest = blocks.pop() ?? '';
    return blocks.flatMap(parseBlock);
  };
}

function parseBlock(block: string): readonly StreamEvent[] {
  const fields: Record<string, string> = {};
  for (const line of block.split(/\r?\n/)) {
    const [, name, value] = /^(id|event|data):? ?(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    fields[name] = name === 'data' && fields['data'] !== undefined ? `${fields['data']}\n${value}` : value;
  }
  const { id = '', event = 'message', data } = fields as { id?: string; event?: string; data?: string };
  return data === undefined ? [] : [{ id, name: event, data }];
}
