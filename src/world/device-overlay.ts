import type { Device } from '../mor/model.ts';
import { detachStrings } from './detach-string.ts';
import type { FixtureState } from './fixture-state.ts';

/** A device that is not as the fixtures have it. */
interface OverlayDevice {
  readonly device: Device;
  /** Whether a call made it; false for one that a call updated. */
  readonly isCreated: boolean;
}

/** The devices of a world: those of the fixtures, and over them what calls added, updated and removed since. */
export class DeviceOverlay {
  readonly fixtures: FixtureState;
  /** The id that the next device gets. Ids of removed devices are not given again. */
  nextId: number;
  #byId = new Map<number, OverlayDevice>();
  /** Ids of the fixtures that no device has any more. */
  #removedIds = new Set<number>();
  /** Made of the maps when it is next asked for. */
  #list: readonly Device[] | undefined;

  /** Nothing is changed yet. */
  constructor(fixtures: FixtureState) {
    this.fixtures = fixtures;
    this.nextId = fixtures.nextDeviceId;
    this.#list = fixtures.devices;
  }

  /** The same in maps of its own. */
  copy(): DeviceOverlay {
    const copy = new DeviceOverlay(this.fixtures);
    copy.nextId = this.nextId;
    copy.#byId = new Map(this.#byId);
    copy.#removedIds = new Set(this.#removedIds);
    copy.#list = this.#list;
    return copy;
  }

  /** Every device as of now, those of the fixtures first. */
  get list(): readonly Device[] {
    this.#list ??= Object.freeze([
      ...this.fixtures.devices.flatMap(({ id }) => this.findById(id) ?? []),
      ...Array.from(this.#byId.values())
        .filter(({ isCreated }) => isCreated)
        .map(({ device }) => device),
    ]);
    return this.#list;
  }

  findById(id: number): Device | undefined {
    return this.#byId.get(id)?.device ?? (this.#removedIds.has(id) ? undefined : this.fixtures.findDeviceById(id));
  }

  /** Whether a call made the device. */
  isCreated(id: number): boolean {
    return this.#byId.get(id)?.isCreated === true;
  }

  /** Whether a call updated the device, which no call made. */
  isChanged(id: number): boolean {
    return this.#byId.get(id)?.isCreated === false;
  }

  /** Adds a device. That its id was never given before is for the caller to check. */
  add(device: Device): void {
    this.#set(device, true);
    this.nextId = Math.max(this.nextId, device.id + 1);
  }

  /** Changes fields of a device that exists; undefined takes away a field that has no default. */
  update(id: number, fields: DeviceFields): void {
    const kept = Object.entries({ ...this.#get(id), ...fields }).filter(([, value]) => value !== undefined);
    this.#set(Object.fromEntries(kept) as unknown as Device, this.isCreated(id));
  }

  /** Removes a device that exists. */
  remove(id: number): void {
    this.#get(id);
    this.#byId.delete(id);
    if (this.fixtures.findDeviceById(id) !== undefined) this.#removedIds.add(id);
    this.#list = undefined;
  }

  #get(id: number): Device {
    const device = this.findById(id);
    if (device === undefined) throw new Error(`there is no device with the id ${String(id)} to change`);
    return device;
  }

  #set(device: Device, isCreated: boolean): void {
    this.#byId.set(device.id, { device: Object.freeze(detachStrings(device)), isCreated });
    this.#list = undefined;
  }
}

/** Fields of a device that a call may change. */
type DeviceFields = { readonly [Field in Exclude<keyof Device, 'id' | 'user_id'>]?: Device[Field] | undefined };
