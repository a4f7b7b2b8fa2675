/** What stands on a real server for the things a case names: a caller of the same kind, a provider that is his in the same way, a number. */
import type { CallTexts } from '../contract/case-request.ts';
import type { Sent } from '../contract/table.ts';
import type { NamedThing } from '../mor/define-call.ts';
import { ADMINISTRATOR_ID, MAX_ID, type Did, type Provider, type User } from '../mor/model.ts';
import { trimmed } from '../mor/params.ts';
import type { FixtureState } from '../world/fixture-state.ts';
import { StateStore } from '../world/store.ts';
import { haveTheSameRights, describeUserKind } from './server-world.ts';

/** A need of a case that the server, by its profile, does not meet. */
export class UnmetNeed extends Error {}

/** Where numbers come from that stand for those of a case. */
export interface Numbers {
  /** A number that is there, of which nothing more is asked. @throws UnmetNeed */
  readonly existing: () => string;
  /** A number nobody has. @throws UnmetNeed */
  readonly fresh: () => string;
}

/** Both worlds, and what the profile says beside its own. */
export interface Worlds {
  readonly ofCase: FixtureState;
  readonly ofServer: FixtureState;
  readonly unusedProviderId: number;
  /** The ids of DIDs that the profile names; those of the others are ours. */
  readonly knownIds: ReadonlySet<number>;
}

/** The texts of one case on the server. One number of the case is one number there, in all of its requests. */
export class StandIns {
  readonly #worlds: Worlds;
  readonly #numbers: Numbers;
  readonly #wantsNew: boolean;
  readonly #getNewNumber = new Map<string, string>();

  /** `wantsNew`: the case asks for a number that nobody has. Otherwise one that is there serves as well, and can do no harm. */
  constructor(worlds: Worlds, numbers: Numbers, wantsNew: boolean) {
    this.#worlds = worlds;
    this.#numbers = numbers;
    this.#wantsNew = wantsNew;
  }

  /** The texts of a request; those that it does not use stay as they are. @throws UnmetNeed */
  of({ call, params, key }: CallTexts, sent: Sent = {}): CallTexts {
    const isUsed = usedIn(sent, call.hashed);
    const { u } = params;
    const caller = u === undefined ? undefined : this.#worlds.ofCase.findUserByName(u);
    const standIn = caller === undefined || !isUsed('u') ? undefined : this.#callerLike(caller);
    const texts = Object.entries(params).map(([name, text]): [string, string] => {
      if (!isUsed(name)) return [name, text];
      if (name === 'u') return [name, standIn?.username ?? this.#strangersName(text)];
      const names = call.params.find((param) => param.name === name)?.names;
      return [name, names === undefined ? text : this.#named(names, text, caller, standIn)];
    });
    return { call, params: Object.fromEntries(texts), key: this.#keyLike(key) };
  }

  /** The text that names on the server what a text of the case names. */
  #named(what: NamedThing, text: string, caller: User | undefined, standIn: User | undefined): string {
    const { ofCase, ofServer } = this.#worlds;
    switch (what) {
      case 'provider':
        return this.#providerText(text, caller, standIn);
      case 'didNumber':
        return this.#didText(text, caller, standIn);
      case 'didId':
        return text.replace(/[1-9][0-9]*/g, (digits) => {
          const did = ofCase.findDidById(Number(digits));
          return String(did === undefined ? MAX_ID : this.#idOnServer(didLike(did, caller, standIn, ofServer)));
        });
      default:
        // A profile names none of these.
        if (/^\s*[0-9]+\s*$/.test(text))
          throw new UnmetNeed(`needs the id of a ${what === 'dialPlan' ? 'dial plan' : what}, which a profile does not name`);
        return text;
    }
  }

  #idOnServer({ id, did }: Did): number {
    if (!this.#worlds.knownIds.has(id)) throw new UnmetNeed(`needs the id of the number ${did}: give it among the dids of the profile`);
    return id;
  }

  /** A caller of the same kind; where there is none with a key like his, one with the same rights. */
  #callerLike(user: User): User {
    const { users } = this.#worlds.ofServer;
    const like =
      users.find((other) => describeUserKind(other) === describeUserKind(user)) ?? users.find((other) => haveTheSameRights(other, user));
    if (like === undefined) throw new UnmetNeed(`needs among the callers ${describeUserKind(user)}`);
    return like;
  }

  /** A name that nobody has; where it is nearly a caller's, it is as near to the name of the one who stands for him. */
  #strangersName(u: string): string {
    const { ofCase, ofServer } = this.#worlds;
    const meant = ofCase.users.find(({ username }) => u.toLowerCase().includes(username.toLowerCase()));
    if (meant === undefined) return u;
    const at = u.toLowerCase().indexOf(meant.username.toLowerCase());
    const written = u.slice(at, at + meant.username.length);
    const name = inTheCaseOf(written, this.#callerLike(meant).username);
    const near = `${u.slice(0, at)}${name}${u.slice(at + written.length)}`;
    if (ofServer.findUserByName(near) !== undefined) throw new UnmetNeed('needs a username whose letters can be written in another case');
    return near;
  }

  /** Each id in the text is that of the provider that stands for the one it names. */
  #providerText(text: string, caller: User | undefined, standIn: User | undefined): string {
    const { ofCase, unusedProviderId } = this.#worlds;
    return text.replace(/[1-9][0-9]*/g, (digits) => {
      const provider = ofCase.findProviderById(Number(digits));
      if (provider !== undefined) return String(providerLike(provider, caller, standIn, this.#worlds).id);
      return digits === trimmed(text).replace(/^0+/, '') && Number(digits) <= unusedProviderId ? String(unusedProviderId) : digits;
    });
  }

  #didText(text: string, caller: User | undefined, standIn: User | undefined): string {
    const { ofCase, ofServer } = this.#worlds;
    const core = trimmed(text);
    if (core === '') return text;
    const existing = ofCase.findDidByNumber(core);
    if (existing !== undefined) return text.replace(core, didLike(existing, caller, standIn, ofServer).did);
    const digits = /[0-9]+/.exec(core)?.[0];
    const number = this.#numberFor(digits ?? core);
    if (digits === undefined) return text.replace(core, number + core);
    if (digits.startsWith('0') && !number.startsWith('0') && longOnly(digits) === 0)
      throw new UnmetNeed('needs a number that begins with 0');
    return text.replace(digits, number.padEnd(longOnly(digits), '0'));
  }

  #numberFor(core: string): string {
    const number = this.#getNewNumber.get(core) ?? (this.#wantsNew ? this.#numbers.fresh() : this.#numbers.existing());
    this.#getNewNumber.set(core, number);
    return number;
  }

  /** The key that is for the server what a key is for the world of the case; one that fits nobody there stays as it is. */
  #keyLike(key: string): string {
    const { ofCase, ofServer } = this.#worlds;
    if (key === '') return key;
    if (key === ofCase.settings.api_secret_key) return ofServer.settings.api_secret_key === '' ? key : ofServer.settings.api_secret_key;
    const holder = ofCase.users.find((user) => user.type === 'reseller' && user.api_secret_key === key);
    if (holder === undefined) return key;
    const like = this.#callerLike(holder);
    if (like.type !== 'reseller' || like.api_secret_key === '') throw new UnmetNeed(`needs among the callers ${describeUserKind(holder)}`);
    return like.api_secret_key;
  }
}

/** Which texts a request uses: all of them, unless its query or body is written as text. */
function usedIn({ query, body }: Sent, hashed: readonly string[]): (name: string) => boolean {
  if (query === undefined && body === undefined) return () => true;
  const names = new Set(Array.from(`${query ?? ''} ${body ?? ''}`.matchAll(/\{(\w+)\}/g), ([, name = '']) => name));
  const isHashed = [...names].some((name) => /^hash(?:39)?$/i.test(name));
  return (name) => names.has(name) || (isHashed && hashed.includes(name));
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

/** Whose something is, from where a caller stands. */
function ownership(ownerId: number, caller: User | undefined, world: FixtureState): string {
  if (ownerId === ADMINISTRATOR_ID) return "the administrator's";
  if (ownerId === caller?.id) return "the caller's own";
  return world.findUserById(ownerId)?.type === 'admin' ? "another admin's" : "another reseller's";
}

function providerLike(provider: Provider, caller: User | undefined, standIn: User | undefined, { ofCase, ofServer }: Worlds): Provider {
  // Which provider is the default one matters to resellers alone.
  const isDefaultOf = ({ id }: Provider, { settings }: FixtureState): boolean =>
    caller?.type === 'reseller' && id === settings.default_did_provider_id;
  const kindIn = (one: Provider, who: User | undefined, world: FixtureState): string =>
    [
      one.hidden ? 'hidden' : 'visible',
      ownership(one.user_id, who, world),
      ...(isDefaultOf(one, world) ? ['the default one of resellers'] : []),
    ].join(', ');
  const kind = kindIn(provider, caller, ofCase);
  const like = ofServer.providers.find((other) => kindIn(other, standIn, ofServer) === kind);
  if (like === undefined) throw new UnmetNeed(`needs a provider that is ${kind}`);
  return like;
}

function didLike(did: Did, caller: User | undefined, standIn: User | undefined, ofServer: FixtureState): Did {
  const kindIn = ({ reseller_id, did: number, status }: Did, who: User | undefined): string => {
    const whose = reseller_id === ADMINISTRATOR_ID ? "the administrator's" : reseller_id === who?.id ? "the caller's own" : "a reseller's";
    return `${whose}, ${status}, ${/^[0-9]+$/.test(number) ? 'of digits alone' : 'not of digits alone'}`;
  };
  const kind = kindIn(did, caller);
  const like = existingDids(ofServer).find((other) => kindIn(other, standIn) === kind);
  if (like === undefined) throw new UnmetNeed(`needs among the dids one that is ${kind}`);
  return like;
}

/** The numbers that a profile names. */
export function existingDids(ofServer: FixtureState): readonly Did[] {
  return [...new StateStore(ofServer).listDids()];
}
