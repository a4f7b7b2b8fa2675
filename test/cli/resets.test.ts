/** A client that resets its connection ends no server that runs as a command, whatever Node was doing with its socket. */
import { errorXml } from '../../src/contract/expected-xml.ts';
import { FAULTS, MOMENTS, resetConnections, RESETTING_CLIENTS } from '../support/resets.ts';
import { serve } from './program.ts';

test('each kind of client, at each moment, fifty times', async () => {
  const program = serve(['--log', 'json']);
  const url = await program.url();
  for (const fault of FAULTS)
    await fetch(`${url}/__admin/faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(fault) });
  for (const client of RESETTING_CLIENTS) {
    for (const moment of MOMENTS) {
      await resetConnections(url, client, moment);
      const answer = await fetch(`${url}/billing/api/did_create?u=nobody`, { method: 'POST' });
      expect([client.title, moment, answer.status, await answer.text()]).toEqual([client.title, moment, 200, errorXml('Access Denied')]);
    }
  }
  program.kill('SIGTERM');
  const { status, stderr } = await program.exit();
  expect(status).toBe(0);
  expect(stderr.split('\n').filter((line) => line !== '' && !/^\{"level":"(?:info|warn)"/.test(line))).toEqual([]);
}, 120_000);
