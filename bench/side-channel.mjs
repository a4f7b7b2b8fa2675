/** Loaded before a server (`node --import`): tells the bench over IPC what the process has used, without a request. */
import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

process.on('message', ({ collectsGarbage = false }) => {
  if (collectsGarbage) collect();
  const { user, system } = process.cpuUsage();
  process.send({ cpuUs: user + system, ...process.memoryUsage() });
});
// The channel alone keeps no server alive.
process.channel?.unref();

/** By a flag that is set only now: one of the command line would make V8 refuse all code that was kept without it. */
function collect() {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc');
  for (let i = 0; i < 3; i++) gc();
}
