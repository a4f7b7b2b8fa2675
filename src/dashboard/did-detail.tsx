/** One DID: its fields, the calls that its status allows, and the requests that touched it. */
import type { CallView, DidView, RequestRow, Trace } from './answers.ts';
import { api } from './api.ts';
import { ErrorBox, KindBadge, run, Text } from './controls.tsx';
import { bump } from './live.ts';
import { useLoaded } from './loaded.ts';
import { formatDevice, formatDialPlan, formatProvider, formatUser, type Records } from './names.ts';
import { getSandbox, linkTo, linkToItem } from './place.ts';

/** How many requests the history shows. */
const MAX_HISTORY = 50;

/** The DID that is open. */
export function DidDetail({ id, records }: { readonly id: string; readonly records: Records }) {
  const key = `${getSandbox() ?? ''}|${id}`;
  const did = useLoaded(() => api.did(id), key, ['dids', 'clock']);
  const history = useLoaded(() => api.rows({ touches_did: id, limit: MAX_HISTORY }), key, ['requests', 'dids']);
  const remove = async (): Promise<void> => {
    await api.deleteDid(Number(id));
    location.hash = linkToItem(null);
    bump(['dids']);
  };
  return (
    <section class="split-item" aria-label={`DID ${id}`}>
      <p class="item-bar">
        <a href={linkToItem(null)} class="close" data-close>
          <span aria-hidden="true">✕</span> Close
        </a>
      </p>
      <ErrorBox error={did.error} />
      {did.value !== undefined && (
        <>
          <h2>
            <Text value={did.value.did} /> <span class={`badge status-${did.value.status}`}>{did.value.status}</span>
          </h2>
          <Fields did={did.value} records={records} />
          <h3>What MOR lets the administrator do</h3>
          <Calls did={did.value} records={records} />
          <p class="actions">
            <button type="button" class="small secondary outline" onClick={() => run(remove)}>
              Delete it without MOR’s checks
            </button>
          </p>
        </>
      )}
      <h3>Requests that touched it</h3>
      <ErrorBox error={history.error} />
      {history.value !== undefined && <History rows={history.value.requests} />}
    </section>
  );
}

function Fields({ did, records }: { readonly did: DidView; readonly records: Records }) {
  const named: readonly (readonly [string, string])[] = [
    ['ID', String(did.id)],
    ['Provider', `${formatProvider(did.provider_id, records)} (${String(did.provider_id)})`],
    ['Owner', formatUser(did.reseller_id, records)],
    ['User', formatUser(did.user_id, records)],
    ['Device', formatDevice(did.device_id, records)],
    ['Dial plan', formatDialPlan(did.dial_plan_id, records)],
    ['Comment', did.comment],
    ['Reseller’s comment', did.reseller_comment],
  ];
  const shown = [
    'id',
    'did',
    'provider_id',
    'reseller_id',
    'user_id',
    'device_id',
    'dial_plan_id',
    'comment',
    'reseller_comment',
    'status',
    'mark',
  ];
  const others = Object.entries(did).filter(([name]) => !shown.includes(name));
  return (
    <dl class="pairs">
      {[...named, ...others.map(([name, value]) => [name, String(value)] as const)].map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <Text value={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** A call on a DID, and the decision that it would get. */
interface Prospect {
  readonly call: CallView;
  readonly param: string;
  readonly trace: Trace | undefined;
}

/** Asks for the decision of each call that takes the id of a DID and changes something. Nothing is sent to MOR's paths. */
async function explainCalls(id: number, caller: string): Promise<readonly Prospect[]> {
  const calls = (await api.calls()).filter(({ is_read_only, params }) => !is_read_only && params.some(({ names }) => names === 'didId'));
  return Promise.all(
    calls.map(async (call) => {
      const param = call.params.find(({ names }) => names === 'didId')?.name ?? '';
      const params = [
        ['u', caller],
        [param, String(id)],
      ] as const;
      try {
        const { hash } = await api.hash(call.name, params);
        return { call, param, trace: await api.explain(call.name, [...params, ['hash', hash]], 'POST') };
      } catch {
        return { call, param, trace: undefined };
      }
    }),
  );
}

function Calls({ did, records }: { readonly did: DidView; readonly records: Records }) {
  const caller = records.users.find(({ type }) => type === 'admin')?.username ?? 'admin';
  const key = `${getSandbox() ?? ''}|${caller}|${JSON.stringify(did)}`;
  const { value: prospects = [], error } = useLoaded(() => explainCalls(did.id, caller), key, ['settings']);
  return (
    <>
      <ErrorBox error={error} />
      <ul class="prospects">
        {prospects.map(({ call, param, trace }) => {
          const failed = trace?.steps.find(({ state }) => state === 'failed');
          const isAllowed = trace !== undefined && failed === undefined;
          return (
            <li key={call.name}>
              <a
                role="button"
                class={`small ${isAllowed ? '' : 'secondary outline'}`}
                href={linkTo('console', null, { call: call.name, 'p.u': caller, [`p.${param}`]: String(did.id) })}
              >
                {call.name}
              </a>
              <span class="hint">
                {failed === undefined ? <Text value={call.about} /> : <Text value={`${failed.error}: ${failed.actual}`} />}
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function History({ rows }: { readonly rows: readonly RequestRow[] }) {
  if (rows.length === 0) return <p>None yet.</p>;
  return (
    <ul class="history">
      {[...rows].reverse().map(({ id, at, call, u, outcome, kind, state }) => (
        <li key={id}>
          <a href={linkTo('requests', id)}>{new Date(at).toLocaleTimeString('en-GB')}</a> <Text value={call} /> <Text value={u} />{' '}
          <KindBadge kind={kind} text={state === 'completed' ? outcome : state} />
        </li>
      ))}
    </ul>
  );
}
