/** The clock and the snapshots. */
import { useState } from 'preact/hooks';
import type { SnapshotView } from './answers.ts';
import { api, ApiError } from './api.ts';
import { Empty, ErrorBox, notice, run, TableFrame, Text } from './controls.tsx';
import { bump } from './live.ts';
import { useLoaded } from './loaded.ts';
import { getSandbox } from './place.ts';
import { formatCount } from './rows.ts';

/** The part of the world with its clock and snapshots. */
export function TimePart() {
  return (
    <>
      <Clock />
      <Snapshots />
    </>
  );
}

function Clock() {
  const clock = useLoaded(api.clock, getSandbox() ?? '', ['clock']);
  const advance = async (time: string): Promise<void> => {
    await api.moveClock({ advance: time });
    bump(['clock', 'dids']);
  };
  const isMissing = clock.error instanceof ApiError && clock.error.status === 404;
  const now = clock.value?.['now'] ?? clock.value?.['at'];
  return (
    <>
      <h3>Clock</h3>
      {isMissing && <p class="hint">This server has no clock that can be set.</p>}
      {!isMissing && <ErrorBox error={clock.error} />}
      {clock.value !== undefined && (
        <>
          <p>
            It is <strong>{typeof now === 'string' || typeof now === 'number' ? new Date(now).toLocaleString('en-GB') : '–'}</strong> in
            this world.
          </p>
          <p class="actions">
            <button type="button" class="secondary outline" onClick={() => run(() => advance('1d'))}>
              +1 day
            </button>
            <button type="button" class="secondary outline" onClick={() => run(() => advance('90d'))}>
              +90 days
            </button>
          </p>
        </>
      )}
    </>
  );
}

function Snapshots() {
  const snapshots = useLoaded(api.snapshots, getSandbox() ?? '', ['snapshots']);
  const [name, setName] = useState('');
  const [error, setError] = useState<Error>();
  const take = async (): Promise<void> => {
    try {
      await api.takeSnapshot(name);
      setName('');
      setError(undefined);
    } catch (problem) {
      setError(problem as Error);
    }
    bump(['snapshots']);
  };
  return (
    <>
      <h3>Snapshots</h3>
      <form
        class="one-line"
        onSubmit={(event) => {
          event.preventDefault();
          void take();
        }}
      >
        <label>
          Name
          <input required value={name} autocomplete="off" onInput={(event) => setName(event.currentTarget.value)} />
        </label>
        <button type="submit">Take a snapshot</button>
      </form>
      <ErrorBox error={error ?? snapshots.error} />
      {snapshots.value?.length === 0 && (
        <Empty title="No snapshots">
          <p>A snapshot keeps the DIDs and the settings as they are now. It costs nothing to take or to restore one.</p>
        </Empty>
      )}
      {snapshots.value !== undefined && snapshots.value.length > 0 && <SnapshotTable snapshots={snapshots.value} />}
    </>
  );
}

function SnapshotTable({ snapshots }: { readonly snapshots: readonly SnapshotView[] }) {
  const restore = async (name: string): Promise<void> => {
    await api.restoreSnapshot(name);
    bump(['dids', 'settings', 'clock']);
    notice.set({ text: `The world is as in the snapshot ${name}.` });
  };
  const remove = async (name: string): Promise<void> => {
    await api.deleteSnapshot(name);
    bump(['snapshots']);
  };
  return (
    <TableFrame label="Snapshots">
      <table>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Taken</th>
            <th scope="col">Holds</th>
            <th scope="col">
              <span class="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {snapshots.map(({ name, taken_at, dids, created_dids }) => (
            <tr key={name}>
              <th scope="row">
                <Text value={name} />
              </th>
              <td>{new Date(taken_at).toLocaleString('en-GB')}</td>
              <td>{`${formatCount(dids, 'DID')}, ${created_dids.toLocaleString('en')} created`}</td>
              <td class="actions">
                <button type="button" class="small" aria-label={`Restore ${name}`} onClick={() => run(() => restore(name))}>
                  Restore
                </button>
                <button type="button" class="small secondary outline" aria-label={`Delete ${name}`} onClick={() => run(() => remove(name))}>
                  Delete
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}
