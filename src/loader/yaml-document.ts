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
  visit,
  type Document,
  type Node,
  type ScalarTag,
} from 'yaml';
import { quote, quoteIfHidden } from '../mor/quote.ts';
import { formatLocation, type IssueCollector, type Location, type Source } from './issues.ts';
import { createBrokenDocument, PLAIN_NUMBER, type Path, type SourceDocument } from './source-document.ts';
import { describeSyntaxErrors, TOO_DEEP } from './yaml-syntax.ts';

/** How many values aliases may stand for. A bomb of aliases makes a thousand of ten, and millions of a thousand. */
const MAX_ALIASED = 100_000;

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

const TOO_MANY_ALIASES = `Aliases stand for more than ${String(MAX_ALIASED)} values here. Write the values themselves, consecutive numbers as blocks.`;

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
    if (issues.count === before) findAmbiguities(document, source, issues);
    onProgress?.(TOKENS_SHARE);
    if (issues.count > before) return createBrokenDocument(source);
    return new YamlDocument(source, document, document.toJS({ maxAliasCount: MAX_ALIASED }), isJson);
  } catch (error) {
    // Thrown by the library for too many aliases, and by deep recursion.
    if (!(error instanceof ReferenceError || error instanceof RangeError)) throw error;
    issues.add(source, 0, '', error instanceof RangeError ? TOO_DEEP : TOO_MANY_ALIASES);
    return createBrokenDocument(source);
  }
}

class YamlDocument implements SourceDocument {
  readonly source: Source;
  readonly value: unknown;
  readonly state: 'readable' | 'empty';
  readonly #document: Document;
  readonly #isJson: boolean;

  constructor(source: Source, document: Document, value: unknown, isJson: boolean) {
    this.source = source;
    this.state = document.contents === null || isEmptyScalar(document.contents) ? 'empty' : 'readable';
    this.value = this.state === 'empty' ? {} : value;
    this.#document = document;
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
        const pair = parent.items.find((item) => isScalar(item.key) && item.key.source === step);
        key = isNode(pair?.key) ? pair.key : undefined;
        node = isNode(pair?.value) ? pair.value : undefined;
      } else {
        const item: unknown = isSeq(parent) ? parent.items[step as number] : undefined;
        node = isNode(item) ? item : undefined;
      }
    }
    return { node: node ?? key, key, around };
  }

  #resolve(node: Node | undefined): Node | undefined {
    return isAlias(node) ? node.resolve(this.#document) : node;
  }
}

/** Whether a scalar is written without quotes, and without a tag that says that it is text. */
function isPlain(node: unknown): node is Scalar & { readonly source: string } {
  return isScalar(node) && node.type === Scalar.PLAIN && node.tag === undefined && node.source !== undefined;
}

function isEmptyScalar(node: unknown): boolean {
  return isPlain(node) && node.source === '';
}

/** Adds an issue for each alias and key that leaves open which value is meant. */
function findAmbiguities(document: Document, source: Source, issues: IssueCollector): void {
  const add = ({ range }: Node, message: string): void => issues.add(source, range?.[0] ?? 0, '', message);
  visit(document, {
    Alias: (_, alias, ancestors) => {
      const target = alias.resolve(document);
      const name = quoteIfHidden(alias.source.slice(0, 60));
      if (target === undefined) add(alias, `The alias *${name} has no anchor &${name} before it.`);
      else if (ancestors.includes(target))
        add(alias, `The alias *${name} is inside its own anchor, so it would never end.`);
    },
    Map: (_, { items }) => {
      const first = new Map<string, Node>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const name = String(key.source);
        const before = first.get(name);
        if (before === undefined) first.set(name, key);
        else
          add(
            key,
            `The key ${quote(name)} is there twice, first at ${formatLocation(source, before.range?.[0] ?? 0)}.`,
          );
      }
    },
  });
}
