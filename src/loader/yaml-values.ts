/** Makes plain values of YAML, and finds what leaves open which value is meant: aliases without an anchor, and keys that are there twice. */
import { isAlias, isMap, isScalar, isSeq, visit, type Alias, type Document, type Node, type YAMLMap } from 'yaml';
import { quote, quoteIfHidden } from '../mor/quote.ts';
import { formatLocation, type IssueCollector, type Source } from './issues.ts';

/** How many values aliases may stand for. A bomb of aliases makes a thousand of ten, and millions of a thousand. */
const MAX_ALIASED = 100_000;

const TOO_MANY_ALIASES = `Aliases stand for more than ${String(MAX_ALIASED)} values here. Write the values themselves, consecutive numbers as blocks.`;

/** What a document holds. */
export interface YamlValues {
  /** Maps, lists and scalars. What an alias stands for is a copy. */
  readonly value: unknown;
  readonly targets: AliasTargets;
}

/** What each alias stands for. The library looks through the whole document for each. */
export type AliasTargets = ReadonlyMap<Alias, Node>;

/** The values of a document without syntax errors; undefined, with every issue added, if some are not clear. */
export function readValues(document: Document, source: Source, issues: IssueCollector): YamlValues | undefined {
  const before = issues.count;
  const targets = resolveAliases(document, source, issues);
  const value = issues.count > before ? undefined : convert(document.contents, targets, source, issues);
  return issues.count > before ? undefined : { value, targets };
}

function resolveAliases(document: Document, source: Source, issues: IssueCollector): AliasTargets {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  visit(document, {
    Node: (_, node, ancestors) => {
      if (isMap(node)) reportRepeatedKeys(node, source, issues);
      if (!isAlias(node)) {
        if (node.anchor !== undefined) anchors.set(node.anchor, node);
        return;
      }
      const target = anchors.get(node.source);
      const name = quoteIfHidden(node.source.slice(0, 60));
      const add = (wrong: string): void => issues.add(source, findOffset(node), '', `The alias *${name} ${wrong}`);
      if (target === undefined) add(`has no anchor &${name} before it.`);
      else if (ancestors.includes(target)) add('is inside its own anchor, so it would never end.');
      else targets.set(node, target);
    },
  });
  return targets;
}

function reportRepeatedKeys({ items }: YAMLMap, source: Source, issues: IssueCollector): void {
  const firsts = new Map<string, Node>();
  for (const { key } of items) {
    if (!isScalar(key)) continue;
    const name = String(key.source);
    const first = firsts.get(name);
    if (first === undefined) firsts.set(name, key);
    else {
      const location = formatLocation(source, findOffset(first));
      issues.add(source, findOffset(key), '', `The key ${quote(name)} is there twice, first at ${location}.`);
    }
  }
}

function convert(root: unknown, targets: AliasTargets, source: Source, issues: IssueCollector): unknown {
  let countAliased = 0;
  const toValue = (node: unknown, alias?: Alias): unknown => {
    if (alias !== undefined && ++countAliased > MAX_ALIASED) {
      if (countAliased === MAX_ALIASED + 1) issues.add(source, findOffset(alias), '', TOO_MANY_ALIASES);
      return undefined;
    }
    if (isAlias(node)) return toValue(targets.get(node), alias ?? node);
    if (isScalar(node)) return node.value;
    if (isSeq(node)) return node.items.map((item) => toValue(item, alias));
    if (!isMap(node)) return null;
    const entries = node.items.map(
      ({ key, value }) => [isScalar(key) ? key.source : '', toValue(value, alias)] as const,
    );
    return Object.fromEntries(entries);
  };
  return toValue(root);
}

function findOffset({ range }: Node): number {
  return range?.[0] ?? 0;
}
