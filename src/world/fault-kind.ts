/** The kind of a fault that the journal shows (`fault 3: HTTP 503 after the call`), without what is its own; undefined where none was fired. */
export function faultKind(fault: string | undefined): string | undefined {
  if (fault === undefined) return undefined;
  return /^fault \d+: (error|delay|connection [a-z]+|HTTP \d{3}|content type)/.exec(fault)?.[1] ?? 'other';
}

/** Whether MOR's answer came to the client all the same: late, slow, forced, or under another content type. */
export function leavesTheAnswer(fault: string | undefined): boolean {
  return fault === undefined || ['error', 'delay', 'connection drip', 'content type'].includes(faultKind(fault) ?? '');
}
