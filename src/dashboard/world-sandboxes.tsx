/** The sandboxes: worlds next to the main one. */
import { useState } from 'preact/hooks';
import { api, ApiError } from './api.ts';
import { Empty, ErrorBox, run, TableFrame, Text } from './controls.tsx';
import { bump } from './live.ts';
import { useLoaded } from './loaded.ts';
import { getSandbox } from './place.ts';
import { formatRoute } from './route.ts';
import { formatCount } from './rows.ts';

/** The part of the world with the other worlds. */
export function SandboxesPart() {
  const sandboxes = useLoaded(api.sandboxes, 'sandboxes', ['sandboxes', 'requests']);
  const [name, setName] = useState('');
  const [error, setError] = useState<Error>();
  const create = async (): Promise<void> => {
    try {
      await api.createSandbox(name === '' ? {} : { name });
      setName('');
      setError(undefined);
    } catch (problem) {
      setError(problem as Error);
    }
    bump(['sandboxes']);
  };
  const drop = async (dropped: string): Promise<void> => {
    await api.deleteSandbox(dropped);
    bump(['sandboxes']);
    if (getSandbox() === dropped) location.hash = toWorld('');
  };
  if (sandboxes.error instanceof ApiError && sandboxes.error.code === 'SANDBOX_NESTED') return <p>This page shows one sandbox only.</p>;
  return (
    <>
      <p class="hint">
        A sandbox has its own DIDs, requests, faults and settings, over the same fixtures. Suites that run side by side take one each.
      </p>
      <form
        class="one-line"
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <label>
          Name
          <input
            value={name}
            placeholder="the server picks one"
            autocomplete="off"
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <button type="submit">Create a sandbox</button>
      </form>
      <ErrorBox error={error ?? sandboxes.error} />
      {sandboxes.value?.length === 0 && (
        <Empty title="No sandboxes">
          <p>Everything happens in the main world.</p>
        </Empty>
      )}
      {sandboxes.value !== undefined && sandboxes.value.length > 0 && (
        <TableFrame label="All sandboxes">
          <table>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Holds</th>
                <th scope="col">Ends if unused</th>
                <th scope="col">
                  <span class="visually-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {sandboxes.value.map((sandbox) => (
                <tr key={sandbox.name}>
                  <th scope="row">
                    <a href={toWorld(sandbox.name)}>
                      <Text value={sandbox.name} />
                    </a>
                  </th>
                  <td>{`${formatCount(sandbox.dids, 'DID')}, ${formatCount(sandbox.requests, 'request')}`}</td>
                  <td>{sandbox.expires_at === null ? 'never' : new Date(sandbox.expires_at).toLocaleTimeString('en-GB')}</td>
                  <td>
                    <button
                      type="button"
                      class="small secondary outline"
                      aria-label={`Drop ${sandbox.name}`}
                      onClick={() => run(() => drop(sandbox.name))}
                    >
                      Drop
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      )}
    </>
  );
}

/** The requests of a sandbox; of the main world for an empty name. */
function toWorld(name: string): string {
  return formatRoute({ view: 'requests', item: null, query: { sandbox: name } });
}
