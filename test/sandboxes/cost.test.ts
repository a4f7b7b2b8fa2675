import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createMockMor } from '../../src/index.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapBytes(): number {
  for (let i = 0; i < 3; i++) collectGarbage();
  return process.memoryUsage().heapUsed;
}

test('a thousand sandboxes over a hundred thousand DIDs cost only what they change', async () => {
  const dids = Array.from({ length: 100_000 }, (_, i) => ({ did: String(37_060_000_000 + i), provider_id: 1 }));
  const mor = await createMockMor({ fixtures: { providers: [{ id: 1 }], dids } });
  mor.takeSnapshot('start');
  const before = heapBytes();
  const sandboxes = Array.from({ length: 1000 }, (_, i) => mor.createSandbox(i % 2 === 0 ? {} : { from: 'start' }));
  expect((heapBytes() - before) / 1000).toBeLessThan(10_000);
  for (const sandbox of sandboxes) {
    sandbox.deleteDid(1);
    sandbox.putDid({ did: '5', provider_id: 1 });
  }
  expect((heapBytes() - before) / 1000).toBeLessThan(15_000);
  expect([mor.countDids(), sandboxes[999]?.countDids({ did: '5' })]).toEqual([100_000, 1]);
});
