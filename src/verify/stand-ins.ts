/** What stands on a real server for the things a case names: a caller of the same kind, a provider that is his in the same way, a number. */
import type { CallTexts } from '../contract/case-request.ts';
import { secretKeysOf } from '../mor/caller.ts';
import { ADMINISTRATOR_ID, type Did, type Provider, type Settings, type User } from '../mor/model.ts';
import { trimmed } from '../mor/params.ts';
import type { Base } from '../world/base.ts';
import { areAlike } from './server-world.ts';

/** A need of a case that the server, as its profile tells of it, does not meet. */
export class UnmetNeed extends Error {}

/** Where numbers come from that stand for those of a case. */
export interface Numbers {
  /** A number that is there, of which nothing more is asked; undefined where the profile names none. */
  readonly existing: string | undefined;
  /** A number nobody has. @throws UnmetNeed where the profile gives no prefix */
  readonly fresh: () => string;
}

/** Both worlds, and what the profile says beside its own. */
export interface Worlds {
  readonly ofCase: Base;
  readonly ofServer: Base;
  readonly unusedProviderId: number;
}

/** The texts of one case on the server. One number of the case is one number there, in all of its requests. */
export class StandIns {
  readonly #worlds: Worlds;
  readonly #numbers: Numbers;
  readonly #wantsNew: boolean;
  readonly #numberOf = new Map<string, string>();

  /** `wantsNew`: the case asks for a number that nobody has. Otherwise one that is there serves as well, and can do no harm. */
  constructor(worlds: Worlds, numbers: Numbers, wantsNew: boolean) {
    this.#worlds = worlds;
    this.#numbers = numbers;
    this.#wantsNew = wantsNew;
  }

  /** @throws UnmetNeed */
  of({ params, key }: CallTexts): CallTexts {
    const { ofCase, ofServer } = this.#worlds;
    const { u, provider_id, did } = params;
    const caller = u === undefined ? undefined : ofCase.userNamed(u);
    const standIn = caller === undefined ? undefined : callerLike(caller, ofServer);
    return {
      params: {
        ...params,
        ...(u === undefined ? {} : { u: standIn?.username ?? this.#strangersName(u) }),
        ...(provider_id === undefined ? {} : { provider_id: this.#providerText(provider_id, caller, standIn) }),
        ...(did === undefined ? {} : { did: this.#didText(did, caller, standIn) }),
      },
      key: keyLike(key, [caller, ofCase.settings], [standIn, ofServer.settings]),
    };
  }

  /** A name that nobody has; where it is nearly a caller's, it is as near to the name of the one who stands for him. */
  #strangersName(u: string): string {
    const { ofCase, ofServer } = this.#worlds;
    const meant = ofCase.users.find(({ username }) => u.toLowerCase().includes(username.toLowerCase()));
    if (meant === undefined) return u;
    const at = u.toLowerCase().indexOf(meant.username.toLowerCase());
    const written = u.slice(at, at + meant.username.length);
    const name = inTheCaseOf(written, callerLike(meant, ofServer).username);
    const near = `${u.slice(0, at)}${name}${u.slice(at + written.length)}`;
    if (ofServer.userNamed(near) !== undefined) throw new UnmetNeed('needs a username whose letters can be written in another case');
    return near;
  }

  /** Each id in the text is that of the provider that stands for the one it names. */
  #providerText(text: string, caller: User | undefined, standIn: User | undefined): string {
    const { ofCase, ofServer, unusedProviderId } = this.#worlds;
    return text.replace(/[1-9][0-9]*/g, (digits) => {
      const provider = ofCase.providerWithId(Number(digits));
      if (provider !== undefined) return String(providerLike(provider, caller, standIn, ofCase, ofServer).id);
      return digits === trimmed(text).replace(/^0+/, '') && Number(digits) <= unusedProviderId ? String(unusedProviderId) : digits;
    });
  }

  #didText(text: string, caller: User | undefined, standIn: User | undefined): string {
    const core = trimmed(text);
    if (core === '') return text;
    const existing = this.#worlds.ofCase.didNumbered(core);
    if (existing !== undefined) return text.replace(core, didLike(existing, caller, standIn, this.#worlds.ofServer).did);
    const digits = /[0-9]+/.exec(core)?.[0];
    const number = this.#numberFor(digits ?? core);
    return digits === undefined ? text.replace(core, number + core) : text.replace(digits, number.padEnd(longOnly(digits), '0'));
  }

  #numberFor(core: string): string {
    const number = this.#numberOf.get(core) ?? (this.#wantsNew ? undefined : this.#numbers.existing) ?? this.#numbers.fresh();
    this.#numberOf.set(core, number);
    return number;
  }
}

/** A number that is about its length keeps it. */
function longOnly(digits: string): number {
  return digits.length > 40 ? digits.length : 0;
}

function inTheCaseOf(written: string, name: string): string {
  if (written === written.toUpperCase()) return name.toUpperCase();
  const [first = '', ...rest] = name;
  return /^[A-Z]/.test(written) ? first.toUpperCase() + rest.join('') : name;
}

function callerLike(user: User, { users }: Base): User {
  const like = users.find((other) => areAlike(user, other));
  const old = user.accept_hash_without_did ? ' and accept_hash_without_did: true' : '';
  if (like === undefined) throw new UnmetNeed(`needs among the callers ${kindOf(user)}${old}`);
  return like;
}

function kindOf(user: User): string {
  switch (user.type) {
    case 'admin':
      return user.id === ADMINISTRATOR_ID ? 'an admin' : 'a second admin';
    case 'accountant':
      return `an accountant with manage_dids: ${user.permissions.manage_dids}`;
    case 'reseller':
      return `a reseller with own_providers: ${String(user.own_providers)}, allow_api: ${String(user.allow_api)} and ${user.api_secret_key === '' ? 'no key' : 'a key'} of his own`;
    case 'user':
      return user.owner_id === ADMINISTRATOR_ID ? 'a plain user' : 'a plain user of a reseller';
  }
}

/** Whose something is, from where a caller stands. */
function ownership(ownerId: number, caller: User | undefined, world: Base): string {
  if (ownerId === ADMINISTRATOR_ID) return "the administrator's";
  if (ownerId === caller?.id) return "the caller's own";
  return world.userWithId(ownerId)?.type === 'admin' ? "another admin's" : "another reseller's";
}

function providerLike(provider: Provider, caller: User | undefined, standIn: User | undefined, ofCase: Base, ofServer: Base): Provider {
  const whose = ownership(provider.user_id, caller, ofCase);
  // Which provider is the default one matters to resellers alone.
  const isDefaultOf = ({ id }: Provider, { settings }: Base): boolean =>
    caller?.type === 'reseller' && id === settings.default_did_provider_id;
  const isDefault = isDefaultOf(provider, ofCase);
  const like = ofServer.providers.find(
    (other) =>
      other.hidden === provider.hidden &&
      ownership(other.user_id, standIn, ofServer) === whose &&
      isDefaultOf(other, ofServer) === isDefault,
  );
  const kind = [provider.hidden ? 'hidden' : 'visible', whose, ...(isDefault ? ['the default one of resellers'] : [])].join(', ');
  if (like === undefined) throw new UnmetNeed(`needs a provider that is ${kind}`);
  return like;
}

function didLike(did: Did, caller: User | undefined, standIn: User | undefined, ofServer: Base): Did {
  if (did.status !== 'free') throw new UnmetNeed(`needs a number whose status is ${did.status}`);
  const whose = (owner: number, who: User | undefined): string =>
    owner === ADMINISTRATOR_ID ? "the administrator's" : owner === who?.id ? "the caller's own" : "a reseller's";
  const isNumber = (text: string): boolean => /^[0-9]+$/.test(text);
  const like = ofServer.runs
    .map((run): Did => ({ id: run.firstId, did: run.from, ...run.traits }))
    .find((other) => whose(other.reseller_id, standIn) === whose(did.reseller_id, caller) && isNumber(other.did) === isNumber(did.did));
  if (like === undefined)
    throw new UnmetNeed(
      `needs among the dids one that is ${whose(did.reseller_id, caller)}${isNumber(did.did) ? '' : ' and not of digits alone'}`,
    );
  return like;
}

type Holder = readonly [caller: User | undefined, settings: Settings];

/** The key that is for the server what a key is for the world of the case; one that fits nobody there stays as it is. */
function keyLike(key: string, [caller, settings]: Holder, [standIn, serverSettings]: Holder): string {
  if (key === '') return key;
  if (caller?.type === 'reseller' && key === caller.api_secret_key && standIn?.type === 'reseller') return standIn.api_secret_key;
  if (key !== settings.api_secret_key) return key;
  // Where the server's switches leave the caller no key, nothing he signs with can fit.
  return serverSettings.api_secret_key === '' ? (secretKeysOf(standIn, serverSettings)[0] ?? key) : serverSettings.api_secret_key;
}
