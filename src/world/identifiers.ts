/** Names that a tester gives to snapshots and sandboxes. They are parts of paths, in which `.` and `..` have another meaning. */
export const IDENTIFIER = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,64}$/;

/** What an identifier may be, for messages. */
export const IDENTIFIER_RULE = '1 to 64 of A-Z, a-z, 0-9, ".", "_" and "-", and neither "." nor ".."';

/** Whether a value may be the name of a snapshot or a sandbox. */
export function isIdentifier(value: unknown): value is string {
  return typeof value === 'string' && IDENTIFIER.test(value);
}
