import process from 'node:process';

/** Says where a server listens, in the one line that the bench waits for. */
export function ready(server) {
  process.stdout.write(`ready on http://127.0.0.1:${server.address().port}\n`);
}
