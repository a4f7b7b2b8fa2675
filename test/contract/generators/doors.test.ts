/** The library, the admin API and the command give the descriptions that the package ships. */
import { readFileSync } from 'node:fs';
import supertest from 'supertest';
import { DESCRIPTIONS, descriptionPath, type DescriptionName } from '../../../src/control/descriptions.ts';
import { createMockMor } from '../../../src/index.ts';
import { run } from '../../cli/program.ts';

const TYPES: readonly (readonly [name: DescriptionName, type: string])[] = [
  ['openapi', 'application/yaml; charset=utf-8'],
  ['xsd', 'application/xml; charset=utf-8'],
];

test('each has its row here', () => {
  expect(TYPES.map(([name]) => name)).toEqual(Object.keys(DESCRIPTIONS));
});

describe.each(TYPES)('%s', (name, type) => {
  const file = readFileSync(descriptionPath(name), 'utf8');

  test('mor.describe, in a sandbox too', async () => {
    const mor = await createMockMor();
    expect(mor.describe(name)).toBe(file);
    expect(mor.createSandbox().describe(name)).toBe(file);
  });

  test('the admin API', async () => {
    const mor = await createMockMor();
    const answer = await supertest(mor.handler).get(`/__admin/describe/${name}`).buffer(true).parse(supertestText);
    expect({ status: answer.status, type: answer.headers['content-type'] }).toEqual({ status: 200, type });
    expect(answer.body as string).toBe(file);
  });

  test('the command', async () => {
    expect(await run(['describe', name])).toEqual({ status: 0, stdout: file, stderr: '' });
  });
});

test('what there is none of', async () => {
  const mor = await createMockMor();
  expect(() => mor.describe('swagger' as DescriptionName)).toThrow('unknown description "swagger". Allowed: openapi, xsd.');
  await supertest(mor.handler).get('/__admin/describe/swagger').expect(404);
});

function supertestText(res: supertest.Response, done: (error: Error | null, body: string) => void): void {
  const stream = res as unknown as NodeJS.ReadableStream;
  let text = '';
  stream.on('data', (chunk: Buffer | string) => (text += chunk.toString()));
  stream.on('end', () => done(null, text));
}
