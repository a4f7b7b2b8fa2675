import fc from 'fast-check';

/** Texts that have broken parsers, look-ups and XML before. */
const AWKWARD = [
  '',
  ' ',
  '0',
  '\0',
  '\u0001\u0008\u000b\u001f\u007f\u0085',
  '\ufffe\uffff\ufeff',
  '\ud800',
  '\udfff\ud83d',
  '😀',
  '<a b="c">&amp;&#0;&x;]]>',
  '<?xml?><!-- -->',
  '%00%zz',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  '1e999',
  '9'.repeat(400),
  'a\r\nb',
  "'; drop table dids; --",
] as const;

/** Any text: of every code point, lone surrogates included. */
export function anyText(): fc.Arbitrary<string> {
  const anyUnit = fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit));
  return fc.oneof(
    fc.constantFrom(...AWKWARD),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.array(anyUnit, { maxLength: 20 }).map((units) => units.join('')),
    fc.stringMatching(/^[0-9 \t]{1,12}$/),
  );
}

/** The text as UTF-8 can hold it: every lone surrogate is U+FFFD. */
export function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
