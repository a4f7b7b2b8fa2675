/** Each level of the tree looks at this many bits of an index. */
const LEVEL_BITS = 5;
const WIDTH = 1 << LEVEL_BITS;
const LEVEL_MASK = WIDTH - 1;

/** Who may change a node in place: the one list whose token it bears. */
type Owner = object;

interface Leaf<Value> {
  readonly owner: Owner;
  readonly values: (Value | undefined)[];
}

interface Branch<Value> {
  readonly owner: Owner;
  readonly children: (Node<Value> | undefined)[];
}

type Node<Value> = Leaf<Value> | Branch<Value>;

/**
 * Values by whole numbers below 2^31, copied in constant time like a `SharedMap`: the copies share their nodes. Made for ids,
 * which follow each other: a value takes little more than a place in an array, and they come in order.
 */
export class SharedList<Value> {
  #root: Node<Value> | undefined;
  /** How many levels of branches stand above the leaves. */
  #height = 0;
  /** How many indices it has room for. */
  #room = WIDTH;
  #owner: Owner = {};
  readonly #nothing: Value | undefined;

  /** What stands where there is no value. With a number here, numbers are kept without a box around each. */
  constructor(nothing?: Value) {
    this.#nothing = nothing;
  }

  get(index: number): Value | undefined {
    const value = this.#leafFor(index)?.values[index & LEVEL_MASK];
    return value === this.#nothing ? undefined : value;
  }

  /** Sets a value; undefined takes it away. */
  set(index: number, value: Value | undefined): void {
    const leaf = this.#leafFor(index);
    // Whoever owns a leaf owns the branches above it, so there is nothing to copy.
    if (leaf?.owner === this.#owner) {
      leaf.values[index & LEVEL_MASK] = value ?? this.#nothing;
      return;
    }
    while (index >= this.#room) {
      // What was the whole tree becomes the first branch of a higher one.
      if (this.#root !== undefined) this.#root = { owner: this.#owner, children: [this.#root] };
      this.#height += 1;
      this.#room *= WIDTH;
    }
    this.#root = this.#withValue(this.#root, this.#height * LEVEL_BITS, index, value ?? this.#nothing);
  }

  /** The indices that hold a value, in their order. */
  indices(): Generator<number> {
    return indicesOf(this.#root, this.#height * LEVEL_BITS, 0, this.#nothing);
  }

  /** Another list that holds the same. What is changed in one of them does not change the other. */
  copy(): SharedList<Value> {
    const copy = new SharedList(this.#nothing);
    copy.#root = this.#root;
    copy.#height = this.#height;
    copy.#room = this.#room;
    // From now on neither owns a node of those they share.
    this.#owner = {};
    return copy;
  }

  /** The leaf that has the place of an index, if there is one. */
  #leafFor(index: number): Leaf<Value> | undefined {
    if (index < 0 || index >= this.#room) return undefined;
    let node = this.#root;
    for (let shift = this.#height * LEVEL_BITS; node !== undefined && 'children' in node; shift -= LEVEL_BITS) {
      node = node.children[(index >>> shift) & LEVEL_MASK];
    }
    return node;
  }

  #withValue(node: Node<Value> | undefined, shift: number, index: number, value: Value | undefined): Node<Value> {
    const place = (index >>> shift) & LEVEL_MASK;
    if (shift === 0) {
      const leaf = this.#ownLeaf(node as Leaf<Value> | undefined);
      leaf.values[place] = value;
      return leaf;
    }
    const branch = this.#ownBranch(node as Branch<Value> | undefined);
    branch.children[place] = this.#withValue(branch.children[place], shift - LEVEL_BITS, index, value);
    return branch;
  }

  #ownLeaf(leaf: Leaf<Value> | undefined): Leaf<Value> {
    if (leaf?.owner === this.#owner) return leaf;
    return { owner: this.#owner, values: leaf === undefined ? new Array<Value | undefined>(WIDTH).fill(this.#nothing) : [...leaf.values] };
  }

  #ownBranch(branch: Branch<Value> | undefined): Branch<Value> {
    if (branch?.owner === this.#owner) return branch;
    return { owner: this.#owner, children: [...(branch?.children ?? [])] };
  }
}

function* indicesOf<Value>(node: Node<Value> | undefined, shift: number, from: number, nothing: Value | undefined): Generator<number> {
  if (node === undefined) return;
  if ('children' in node) {
    for (const [place, child] of node.children.entries()) yield* indicesOf(child, shift - LEVEL_BITS, from + place * 2 ** shift, nothing);
    return;
  }
  for (const [place, value] of node.values.entries()) if (value !== nothing) yield from + place;
}
