/** One harmless call before all others: whether the address, the caller and the key of a profile are right. */
import { callTexts, buildRequest } from '../contract/case-request.ts';
import { parseAnswer } from '../contract/parse-answer.ts';
import { getSecretKeys } from '../mor/checks/caller.ts';
import { CALLS } from '../mor/calls/index.ts';
import { MOR_ERRORS } from '../mor/errors.ts';
import { quote } from '../mor/quote.ts';
import { MockMorError } from '../problems.ts';
import { StateStore } from '../world/store.ts';
import type { Client } from './client.ts';
import { foreseen } from './foresee.ts';
import type { LoadedProfile } from './profile.ts';
import { serverWorld } from './server-world.ts';

/** What an unexpected answer says about the profile. */
const HINTS: Readonly<Record<string, (username: string) => string>> = {
  [MOR_ERRORS.hashIncorrect.text]: (username) =>
    `the key that the profile takes for ${quote(username)} is not his key there, or hashes are made otherwise`,
  [MOR_ERRORS.accessDenied.text]: (username) => `${quote(username)} is no user there, or a plain one`,
  [MOR_ERRORS.apiDisabled.text]: () => 'the API is switched off there: allow_api: false in the profile',
  [MOR_ERRORS.secretKeyMissing.text]: () => 'there is no secret key there: no key_from in the profile',
};

/**
 * Sends a call that changes nothing, signed rightly, and compares what comes with what the profile leads to expect.
 *
 * @throws MockMorError `TARGET_UNUSABLE` with what is wrong, where nothing could be learnt from cases; what `send` throws where there is no answer
 */
export async function probe(client: Client, profile: LoadedProfile, shown: (text: string) => string): Promise<void> {
  const world = serverWorld(profile);
  const caller = world.users.find(({ type }) => type !== 'user') ?? world.users[0];
  if (caller === undefined) return;
  const call = CALLS.find(({ isReadOnly }) => isReadOnly);
  if (call === undefined) return;
  const request = buildRequest(callTexts(call, { u: caller.username }, { key: getSecretKeys(caller, world.settings)[0] ?? '' }));
  const wanted = (await foreseen(request, new StateStore(world))).text;
  const answer = await client.send(request);
  const xml = parseAnswer(answer.body);
  if (xml === undefined) {
    const start = quote(shown(answer.body), { maxLength: 80, isMultiline: true });
    throw unusable(`no answer of MOR comes from ${profile.base_url}${request.path ?? ''}, but status ${String(answer.status)}: ${start}`);
  }
  const hint = HINTS[xml.text];
  if (xml.text !== wanted && hint !== undefined)
    throw unusable(`a harmless call was answered ${quote(xml.text)}: ${hint(caller.username)}`);
}

function unusable(message: string): MockMorError {
  return new MockMorError('TARGET_UNUSABLE', message);
}
