/** Users, providers and devices, and which caller may use which provider. */
import type { ComponentChildren } from 'preact';
import type { ProviderView, UserView } from './answers.ts';
import { api } from './api.ts';
import { ErrorBox, TableFrame, Text } from './controls.tsx';
import { useLoaded } from './loaded.ts';
import { formatProvider, formatUser, useRecords, type Records } from './names.ts';
import { getSandbox, linkTo } from './place.ts';

/** How many callers and providers the matrix has at most: each pair is asked for. */
const MAX_SIDE = 12;

/** The errors of `did_create` that are about the caller and the provider. */
const ABOUT_PROVIDERS = [
  'Access Denied',
  'Provider was not found',
  'You are not authorized to use this Provider',
  'You are not authorized to manage DIDs',
];

/** Asks for the decision about a new DID, and returns the errors that the caller and the provider lead to. */
async function findObstacles(user: UserView, provider: ProviderView): Promise<readonly string[]> {
  const params = [
    ['u', user.username],
    ['provider_id', String(provider.id)],
    ['did', '0'],
  ] as const;
  const { steps } = await api.explain('did_create', params, 'POST');
  return steps
    .filter(({ error, state, would_fail }) => ABOUT_PROVIDERS.includes(error) && (state === 'failed' || would_fail === true))
    .map(({ error }) => error);
}

async function loadMatrix(
  users: readonly UserView[],
  providers: readonly ProviderView[],
): Promise<readonly (readonly (readonly string[])[])[]> {
  return Promise.all(users.map((user) => Promise.all(providers.map((provider) => findObstacles(user, provider)))));
}

/** The part of the world with its people and things. */
export function PeoplePart() {
  const records = useRecords();
  return (
    <>
      <Matrix records={records} />
      <Users records={records} />
      <Providers records={records} />
      <Devices records={records} />
    </>
  );
}

function Matrix({ records }: { readonly records: Records }) {
  const users = records.users.slice(0, MAX_SIDE);
  const providers = records.providers.slice(0, MAX_SIDE);
  const key = JSON.stringify([getSandbox(), users, providers]);
  const matrix = useLoaded(() => loadMatrix(users, providers), key, ['settings', 'users']);
  const isCut = records.users.length > MAX_SIDE || records.providers.length > MAX_SIDE;
  return (
    <>
      <p class="hint">
        Whether <code>did_create</code> lets a caller create a DID at a provider, hash and number aside.{' '}
        {isCut && `Only the first ${String(MAX_SIDE)} of each are asked for.`}
      </p>
      <ErrorBox error={matrix.error} />
      <TableFrame label="Who may use which provider">
        <table class="matrix">
          <thead>
            <tr>
              <th scope="col">Caller</th>
              {providers.map(({ id, name, hidden }) => (
                <th scope="col" key={id}>
                  <Text value={name || `#${String(id)}`} />
                  {hidden && <small>hidden</small>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {users.map((user, row) => (
              <tr key={user.id}>
                <th scope="row">
                  <Text value={user.username} /> <small>{user.type}</small>
                </th>
                {providers.map((provider, column) => (
                  <td key={provider.id}>
                    <Cell user={user} provider={provider} obstacles={matrix.value?.[row]?.[column]} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
    </>
  );
}

function Cell({
  user,
  provider,
  obstacles,
}: {
  readonly user: UserView;
  readonly provider: ProviderView;
  readonly obstacles: readonly string[] | undefined;
}) {
  if (obstacles === undefined) return null;
  const href = linkTo('console', null, { call: 'did_create', 'p.u': user.username, 'p.provider_id': String(provider.id) });
  const isAllowed = obstacles.length === 0;
  return (
    <a class={`cell ${isAllowed ? 'is-met' : 'is-missing'}`} href={href} title={isAllowed ? 'may' : obstacles.join('; ')}>
      <span aria-hidden="true">{isAllowed ? '✓' : '✗'}</span>
      <span class="visually-hidden">{isAllowed ? 'may' : `may not: ${obstacles.join('; ')}`}</span>
    </a>
  );
}

function List({
  title,
  heads,
  children,
}: {
  readonly title: string;
  readonly heads: readonly string[];
  readonly children: ComponentChildren;
}) {
  return (
    <>
      <h3>{title}</h3>
      <TableFrame label={title}>
        <table>
          <thead>
            <tr>
              {heads.map((head) => (
                <th scope="col" key={head}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      </TableFrame>
    </>
  );
}

function Users({ records }: { readonly records: Records }) {
  return (
    <List title="Users" heads={['ID', 'Username', 'Name', 'Type', 'Owner', 'Manages DIDs']}>
      {records.users.map((user) => (
        <tr key={user.id}>
          <td>{user.id}</td>
          <th scope="row">
            <Text value={user.username} />
          </th>
          <td>
            <Text value={[user.first_name, user.last_name].filter(Boolean).join(' ')} />
          </td>
          <td>{user.type}</td>
          <td>{user.owner_id === undefined ? '–' : <Text value={formatUser(user.owner_id, records)} />}</td>
          <td>{user.permissions?.manage_dids ?? '–'}</td>
        </tr>
      ))}
    </List>
  );
}

function Providers({ records }: { readonly records: Records }) {
  return (
    <List title="Providers" heads={['ID', 'Name', 'Owner', 'Hidden']}>
      {records.providers.map(({ id, user_id, hidden }) => (
        <tr key={id}>
          <td>{id}</td>
          <th scope="row">
            <Text value={formatProvider(id, records)} />
          </th>
          <td>
            <Text value={formatUser(user_id, records)} />
          </td>
          <td>{hidden ? 'yes' : 'no'}</td>
        </tr>
      ))}
    </List>
  );
}

function Devices({ records }: { readonly records: Records }) {
  return (
    <List title="Devices" heads={['ID', 'Device', 'User', 'Hidden']}>
      {records.devices.map(({ id, type, username, user_id, hidden }) => (
        <tr key={id}>
          <td>{id}</td>
          <th scope="row">
            <Text value={`${type}/${username}`} />
          </th>
          <td>
            <Text value={formatUser(user_id, records)} />
          </td>
          <td>{hidden ? 'yes' : 'no'}</td>
        </tr>
      ))}
    </List>
  );
}
