import { NumberTable } from './number-table.ts';

/** What the keys of one leaf are kept in. */
interface Entries<Key, Value> extends Iterable<[Key, Value]> {
  readonly size: number;
  get(key: Key): Value | undefined;
  has(key: Key): boolean;
  set(key: Key, value: Value): unknown;
  delete(key: Key): unknown;
  keys(): Iterable<Key>;
  values(): Iterable<Value>;
}

/** How a map keeps what is in its leaves. */
interface LeafKind<Key, Value> {
  /** Gives what holds the same as another, or nothing. */
  readonly entries: (from?: Entries<Key, Value>) => Entries<Key, Value>;
  /** How many keys a leaf holds before it becomes a branch. */
  readonly most: number;
  /** At how many bits of a key's hash a branch looks. */
  readonly bits: number;
  /** 32 bits; keys that share them share a leaf. */
  readonly hash: (key: Key) => number;
}

/** For keys of any kind. */
const ANYTHING: LeafKind<string | number, never> = { entries: (from) => new Map(from), most: 32, bits: 3, hash: hashOf };

/**
 * How many numbers that follow each other come to lie in one leaf, as whoever makes numbers one after the other finds them in the
 * processor's cache. So many fill a table of the next power of two to its three quarters.
 */
const NEIGHBOURS = 96;

/** For numbers by numbers other than 0: less than a third of the room, and nothing for the garbage collector to do. */
export const NUMBERS: LeafKind<number, number> = {
  entries: (from) => new NumberTable(from as NumberTable | undefined),
  most: 8 * NEIGHBOURS,
  bits: 6,
  hash: (key) => hashOf(Math.floor(key / NEIGHBOURS)),
};

const HASH_BITS = 32;

/** Who may change a node in place: the one map whose token it bears. */
type Owner = object;

interface Leaf<Key, Value> {
  readonly owner: Owner;
  readonly entries: Entries<Key, Value>;
}

interface Branch<Key, Value> {
  readonly owner: Owner;
  /** By the next bits of the hash. */
  readonly children: (Node<Key, Value> | undefined)[];
}

type Node<Key, Value> = Leaf<Key, Value> | Branch<Key, Value>;

/**
 * A map that is copied in constant time, whatever it holds: the copies share their nodes, and one that is changed copies
 * only what it changes. Chained layers would do it too, but they grow with every copy, and making them short again takes time.
 */
export class SharedMap<Key extends string | number, Value> {
  #root: Node<Key, Value> | undefined;
  #size = 0;
  #owner: Owner = {};
  readonly #kind: LeafKind<Key, Value>;

  constructor(kind?: LeafKind<Key, Value>) {
    this.#kind = kind ?? (ANYTHING as unknown as LeafKind<Key, Value>);
  }

  get size(): number {
    return this.#size;
  }

  get(key: Key): Value | undefined {
    return this.#leafFor(this.#kind.hash(key))?.entries.get(key);
  }

  has(key: Key): boolean {
    return this.get(key) !== undefined;
  }

  /** Sets the value of a key, new or not. */
  set(key: Key, value: Value): void {
    const hash = this.#kind.hash(key);
    const leaf = this.#leafFor(hash);
    // Whoever owns a leaf owns the branches above it, so there is nothing to copy.
    if (leaf?.owner === this.#owner && leaf.entries.size < this.#kind.most) {
      const before = leaf.entries.size;
      leaf.entries.set(key, value);
      this.#size += leaf.entries.size - before;
      return;
    }
    if (leaf?.entries.has(key) !== true) this.#size += 1;
    this.#root = this.#withEntry(this.#root, key, value, hash, 0);
  }

  delete(key: Key): void {
    if (!this.has(key)) return;
    this.#size -= 1;
    this.#root = this.#size === 0 ? undefined : this.#withoutKey(this.#root, key, this.#kind.hash(key));
  }

  /** In no order. */
  *values(): Generator<Value> {
    for (const { entries } of leavesOf(this.#root)) yield* entries.values();
  }

  /** In no order. */
  *keys(): Generator<Key> {
    for (const { entries } of leavesOf(this.#root)) yield* entries.keys();
  }

  /** Another map that holds the same. What is changed in one of them does not change the other. */
  copy(): SharedMap<Key, Value> {
    const copy = new SharedMap(this.#kind);
    copy.#root = this.#root;
    copy.#size = this.#size;
    // From now on neither owns a node of those they share.
    this.#owner = {};
    return copy;
  }

  /** The leaf that has the keys of a hash, if there are any. */
  #leafFor(hash: number): Leaf<Key, Value> | undefined {
    const { bits } = this.#kind;
    const mask = (1 << bits) - 1;
    let node = this.#root;
    for (let left = hash; node !== undefined && 'children' in node; left >>>= bits) node = node.children[left & mask];
    return node;
  }

  #withEntry(node: Node<Key, Value> | undefined, key: Key, value: Value, hash: number, depth: number): Node<Key, Value> {
    if (node === undefined) {
      const entries = this.#kind.entries();
      entries.set(key, value);
      return { owner: this.#owner, entries };
    }
    const { bits, most } = this.#kind;
    if ('children' in node) {
      const branch = this.#owned(node);
      const place = hash & ((1 << bits) - 1);
      branch.children[place] = this.#withEntry(branch.children[place], key, value, hash >>> bits, depth + 1);
      return branch;
    }
    // Where the hash has no bits left to tell keys apart, a leaf holds any number of them.
    if (node.entries.size >= most && !node.entries.has(key) && depth * bits < HASH_BITS) {
      return this.#withEntry(this.#split(node, depth), key, value, hash, depth);
    }
    const leaf = this.#owned(node);
    leaf.entries.set(key, value);
    return leaf;
  }

  #split(leaf: Leaf<Key, Value>, depth: number): Branch<Key, Value> {
    const { bits, hash } = this.#kind;
    const branch: Branch<Key, Value> = { owner: this.#owner, children: new Array<undefined>(1 << bits).fill(undefined) };
    for (const [key, value] of leaf.entries) this.#withEntry(branch, key, value, hash(key) >>> (depth * bits), depth);
    return branch;
  }

  #withoutKey(node: Node<Key, Value> | undefined, key: Key, hash: number): Node<Key, Value> | undefined {
    if (node === undefined) return undefined;
    const mine = this.#owned(node);
    if ('children' in mine) {
      const { bits } = this.#kind;
      const place = hash & ((1 << bits) - 1);
      mine.children[place] = this.#withoutKey(mine.children[place], key, hash >>> bits);
      return mine;
    }
    mine.entries.delete(key);
    return mine.entries.size === 0 ? undefined : mine;
  }

  /** The node itself where only this map has it, else a copy of it. */
  #owned<Kind extends Node<Key, Value>>(node: Kind): Kind;
  #owned(node: Node<Key, Value>): Node<Key, Value> {
    if (node.owner === this.#owner) return node;
    return 'children' in node
      ? { owner: this.#owner, children: [...node.children] }
      : { owner: this.#owner, entries: this.#kind.entries(node.entries) };
  }
}

function* leavesOf<Key, Value>(node: Node<Key, Value> | undefined): Generator<Leaf<Key, Value>> {
  if (node === undefined) return;
  if ('children' in node) for (const child of node.children) yield* leavesOf(child);
  else yield node;
}

/** 32 bits that differ where keys do, the low ones too. */
function hashOf(key: string | number): number {
  let hash = 0x811c9dc5;
  if (typeof key === 'number') hash ^= key ^ (key / 2 ** 32);
  else for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
