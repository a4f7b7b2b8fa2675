/** Starts the command once, lets it answer, and keeps the code that V8 made of it until then. */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createRequire } from 'node:module';
import { fileURLToPath, URL } from 'node:url';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const { compileAndRun, keptCodeOf } = createRequire(import.meta.url)(at('dist/cli/kept-code.js'));

const command = at('dist/command.js');
process.argv = [process.execPath, at('dist/cli.js'), 'serve', '--port', '0', '--log', 'silent'];
const script = compileAndRun(command);
const url = await readyOn();
const asked = request(`${url}/billing/api/did_create`, { method: 'POST' }).end('u=admin');
const [answer] = await once(asked, 'response');
await once(answer.resume(), 'end');
writeFileSync(keptCodeOf(command), script.createCachedData());
process.kill(process.pid, 'SIGTERM');

/** The address in the line it prints when it is ready. */
function readyOn() {
  return new Promise((resolve) => {
    process.stdout.write = (line) => {
      const [url] = /http:\S+/.exec(line) ?? [];
      if (url !== undefined) resolve(url);
      return true;
    };
  });
}
