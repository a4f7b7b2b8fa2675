import type { OPTIONS } from '../options.ts';
import type { Values } from './arguments.ts';

/** What the server bears from its clients, as the log tells it at the start. */
export function limitsText(options: Values<typeof OPTIONS>): string {
  const { maxBodyBytes, maxHeaderBytes, maxParameters, headersTimeoutMs, requestTimeoutMs, keepAliveTimeoutMs } = options;
  const sizes = `${String(maxBodyBytes)} bytes of body, ${String(maxHeaderBytes)} of headers, ${String(maxParameters)} parameters`;
  const times = `headers ${waitText(headersTimeoutMs)}, request ${waitText(requestTimeoutMs)}, keep-alive ${waitText(keepAliveTimeoutMs)}`;
  return `limits: ${sizes}; time-outs: ${times}`;
}

function waitText(ms: number): string {
  return ms === 0 ? 'none' : `${String(ms)} ms`;
}
