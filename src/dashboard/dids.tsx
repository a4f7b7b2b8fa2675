/** The DIDs as MOR's own list shows them. */
import { useState } from 'preact/hooks';
import type { DidView } from './answers.ts';
import { api } from './api.ts';
import { Choice, ErrorBox, TableFrame, Text } from './controls.tsx';
import { AddDid } from './add-did.tsx';
import { DidDetail } from './did-detail.tsx';
import { useLoaded } from './loaded.ts';
import { formatDevice, formatDialPlan, formatProvider, formatUser, useRecords, type Records } from './names.ts';
import { changeQuery, getSandbox, linkTo, linkToItem } from './place.ts';
import type { Route } from './route.ts';

const PAGE_DIDS = 100;

const STATUSES = ['free', 'reserved', 'active', 'closed', 'terminated'] as const;

const MARKS = { created: 'created by a call', changed: 'changed', added: 'added by a tester' } as const;

/** The columns that the server sorts by, and the others. */
const COLUMNS: readonly (readonly [title: string, sort: string | null])[] = [
  ['ID', 'id'],
  ['Number', 'did'],
  ['Provider', 'provider_id'],
  ['Status', 'status'],
  ['Owner', 'reseller_id'],
  ['User', 'user_id'],
  ['Device', null],
  ['Dial plan', null],
  ['Comment', null],
];

/** The list of DIDs, with the details of the one that is open. */
export function DidsView({ route }: { readonly route: Route }) {
  const { q = '', status = '', mark = '', as = '', sort = 'id', page = '1' } = route.query;
  const offset = (Math.max(1, Math.trunc(Number(page)) || 1) - 1) * PAGE_DIDS;
  const query = { q, status, mark, as, sort: sort === 'id' ? '' : sort, limit: PAGE_DIDS, offset };
  const loaded = useLoaded(() => api.dids(query), JSON.stringify([query, getSandbox()]), ['dids', 'clock']);
  const [last, setLast] = useState(loaded.value);
  if (loaded.value !== undefined && loaded.value !== last) setLast(loaded.value);
  const shown = loaded.value ?? (loaded.error === undefined ? last : undefined);
  const records = useRecords();
  const [isAdding, setIsAdding] = useState(false);
  const resellers = records.users.filter(({ type }) => type === 'reseller');
  const filter = (changes: Route['query']): void => changeQuery({ page: '', ...changes });
  const isFiltered = [q, status, mark, as].some((text) => text !== '');
  return (
    <div class={`split ${route.item === null ? '' : 'is-open'}`}>
      <section class="split-list" aria-label="DIDs">
        <h1 class="visually-hidden">DIDs</h1>
        <div class="toolbar">
          <label class="search">
            <span class="visually-hidden">Search numbers</span>
            <input
              type="search"
              data-search
              placeholder="Search numbers ( / )"
              value={q}
              onInput={(event) => filter({ q: event.currentTarget.value })}
            />
          </label>
          <Choice
            label="Status"
            value={status}
            options={[['', 'any'], ...STATUSES.map((name) => [name, name] as const)]}
            onPick={(value) => filter({ status: value })}
          />
          <Choice
            label="Since the fixtures"
            value={mark}
            options={[['', 'all'], ...Object.entries(MARKS)]}
            onPick={(value) => filter({ mark: value })}
          />
          <Choice
            label="As seen by"
            value={as}
            options={[['', 'the administrator'], ...resellers.map(({ id, username }) => [String(id), username] as const)]}
            onPick={(value) => filter({ as: value })}
          />
          <button type="button" class="secondary outline" aria-expanded={isAdding} onClick={() => setIsAdding(!isAdding)}>
            Add a DID
          </button>
        </div>
        {isAdding && <AddDid records={records} onClose={() => setIsAdding(false)} />}
        <ErrorBox error={loaded.error} />
        {shown !== undefined && (
          <>
            <Pages total={shown.total} offset={offset} />
            {shown.dids.length === 0 ? (
              <NoDids isFiltered={isFiltered} />
            ) : (
              <DidTable dids={shown.dids} sort={sort} open={route.item} records={records} />
            )}
            {shown.total > PAGE_DIDS && <Pages total={shown.total} offset={offset} />}
          </>
        )}
      </section>
      {route.item !== null && <DidDetail id={route.item} records={records} />}
    </div>
  );
}

function NoDids({ isFiltered }: { readonly isFiltered: boolean }) {
  if (isFiltered) return <p class="empty">No DID fits these filters.</p>;
  return (
    <p class="empty">
      There are no DIDs. <a href={linkTo('console', null, { call: 'did_create' })}>Create one in the console</a>, or add one above.
    </p>
  );
}

function Pages({ total, offset }: { readonly total: number; readonly offset: number }) {
  const page = offset / PAGE_DIDS + 1;
  const last = Math.max(1, Math.ceil(total / PAGE_DIDS));
  const to = Math.min(total, offset + PAGE_DIDS);
  const go = (next: number): void => changeQuery({ page: next === 1 ? '' : String(next) });
  return (
    <div class="list-head">
      <span role="status">
        {total === 0
          ? '0 DIDs'
          : `${(offset + 1).toLocaleString('en')} to ${to.toLocaleString('en')} of ${total.toLocaleString('en')} DIDs`}
      </span>
      {last > 1 && (
        <span class="pages">
          <button type="button" class="small secondary outline" disabled={page <= 1} onClick={() => go(page - 1)}>
            Previous
          </button>
          <span>{`Page ${page.toLocaleString('en')} of ${last.toLocaleString('en')}`}</span>
          <button type="button" class="small secondary outline" disabled={page >= last} onClick={() => go(page + 1)}>
            Next
          </button>
        </span>
      )}
    </div>
  );
}

function DidTable(props: {
  readonly dids: readonly DidView[];
  readonly sort: string;
  readonly open: string | null;
  readonly records: Records;
}) {
  const { dids, sort, open, records } = props;
  return (
    <TableFrame label="DIDs by page">
      <table class="dids">
        <thead>
          <tr>
            {COLUMNS.map(([title, name]) => (
              <SortableHead key={title} title={title} name={name} sort={sort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {dids.map((did) => (
            <tr
              key={did.id}
              class={open === String(did.id) ? 'is-open' : ''}
              data-did={did.id}
              onClick={() => (location.hash = linkToItem(did.id))}
            >
              <td>{did.id}</td>
              <td class="number">
                <a
                  href={linkToItem(did.id)}
                  aria-current={open === String(did.id) ? 'true' : undefined}
                  onClick={(event) => event.stopPropagation()}
                >
                  <Text value={did.did} />
                </a>
                {did.mark != null && <span class="badge mark">{MARKS[did.mark]}</span>}
              </td>
              <td>
                <Text value={formatProvider(did.provider_id, records)} />
              </td>
              <td>
                <span class={`badge status-${did.status}`}>{did.status}</span>
              </td>
              <td>
                <Text value={formatUser(did.reseller_id, records)} />
              </td>
              <td>
                <Text value={formatUser(did.user_id, records)} />
              </td>
              <td>
                <Text value={formatDevice(did.device_id, records)} />
              </td>
              <td>
                <Text value={formatDialPlan(did.dial_plan_id, records)} />
              </td>
              <td class="comment">
                <Text value={did.comment || did.reseller_comment} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

function SortableHead({ title, name, sort }: { readonly title: string; readonly name: string | null; readonly sort: string }) {
  if (name === null) return <th scope="col">{title}</th>;
  const direction = sort === name ? 'ascending' : sort === `-${name}` ? 'descending' : undefined;
  return (
    <th scope="col" aria-sort={direction}>
      <button type="button" class="sort" onClick={() => changeQuery({ sort: direction === 'ascending' ? `-${name}` : name, page: '' })}>
        {title}
        <span aria-hidden="true">{direction === undefined ? '' : direction === 'ascending' ? ' ↑' : ' ↓'}</span>
      </button>
    </th>
  );
}
