/** A value that several owners may hold. The first change to a shared value changes a copy. */
export class CopyOnWrite<T extends { copy: () => T }> {
  #value: T;
  /** Whether a snapshot, another store or a list reads the value, too. */
  #isShared = false;

  constructor(value: T) {
    this.#value = value;
  }

  /** The value, to be read. */
  get value(): T {
    return this.#value;
  }

  /** The value, for an owner who keeps it: it never changes again. */
  share(): T {
    this.#isShared = true;
    return this.#value;
  }

  /** The same for an owner who holds the value already; nothing happens if another one took its place. */
  shareIfCurrent(value: T): void {
    if (this.#value === value) this.#isShared = true;
  }

  /** Takes another value; `isShared` says whether somebody else holds it. */
  replace(value: T, isShared: boolean): void {
    this.#value = value;
    this.#isShared = isShared;
  }

  /** The value, to be changed: a copy of it if it is shared. */
  getChangeable(): T {
    if (this.#isShared) this.replace(this.#value.copy(), false);
    return this.#value;
  }
}
