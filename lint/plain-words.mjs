/** Lint rules that keep names and prose plain. The reasons and the words are in docs/contributing.md. */

/** Words that a reader has to read twice, and what to write instead. */
const WORDS = {
  anew: 'again',
  mend: 'fix',
  mends: 'fixes',
  mended: 'fixed',
  told: 'reported, logged, shown',
  'for to': 'because, in order to',
  'of ours': 'of the mock',
  'no text': 'not a string',
  'to the letter': 'exactly, byte for byte',
  'under way': 'in flight, pending',
  whoever: 'any caller, every client',
};

/** Texts of MOR that have one of the words. */
const ALLOWED = [];

const PATTERN = new RegExp(`\\b(?:${Object.keys(WORDS).join('|')})\\b`, 'i');

/** @type {import('eslint').Rule.RuleModule} */
const words = {
  meta: { type: 'suggestion', schema: [], messages: { word: 'Plain words: instead of "{{word}}" write {{instead}}.' } },
  create(context) {
    const check = (node, text) => {
      const word = PATTERN.exec(text)?.[0].toLowerCase();
      if (word === undefined || ALLOWED.some((allowed) => text.includes(allowed))) return;
      context.report({ loc: node.loc, messageId: 'word', data: { word, instead: WORDS[word] } });
    };
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) check(comment, comment.value.replace(/\s*\n\s*\*?\s*/g, ' '));
      },
      Literal(node) {
        if (typeof node.value === 'string') check(node, node.value);
      },
      TemplateElement(node) {
        check(node, node.value.raw);
      },
    };
  },
};

/** @type {import('eslint').Rule.RuleModule} */
const names = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: {
      limit: 'A limit is called MAX_… or MIN_…, not {{name}}.',
      of: 'A function is a verb: getX, parseX, formatX instead of {{name}}.',
    },
  },
  create(context) {
    const checkExport = (id) => {
      if (id?.type === 'Identifier' && /[a-z]Of$/.test(id.name)) context.report({ node: id, messageId: 'of', data: { name: id.name } });
    };
    return {
      VariableDeclarator({ id }) {
        if (id.type === 'Identifier' && /^(?:MOST|LONGEST|SHORTEST|FEWEST)_/.test(id.name))
          context.report({ node: id, messageId: 'limit', data: { name: id.name } });
      },
      'ExportNamedDeclaration > FunctionDeclaration'({ id }) {
        checkExport(id);
      },
      'ExportNamedDeclaration > VariableDeclaration > VariableDeclarator'({ id }) {
        checkExport(id);
      },
    };
  },
};

export default { rules: { words, names } };
