/** What a case asks of a server beyond the things it names: settings, callers and numbers as they are there. */
import { caseSteps, type Case } from '../contract/table.ts';
import { settingsSchema } from '../loader/settings-schema.ts';
import { quoteIfHidden } from '../mor/quote.ts';
import { describeUserKind } from './server-world.ts';
import { UnmetNeed, type Worlds } from './stand-ins.ts';

/** Settings by which only the form of answers differs: what the server has shows in its answers. */
const SETTINGS_OF_FORM = ['response_type', 'error_envelope', 'dialect'];

/** @throws UnmetNeed, with the first that is not met */
export function refuseUnmetNeeds(rule: string, one: Case, worlds: Worlds, firstId: number | undefined): void {
  const { settings = {}, users = [], dids } = one.given ?? {};
  for (const name of Object.keys(settings)) refuseOtherSetting(name, (settings as Readonly<Record<string, unknown>>)[name], worlds);
  for (const user of users) refuseMissingUser('id' in user ? Number(user.id) : undefined, worlds);
  if (dids === null) throw new UnmetNeed('needs a server without DIDs');
  if (dids?.some((row) => 'from' in row) === true) throw new UnmetNeed('needs a block of numbers');
  const steps = caseSteps(one);
  // A server's ids are its own: that they are new is all that can be asked of them.
  const ids =
    firstId === undefined
      ? []
      : steps.flatMap(({ expect: { success } }) => (success === undefined || success === true ? [] : [Number(success['id'])]));
  if (ids.some((id, i) => id !== (firstId ?? 0) + i)) throw new UnmetNeed('needs ids that are known beforehand');
  // Elsewhere the answer says enough; here it is the record that is proven.
  const shown = !rule.startsWith('effect.')
    ? []
    : steps
        .flatMap(({ expect: { effect = [] } }) => effect.flatMap(Object.keys))
        .filter((field) => !['id', 'did', 'created'].includes(field));
  if (shown.length > 0) throw new UnmetNeed('needs a list of DIDs, which a server does not show by its API');
}

function refuseOtherSetting(name: string, wanted: unknown, { ofCase, ofServer }: Worlds): void {
  if (SETTINGS_OF_FORM.includes(name))
    throw new UnmetNeed(`is about the setting ${name}; which one the server has shows in its other answers`);
  const needed = (value: string): UnmetNeed => new UnmetNeed(`needs ${name}: ${value}`);
  const has = (ofServer.settings as unknown as Readonly<Record<string, unknown>>)[name];
  switch (name) {
    case 'next_did_id':
      throw new UnmetNeed('needs ids that are known beforehand');
    case 'api_secret_key':
      if (wanted !== null && wanted !== '') throw new UnmetNeed('needs a secret key of its own choice');
      if (has !== '') throw new UnmetNeed('needs a server without a secret key');
      return;
    case 'default_did_provider_id': {
      const preset = typeof wanted === 'number' ? ofCase.findProviderById(wanted) : undefined;
      const there = typeof has === 'number' ? ofServer.findProviderById(has) : undefined;
      if (preset === undefined ? there !== undefined : there?.hidden !== preset.hidden)
        throw needed(preset === undefined ? 'not set' : preset.hidden ? 'a hidden provider' : 'a visible provider');
      return;
    }
    default:
      if (has !== (wanted ?? MOR_DEFAULTS[name])) throw needed(typeof wanted === 'string' ? quoteIfHidden(wanted) : JSON.stringify(wanted));
  }
}

const MOR_DEFAULTS: Readonly<Record<string, unknown>> = settingsSchema.parse({});

/** A user who is changed or added for a case is what it is about, even where he does not call. */
function refuseMissingUser(id: number | undefined, { ofCase, ofServer }: Worlds): void {
  const user = id === undefined ? undefined : ofCase.findUserById(id);
  if (user === undefined) return;
  const twin = ofCase.users.find(({ username }) => username !== user.username && username.toLowerCase() === user.username.toLowerCase());
  if (twin !== undefined) throw new UnmetNeed('needs two usernames that differ only in their case');
  if (!ofServer.users.some((other) => describeUserKind(other) === describeUserKind(user)))
    throw new UnmetNeed(`needs among the callers ${describeUserKind(user)}`);
}
