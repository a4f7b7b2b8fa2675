/** Loaded before a server (`node --import`): tells the bench over IPC what the process has used, without a request. */
import process from 'node:process';

process.on('message', ({ collectsGarbage = false }) => {
  if (collectsGarbage) for (let i = 0; i < 3; i++) globalThis.gc();
  const { user, system } = process.cpuUsage();
  process.send({ cpuUs: user + system, ...process.memoryUsage() });
});
// The channel alone keeps no server alive.
process.channel?.unref();
