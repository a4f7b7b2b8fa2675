/** Names that a tester gives to snapshots and sandboxes. They stand in paths, where `.` and `..` would lead elsewhere. */
export const NAME = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,64}$/;

/** What a name may be, in words. */
export const NAME_RULE = '1 to 64 of A-Z, a-z, 0-9, ".", "_" and "-", and neither "." nor ".."';

/** Whether a value may be the name of a snapshot or a sandbox. */
export function isName(value: unknown): value is string {
  return typeof value === 'string' && NAME.test(value);
}
