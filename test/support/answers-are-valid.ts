/**
 * For every test file: each answer of MOR's that a mock wrote in it, as the last step before it goes out, is valid by the schema that
 * the package ships. Distinct bodies are kept, and checked once when the file is done.
 */
import type * as PlainAnswers from '../../src/http/plain-answers.ts';

const bodies = new Set<string>();

jest.mock('../../src/http/plain-answers.ts', (): typeof PlainAnswers => {
  const actual = jest.requireActual<typeof PlainAnswers>('../../src/http/plain-answers.ts');
  return {
    ...actual,
    send: (res, status, headers, body) => {
      // What is no 200 is ours, or what a fault put in the answer's place.
      if (status === 200 && body.startsWith('<?xml')) bodies.add(body);
      actual.send(res, status, headers, body);
    },
  };
});

afterAll(async () => {
  if (bodies.size === 0) return;
  // Loaded here, for most test files write no answer.
  const { faultsBySchema } = await import('./valid-xml.ts');
  expect(await faultsBySchema([...bodies])).toEqual([]);
});
