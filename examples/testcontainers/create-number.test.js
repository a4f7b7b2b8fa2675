import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { GenericContainer, Wait } from 'testcontainers';
import { createNumber } from './create-number.js';

/** @type {import('testcontainers').StartedTestContainer} */
let container;
let url = '';

before(async () => {
  const image = await GenericContainer.fromDockerfile('../..').build('mock-mor:example', { deleteOnExit: false });
  container = await image.withExposedPorts(8080).withWaitStrategy(Wait.forHttp('/__admin/health', 8080)).start();
  url = `http://${container.getHost()}:${container.getMappedPort(8080)}`;
});
beforeEach(() => fetch(`${url}/__admin/reset`, { method: 'POST' }));
after(() => container?.stop());

test('a number is created', async () => {
  await createNumber(url, '37060000099');
  const { dids } = await (await fetch(`${url}/__admin/dids?created=true`)).json();
  assert.deepEqual(
    dids.map(({ did }) => did),
    ['37060000099'],
  );
});

test('a number that exists is refused', async () => {
  assert.match(await createNumber(url, '37060000001'), /DID already exists/);
});
