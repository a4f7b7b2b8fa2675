/** Reads YAML into plain values, with the way back to where each was written. */
import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  Scalar,
  type Document,
  type Node,
  type Pair,
  type ScalarTag,
  type YAMLMap,
} from 'yaml';
import { quote } from '../mor/quote.ts';
import { findHeapOverflow } from './heap-limit.ts';
import { type IssueCollector, type Location, type Source } from './issues.ts';
import { createBrokenDocument, PLAIN_NUMBER, type Path, type SourceDocument } from './source-document.ts';
import { readValues, type AliasTargets, type YamlValues } from './yaml-values.ts';
import { describeSyntaxErrors, TOO_DEEP } from './yaml-syntax.ts';

/** After how many lines of a long text it is reported how much is read. */
const LINES_A_REPORT = 10_000;

/** The part of the time that reading the tokens takes; the rest makes values of them. */
const TOKENS_SHARE = 0.6;

/** How a text is read. */
export interface YamlOptions {
  /** Whether the text is JSON, so that null is never text. Default: false. */
  readonly isJson?: boolean | undefined;
  /** Gets how much is done, from 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/** A guess at what a scalar without quotes is. It has no tag that could be written. */
const guess = (test: RegExp, resolve: (text: string) => unknown): ScalarTag => ({
  identify: () => false,
  default: true,
  tag: 'tag:mock-mor,guess',
  test,
  resolve,
});

/** What a guess gets wrong is put right by the schema. */
const GUESSES = [
  guess(PLAIN_NUMBER, Number),
  guess(/^(?:true|false)$/, (text) => text === 'true'),
  guess(/^(?:null|Null|NULL|~)?$/, () => null),
];

/** Reads one YAML document. Every issue is added; one that has any is broken. */
export function parseYaml(
  text: string,
  { file, rank }: Source,
  issues: IssueCollector,
  { isJson = false, onProgress }: YamlOptions = {},
): SourceDocument {
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const lines = new LineCounter();
  const { addNewLine } = lines;
  lines.addNewLine = (offset) => {
    const line = addNewLine(offset);
    if (line % LINES_A_REPORT === 0) onProgress?.((TOKENS_SHARE * offset) / content.length);
    return line;
  };
  const locate = (offset: number): Location => {
    const { line, col: column } = lines.linePos(offset);
    return { line, column };
  };
  const source: Source = { file, rank, locate };
  const overflow = findHeapOverflow(content);
  if (overflow !== undefined) {
    issues.add({ file, rank, locate: () => overflow.location }, 0, '', overflow.message);
    return createBrokenDocument(source);
  }
  const before = issues.count;
  try {
    const document = parseDocument(content, {
      // Every scalar stays text, but for our guesses.
      schema: 'failsafe',
      customTags: GUESSES,
      resolveKnownTags: false,
      merge: false,
      lineCounter: lines,
      stringKeys: true,
      // The library compares each key with each; repeated ones are found below.
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'error',
    });
    for (const { offset, message } of describeSyntaxErrors(document, content, lines))
      issues.add(source, offset, '', message);
    onProgress?.(TOKENS_SHARE);
    const values = issues.count > before ? undefined : readValues(document, source, issues);
    if (values === undefined) return createBrokenDocument(source);
    return new YamlDocument(source, document, values, isJson);
  } catch (error) {
    // Thrown by deep recursion.
    if (!(error instanceof RangeError)) throw error;
    issues.add(source, 0, '', TOO_DEEP);
    return createBrokenDocument(source);
  }
}

class YamlDocument implements SourceDocument {
  readonly source: Source;
  readonly value: unknown;
  readonly state: 'readable' | 'empty';
  readonly #document: Document;
  readonly #targets: AliasTargets;
  readonly #isJson: boolean;
  readonly #pairs = new WeakMap<YAMLMap, ReadonlyMap<unknown, Pair>>();

  constructor(source: Source, document: Document, { value, targets }: YamlValues, isJson: boolean) {
    this.source = source;
    this.state = document.contents === null || isEmptyScalar(document.contents) ? 'empty' : 'readable';
    this.value = this.state === 'empty' ? {} : value;
    this.#document = document;
    this.#targets = targets;
    this.#isJson = isJson;
  }

  offset(path: Path): number {
    const { node, around } = this.#find(path);
    return (node ?? around)?.range?.[0] ?? 0;
  }

  keyOffset(path: Path): number {
    return this.#find(path).key?.range?.[0] ?? this.offset(path);
  }

  describe(path: Path): string {
    const node = this.#resolve(this.#find(path).node);
    if (isMap(node)) return 'a map';
    if (isSeq(node)) return 'a list';
    if (!isScalar(node) || isEmptyScalar(node)) return 'nothing';
    if (this.#isJson && node.value === null) return 'null';
    return isPlain(node) ? quote(node.source) : `the text ${quote(String(node.value))}`;
  }

  plainText(path: Path): string | undefined {
    const node = this.#resolve(this.#find(path).node);
    if (!isPlain(node) || (this.#isJson && node.value === null)) return undefined;
    return node.source;
  }

  /** The value at a path, its key if it is in a map, and the nearest value around it. Aliases are followed. */
  #find(path: Path): {
    readonly node?: Node | undefined;
    readonly key?: Node | undefined;
    readonly around?: Node | undefined;
  } {
    let node = this.#document.contents ?? undefined;
    let [key, around]: (Node | undefined)[] = [];
    for (const step of path) {
      const parent = this.#resolve(node);
      around = node ?? around;
      key = undefined;
      if (isMap(parent)) {
        const pair = this.#indexPairs(parent).get(step);
        key = isNode(pair?.key) ? pair.key : undefined;
        node = isNode(pair?.value) ? pair.value : undefined;
      } else {
        const item: unknown = isSeq(parent) ? parent.items[step as number] : undefined;
        node = isNode(item) ? item : undefined;
      }
    }
    return { node: node ?? key, key, around };
  }

  /** The pairs of a map by their keys. A map of very many unknown keys has very many issues to find. */
  #indexPairs(map: YAMLMap): ReadonlyMap<unknown, Pair> {
    const known = this.#pairs.get(map);
    if (known !== undefined) return known;
    const index = new Map(map.items.map((pair) => [isScalar(pair.key) ? pair.key.source : undefined, pair]));
    this.#pairs.set(map, index);
    return index;
  }

  #resolve(node: Node | undefined): Node | undefined {
    return isAlias(node) ? this.#targets.get(node) : node;
  }
}

/** Whether a scalar is written without quotes, and without a tag that says that it is text. */
function isPlain(node: unknown): node is Scalar & { readonly source: string } {
  return isScalar(node) && node.type === Scalar.PLAIN && node.tag === undefined && node.source !== undefined;
}

function isEmptyScalar(node: unknown): boolean {
  return isPlain(node) && node.source === '';
}
