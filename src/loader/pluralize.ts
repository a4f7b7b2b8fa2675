/** `1 user`, `2 users`. */
export function pluralize(count: number, thing: string): string {
  return `${String(count)} ${thing}${count === 1 ? '' : 's'}`;
}
