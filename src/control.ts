/** What a tester may do to one world. The library object and the admin routes both stand on it, so neither can do more than the other. */
import type { FixturesInput, DidInput, SettingsPatch } from './fixtures/schema.ts';
import type { Did, DidStatus, Provider, Settings, User } from './mor/model.ts';

/** What a reset may put back. */
export const RESET_SCOPES = ['state', 'settings'] as const;

/** `state`: the DIDs and the id sequence. `settings`: what was patched. */
export type ResetScope = (typeof RESET_SCOPES)[number];

/** What a reset put back. */
export interface ResetReport {
  readonly reset: readonly ResetScope[];
  /** How many DIDs had been added, by calls or by the tester. */
  readonly added_dids_dropped: number;
  /** How many DIDs of the fixtures had been deleted. */
  readonly deleted_dids_restored: number;
  /** The id the next DID gets. */
  readonly next_did_id: number;
}

/** A DID as the vendor's list shows it to the administrator: a reseller's free DID shows as `reserved`. */
export interface DidView extends Did {
  /** True for what a call made, false for fixtures and for what the tester put there. */
  readonly created: boolean;
}

/** Which DIDs are meant; every field that is given must fit. */
export interface DidFilter {
  /** The whole number, to the letter. */
  readonly did?: string | undefined;
  readonly provider_id?: number | undefined;
  readonly reseller_id?: number | undefined;
  /** As shown: a reseller's free DID is `reserved`. */
  readonly status?: DidStatus | undefined;
  /** True: only what calls made; false: only the rest. */
  readonly created?: boolean | undefined;
}

/** A part of a list. */
export interface Page {
  /** Default: no limit. */
  readonly limit?: number | undefined;
  /** How many to pass over. Default: 0. */
  readonly offset?: number | undefined;
}

export interface Counts {
  readonly users: number;
  readonly providers: number;
  readonly dids: number;
}

export interface Health {
  /** `stale`: the last load of the fixtures failed, and the world before it is still in force. `stopping`: no more calls are taken. */
  readonly status: 'ok' | 'stale' | 'stopping';
  readonly version: string;
  /** Seconds since the server was made. */
  readonly uptime_s: number;
  readonly fixtures: {
    /** Where the world in force came from: a path, `body` (admin API) or `object` (library). */
    readonly source: string;
    /** When it was loaded, ISO 8601. */
    readonly loaded_at: string;
    /** Why the last load failed, with every fault; absent where it did not. */
    readonly failure?: string;
  };
  readonly counts: Counts & { readonly created_dids: number };
}

/** Settings as shown: the key masked, and the id the next DID gets. */
export type SettingsView = Settings & { readonly next_did_id: number };

export interface Control {
  health(): Health;
  /** Back to the fixtures, whole or in part, synchronously and in constant time. Default: every scope. */
  reset(scopes?: readonly ResetScope[]): ResetReport;
  /** The DIDs in the order of their ids. */
  dids(filter?: DidFilter & Page): readonly DidView[];
  countDids(filter?: DidFilter): number;
  /** @throws MockMorError `NOT_FOUND` */
  did(id: number): DidView;
  /** Puts a DID there without the vendor's checks: an object, or text as in fixtures. @throws MockMorError `DID_EXISTS`, `RECORD_INVALID` */
  putDid(row: string | DidInput, syntax?: 'yaml' | 'json'): DidView;
  /** Takes a DID away; no created DID gets its id again until a reset. @throws MockMorError `NOT_FOUND` */
  deleteDid(id: number): DidView;
  /** Users with their keys masked. */
  users(): readonly User[];
  providers(): readonly Provider[];
  settings(): SettingsView;
  /** Changes settings until the next reset, by an object or text as in fixtures; null takes away one that has no default. @throws MockMorError `RECORD_INVALID` */
  patchSettings(patch: string | SettingsPatch, syntax?: 'yaml' | 'json'): SettingsView;
  /** The world in force as YAML, itself a valid fixture. Keys are not masked in it. */
  fixtures(): string;
  /** Replaces the base and resets: text (YAML, of which JSON is one form), or an object of the same shape. @throws MockMorError `FIXTURE_INVALID`, and nothing changed */
  replaceFixtures(fixtures: string | FixturesInput, syntax?: 'yaml' | 'json'): Counts;
  counts(): Counts;
  /** Reads the files again and resets. @throws MockMorError `FIXTURE_INVALID`, `NO_FIXTURE_FILES`, and nothing changed */
  reloadFixtures(): Counts;
}
