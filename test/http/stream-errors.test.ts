/** An error of an answer's own stream, which nothing here should give rise to, is logged and ends no process. */
import { ServerResponse } from 'node:http';
import { createMockMor, type LogEntry } from '../../src/index.ts';
import { errorXml } from '../../src/contract/expected-xml.ts';
import { checkFixtures } from '../../src/fixtures/load.ts';
import { Shadow } from '../../src/shadow/shadow.ts';
import { targetIn } from '../../src/shadow/target.ts';

/** Has the next answer fail once its head is out, as by a write behind its end. */
function breakNextAnswer(): void {
  const writeHead = Reflect.get(ServerResponse.prototype, 'writeHead') as (this: ServerResponse, ...head: unknown[]) => ServerResponse;
  jest.spyOn(ServerResponse.prototype, 'writeHead').mockImplementationOnce(function (this: ServerResponse, ...head) {
    process.nextTick(() => this.emit('error', new Error('write after end')));
    return writeHead.apply(this, head);
  });
}

const LINE = { level: 'error', message: expect.stringMatching(/^an answer to a POST broke: Error: write after end\n\s+at /) };

test('of a mock', async () => {
  const entries: LogEntry[] = [];
  const mor = await createMockMor({ log: (entry) => entries.push(entry) });
  const url = await mor.listen();
  breakNextAnswer();
  const answers = [await fetch(`${url}/billing/api/did_create`, { method: 'POST' }), await fetch(url)];
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(await answers[0]?.text()).toBe(errorXml('Access Denied'));
  await mor.close();
  expect(entries.filter(({ level }) => level === 'error')).toEqual([LINE]);
});

test('of a shadow', async () => {
  const entries: LogEntry[] = [];
  const shadow = new Shadow({
    target: targetIn('http://127.0.0.1:9'),
    records: checkFixtures({}),
    targetTimeoutMs: 1000,
    maxBodyBytes: 1000,
    log: (entry) => entries.push(entry),
  });
  const url = await shadow.listen('127.0.0.1', 0);
  breakNextAnswer();
  expect((await fetch(`${url}/elsewhere`, { method: 'POST' })).status).toBe(404);
  await shadow.close();
  expect(entries.filter(({ level }) => level === 'error')).toEqual([LINE]);
});
