/** What an editor shows: TypeScript's language service is asked for the docstring of every field, and for completions of words. */
import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '..', '..');
const FILE = join(ROOT, 'test', 'edited.ts');

/** A language service over one file of a user. */
function createService(text: string): ts.LanguageService {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path)).config,
    ts.sys,
    ROOT,
  );
  const readFile = (path: string): string | undefined => (path === FILE ? text : ts.sys.readFile(path));
  const host: ts.LanguageServiceHost = {
    getCompilationSettings: () => options,
    getScriptFileNames: () => [FILE],
    getScriptVersion: () => '1',
    getScriptSnapshot: (path) => {
      const content = readFile(path);
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    getCurrentDirectory: () => ROOT,
    getDefaultLibFileName: (settings) => ts.getDefaultLibFilePath(settings),
    fileExists: (path) => path === FILE || ts.sys.fileExists(path),
    readFile,
    readDirectory: (...args) => ts.sys.readDirectory(...args),
  };
  return ts.createLanguageService(host);
}

const TEXT = `
import { callHash, createMockMor, type MockMor } from '../src/index.ts';
import { assertAnswered, assertCalled, useMockMor } from '../src/testing.ts';
declare const mor: MockMor;
mor.requests({ outcome: '/*outcome*/' });
mor.requests({ call: '/*call*/' });
mor.requests({ fault: '/*fault*/' });
mor.requests({ state: '/*state*/' });
mor.dids({ status: '/*status*/' });
mor.addFault({ error: '/*error*/' });
mor.addFault({ connection: '/*connection*/' });
mor.addFault({ connection: 'reset', match: { call: '/*match*/' } });
mor.explain({}, { call: '/*explain*/' });
mor.hash('/*hash*/', {});
mor.patchSettings({ dialect: '/*dialect*/' });
callHash('/*callHash*/', {}, '');
assertAnswered(mor, '/*answered*/');
assertCalled(mor, '/*called*/');
useMockMor(globalThis as never, { isolation: '/*isolation*/' });
createMockMor({ fixtures: { users: [{ id: 1, username: 'a', type: 'reseller', /*user*/own_providers: true }] } });
createMockMor({ fixtures: { settings: { /*setting*/closed_did_days: 1 } } });
createMockMor({ /*option*/journalEntries: 1 });
mor.addFault({ connection: 'drip', /*rule*/drip_ms: 1 });
mor.patchSettings({ /*patch*/max_did_length: 1 });
mor.putDid({ did: '1', provider_id: 1, /*did*/closed_till: 1 });
mor.requests({ /*filter*/since: 1 });
mor.dids()[0]?./*view*/grace_time;
mor.faults()[0]?./*faultView*/fired;
mor.users()[0]?./*userView*/username;
mor.requests().requests[0]?./*request*/headers;
`;

const service = createService(TEXT);

/** Where a mark stands in the text: behind it. */
const behind = (mark: string): number => TEXT.indexOf(`/*${mark}*/`) + mark.length + 4;

test('the file of the user compiles, but for the words that are to be completed', () => {
  const messages = service.getSemanticDiagnostics(FILE).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  expect(messages.filter((message) => !/'"?\/\*|'"\/\*|"\/\*/.test(message))).toEqual([]);
});

test.each<[mark: string, words: readonly string[]]>([
  ['outcome', ['Incorrect hash', 'DID created', 'There is no such API']],
  ['call', ['did_create', 'dids_get']],
  ['fault', ['error', 'connection', 'reset']],
  ['state', ['pending', 'completed', 'aborted']],
  ['status', ['free', 'reserved', 'active', 'closed', 'terminated']],
  ['error', ['Incorrect hash', 'hashIncorrect', 'providerNotFound']],
  ['connection', ['reset', 'empty', 'truncated', 'hang', 'drip']],
  ['match', ['did_create', 'dids_get']],
  ['explain', ['did_create', 'dids_get']],
  ['hash', ['did_create', 'did_close']],
  ['dialect', ['current', 'legacy']],
  ['callHash', ['did_create', 'did_close']],
  ['answered', ['Incorrect hash', 'DID created']],
  ['called', ['did_create', 'did_close']],
  ['isolation', ['sandbox', 'port', 'reset']],
])('the words of %s complete', (mark, words) => {
  // Within the quotes, in front of the mark.
  const entries = service.getCompletionsAtPosition(FILE, behind(mark) - mark.length - 4, undefined)?.entries.map(({ name }) => name);
  expect(entries).toEqual(expect.arrayContaining([...words]));
});

test.each<[mark: string, doc: string]>([
  ['user', 'Reseller PRO: may use providers of their own. Default: false.'],
  ['setting', 'How many days a DID stays closed before it becomes free. Default: 90.'],
  ['option', 'Requests the journal keeps; 0 keeps none. Default: 1000.'],
  ['rule', 'Pause between two bytes of an answer that drips. Default: 50.'],
  ['patch', 'Width of the column dids.did. A longer number: "DID creation failed". Default: 255.'],
  ['did', 'Unix seconds; a closed DID becomes free then. Default: it stays closed.'],
  ['filter', 'Only those with a higher id.'],
  ['view', 'In seconds. Default: 0.'],
  ['faultView', 'How many requests it fired at.'],
  ['userView', 'What a caller sends as "u": text, matched exactly.'],
])('hovering over a field shows its description: %s', (mark, doc) => {
  const info = service.getQuickInfoAtPosition(FILE, behind(mark));
  expect(ts.displayPartsToString(info?.documentation)).toBe(doc);
});

/** Every field of the exported types of an entry, as `Type.field`, that has no docstring. */
function undocumented(entry: string): readonly string[] {
  const program = service.getProgram();
  const checker = program?.getTypeChecker();
  const source = program?.getSourceFile(join(ROOT, entry));
  if (checker === undefined || source === undefined) throw new Error(`${entry} is not in the program`);
  const found = new Set<string>();
  const seen = new Set<ts.Type>();
  const visit = (type: ts.Type, path: string): void => {
    if (seen.has(type)) return;
    seen.add(type);
    if (type.isUnionOrIntersection()) for (const part of type.types) visit(part, path);
    else if (checker.isArrayType(type)) for (const item of checker.getTypeArguments(type as ts.TypeReference)) visit(item, path);
    else if ((type.flags & ts.TypeFlags.Object) !== 0) for (const field of type.getProperties()) visitField(field, path);
  };
  const visitField = (field: ts.Symbol, path: string): void => {
    const file = field.declarations?.[0]?.getSourceFile().fileName ?? '';
    if (!file.startsWith(join(ROOT, 'src'))) return;
    if (field.getDocumentationComment(checker).length === 0) found.add(`${path}.${field.name}`);
    visit(checker.getTypeOfSymbol(field), `${path}.${field.name}`);
  };
  const module = checker.getSymbolAtLocation(source);
  for (const symbol of module === undefined ? [] : checker.getExportsOfModule(module)) {
    const target = (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
    if ((target.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias)) !== 0)
      visit(checker.getDeclaredTypeOfSymbol(target), symbol.name);
  }
  return [...found];
}

test.each(['src/index.ts', 'src/testing.ts'])('%s: every field of every exported type has a docstring', (entry) => {
  expect(undocumented(entry)).toEqual([]);
});
