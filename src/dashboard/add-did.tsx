/** The form that adds a DID without MOR's checks. */
import { useState } from 'preact/hooks';
import { api } from './api.ts';
import { ErrorBox, readField } from './controls.tsx';
import { bump } from './live.ts';
import type { Records } from './names.ts';

const STATUSES = ['free', 'reserved', 'active', 'closed', 'terminated'] as const;

/** Adds a DID. */
export function AddDid({ records, onClose }: { readonly records: Records; readonly onClose: () => void }) {
  const [error, setError] = useState<Error>();
  const add = async (form: HTMLFormElement): Promise<void> => {
    const text = (name: string): string => readField(form, name);
    const optional = Object.entries({ reseller_id: text('reseller_id'), device_id: text('device_id') }).filter(([, value]) => value !== '');
    try {
      await api.addDid({
        did: text('did'),
        provider_id: Number(text('provider_id')),
        status: text('status'),
        ...(text('comment') === '' ? {} : { comment: text('comment') }),
        ...Object.fromEntries(optional.map(([name, value]) => [name, Number(value)])),
      });
      bump(['dids']);
      onClose();
    } catch (problem) {
      setError(problem as Error);
    }
  };
  return (
    <form
      class="panel"
      onSubmit={(event) => {
        event.preventDefault();
        void add(event.currentTarget);
      }}
    >
      <h2>Add a DID</h2>
      <p class="hint">It is put there as it is, without the checks of MOR, until the next reset.</p>
      <ErrorBox error={error} />
      <div class="fields">
        <label>
          Number
          <input name="did" required autocomplete="off" />
        </label>
        <label>
          Provider
          <select name="provider_id">
            {records.providers.map(({ id, name }) => (
              <option key={id} value={id}>{`${String(id)} ${name}`}</option>
            ))}
          </select>
        </label>
        <label>
          Status
          <select name="status">
            {STATUSES.map((status) => (
              <option key={status}>{status}</option>
            ))}
          </select>
        </label>
        <label>
          Owner
          <select name="reseller_id">
            <option value="">administrator</option>
            {records.users
              .filter(({ type }) => type === 'reseller')
              .map(({ id, username }) => (
                <option key={id} value={id}>
                  {username}
                </option>
              ))}
          </select>
        </label>
        <label>
          Device
          <select name="device_id">
            <option value="">none</option>
            {records.devices.map(({ id, type, username }) => (
              <option key={id} value={id}>{`${type}/${username}`}</option>
            ))}
          </select>
        </label>
        <label>
          Comment
          <input name="comment" autocomplete="off" />
        </label>
      </div>
      <p class="actions">
        <button type="submit">Add</button>
        <button type="button" class="secondary outline" onClick={onClose}>
          Cancel
        </button>
      </p>
    </form>
  );
}
