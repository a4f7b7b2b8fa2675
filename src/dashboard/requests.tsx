/** The list of requests, live, with the decision of the one that is open. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { REQUEST_KINDS, type RequestRow } from './answers.ts';
import { api } from './api.ts';
import { Choice, ErrorBox, KindBadge, run, TableFrame, Text } from './controls.tsx';
import { Decision } from './decision.tsx';
import { FirstRequest } from './first-request.tsx';
import { useLoaded } from './loaded.ts';
import { reloadAll } from './live.ts';
import { changeQuery, getSandbox, linkToItem } from './place.ts';
import { useRequestFeed } from './request-feed.ts';
import type { Route } from './route.ts';
import { openRun } from './run.ts';
import { formatCount, formatDuration, formatKind } from './rows.ts';

/** How far the list may be scrolled and still follow, in pixels. */
const MAX_TOP = 40;

/** The view of requests. */
export function RequestsView({ route }: { readonly route: Route }) {
  const { q = '', call = '', kind = '' } = route.query;
  const [isPaused, setIsPaused] = useState(false);
  const isHeld = (): boolean => isPaused || route.item !== null || scrollY > MAX_TOP;
  const world = `${getSandbox() ?? ''}|${openRun.get()?.name ?? ''}`;
  const feed = useRequestFeed({ q, call, kind }, world, isHeld);
  const calls = useLoaded(api.calls, 'calls');
  const isFiltered = q !== '' || call !== '' || kind !== '';

  useEffect(() => {
    const follow = (): void => {
      if (feed.list.waitingCount > 0 && !isHeld()) feed.show();
    };
    addEventListener('scroll', follow, { passive: true });
    return () => removeEventListener('scroll', follow);
  });

  const clear = async (): Promise<void> => {
    await api.clearRequests();
    reloadAll();
  };
  const { shown, waitingCount } = feed.list;
  const isEmpty = feed.isLoaded && shown.length === 0 && feed.error === undefined;
  return (
    <div class={`split ${route.item === null ? '' : 'is-open'}`}>
      <section class="split-list" aria-label="Requests">
        <h1 class="visually-hidden">Requests</h1>
        <div class="toolbar">
          <label class="search">
            <span class="visually-hidden">Search in requests and answers</span>
            <input
              type="search"
              data-search
              placeholder="Search everything ( / )"
              value={q}
              onInput={(event) => changeQuery({ q: event.currentTarget.value })}
            />
          </label>
          <Choice
            label="Call"
            value={call}
            options={[['', 'all'], ...(calls.value ?? []).map(({ name }) => [name, name] as const)]}
            onPick={(value) => changeQuery({ call: value })}
          />
          <Choice
            label="Ended as"
            value={kind}
            options={[['', 'all'], ...REQUEST_KINDS.map((name) => [name, formatKind(name)] as const)]}
            onPick={(value) => changeQuery({ kind: value })}
          />
          <button type="button" class="secondary outline" aria-pressed={isPaused} onClick={() => setIsPaused(!isPaused)}>
            {isPaused ? 'Resume' : 'Pause'}
          </button>
          <button type="button" class="secondary outline" disabled={shown.length === 0} onClick={() => run(clear)}>
            Clear list
          </button>
        </div>
        <div class="list-head">
          <span role="status">{formatCounts(shown.length, feed.counts, isFiltered)}</span>
          {waitingCount > 0 && (
            <button
              type="button"
              class="chip"
              onClick={() => {
                feed.show();
                scrollTo({ top: 0 });
              }}
            >
              {`${waitingCount.toLocaleString('en')} new`}
            </button>
          )}
        </div>
        <ErrorBox error={feed.error} />
        {isEmpty && (isFiltered ? <p class="empty">No request fits these filters.</p> : <FirstRequest />)}
        {shown.length > 0 && <RequestTable rows={shown} open={route.item} />}
        {shown.length > 0 && shown.length < feed.counts.matched - waitingCount && (
          <button type="button" class="secondary outline older" onClick={feed.loadOlder}>
            Older
          </button>
        )}
      </section>
      {route.item !== null && <Decision id={route.item} />}
    </div>
  );
}

function formatCounts(shown: number, counts: { matched: number; total: number; dropped: number }, isFiltered: boolean): string {
  const all = isFiltered
    ? `${counts.matched.toLocaleString('en')} that fit, ${formatCount(counts.total, 'request')} in all`
    : formatCount(counts.total, 'request');
  const dropped = counts.dropped === 0 ? '' : `, ${counts.dropped.toLocaleString('en')} dropped`;
  return shown < counts.matched ? `${shown.toLocaleString('en')} of ${all} shown${dropped}` : `${all}${dropped}`;
}

function RequestTable({ rows, open }: { readonly rows: readonly RequestRow[]; readonly open: string | null }) {
  return (
    <TableFrame label="Requests, newest first">
      <table class="requests" role="table">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">
              Time
            </th>
            <th role="columnheader" scope="col">
              Call
            </th>
            <th role="columnheader" scope="col">
              Caller
            </th>
            <th role="columnheader" scope="col">
              About
            </th>
            <th role="columnheader" scope="col">
              Outcome
            </th>
            <th role="columnheader" scope="col">
              Took
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <Row key={row.id} row={row} isOpen={open === String(row.id)} />
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

/** A row. It is made again only if the request or its address changed: many rows arrive each second. */
function Row({ row, isOpen }: { readonly row: RequestRow; readonly isOpen: boolean }) {
  const href = linkToItem(row.id);
  return useMemo(() => drawRow(row, href, isOpen), [row, href, isOpen]);
}

function drawRow(row: RequestRow, href: string, isOpen: boolean) {
  const { id, at, call, u, subject, kind, outcome, state, reason, fault, duration_ms } = row;
  return (
    <tr role="row" class={isOpen ? 'is-open' : ''} data-request={id} onClick={() => (location.hash = href)}>
      <td role="cell" class="time">
        <a href={href} aria-current={isOpen ? 'true' : undefined} title={at} onClick={(event) => event.stopPropagation()}>
          {formatTime(at)}
        </a>
      </td>
      <td role="cell" class="call">
        <Text value={call} />
      </td>
      <td role="cell" class="caller">
        <Text value={u} />
      </td>
      <td role="cell" class="subject">
        <Text value={subject} />
      </td>
      <td role="cell" class="outcome">
        <KindBadge kind={kind} text={state === 'completed' ? outcome : state} />
        {(fault ?? reason) !== null && (
          <p class="reason">
            <Text value={fault ?? reason} />
          </p>
        )}
      </td>
      <td role="cell" class="took">
        {formatDuration(duration_ms)}
      </td>
    </tr>
  );
}

function formatTime(at: string): string {
  return new Date(at).toLocaleTimeString('en-GB', { hour12: false });
}
