/** One request of the journal as text for people. */
import type { RequestDetail } from './request-view.ts';
import { traceText } from './trace-text.ts';

/** What came, and the whole decision below it, as `mock-mor explain` prints it. Ends without a line feed. */
export function formatRequest(request: RequestDetail): string {
  const { request_id, at, method, path, state, outcome, answer, fault, notes = [], trace } = request;
  const status = answer === null ? state : `${state}, status ${String(answer.status)}`;
  const heading = `request ${request_id}: ${method} ${path} at ${at}, ${status}`;
  const underFault = fault === null ? [] : [`${fault}; without it:`];
  if (trace !== null) return [heading, ...underFault, '', traceText(trace)].join('\n');
  return [heading, ...(fault === null ? [] : [fault]), '', `no call was reached: ${outcome ?? 'it has not ended yet'}`, ...notes].join(
    '\n',
  );
}
