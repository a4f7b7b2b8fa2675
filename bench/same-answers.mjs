/** What is compared must do the work it is compared for: each server is asked the whole mix once. */
import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { connect } from 'node:net';
import { answerLength } from './answer-length.mjs';
import { ONE_SUCCESS } from './peers/one-success.mjs';
import { KINDS, MIX_LENGTH } from './requests.mjs';

/** Throws where a server says something else than the first. `servers` have a name and a port. */
export async function assertSameAnswers(servers) {
  let expected;
  for (const { name, port } of servers) {
    const answers = await answersOf(port);
    expected ??= answers;
    const odd = answers.findIndex((answer, i) => answer !== expected[i]);
    if (odd >= 0) throw new Error(`request ${odd} of the mix: ${name} answers\n${answers[odd]}\ninstead of\n${expected[odd]}`);
  }
}

/** Throws where a server does not answer all with the success, whatever the id. */
export async function assertSuccess(servers) {
  for (const { name, port } of servers) {
    const answers = await answersOf(port);
    const odd = answers.findIndex((answer) => answer.replace(/<id>\d+</, '<id>3<') !== ONE_SUCCESS);
    if (odd >= 0) throw new Error(`request ${odd} of the mix: ${name} answers\n${answers[odd]}\ninstead of the success`);
  }
}

async function answersOf(port) {
  const answers = [];
  for (let i = 0; i < MIX_LENGTH; i++) answers.push(await getBody(port, KINDS.mix(i)));
  return answers;
}

async function getBody(port, request) {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.write(request);
  let answer = '';
  for await (const chunk of socket) {
    answer += chunk.latin1Slice();
    if (answerLength(Buffer.from(answer, 'latin1')) !== undefined) break;
  }
  if (!socket.destroyed) await once(socket.destroy(), 'close');
  return answer.slice(answer.indexOf('\r\n\r\n') + 4);
}
