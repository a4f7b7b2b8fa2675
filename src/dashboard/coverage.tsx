/** Coverage: which outcomes of which calls were met, and by which requests. */
import type { Coverage, OutcomeCoverage } from './answers.ts';
import { api } from './api.ts';
import { Choice, ErrorBox, run, TableFrame } from './controls.tsx';
import { bump } from './live.ts';
import { useLoaded } from './loaded.ts';
import { changeQuery, getSandbox, linkTo } from './place.ts';
import type { Route } from './route.ts';
import { openRun } from './run.ts';

/** The view of coverage. */
export function CoverageView({ route }: { readonly route: Route }) {
  const key = `${getSandbox() ?? ''}|${openRun.get()?.name ?? ''}`;
  const coverage = useLoaded(api.coverage, key, ['coverage', 'requests']);
  const shown = route.query['show'] ?? '';
  const clear = async (): Promise<void> => {
    await api.clearCoverage();
    bump(['coverage']);
  };
  return (
    <>
      <h1>Coverage</h1>
      <p class="lead">Each outcome of each call, in the order of MOR’s checks, and whether a request met it since the server started.</p>
      <ErrorBox error={coverage.error} />
      {coverage.value !== undefined && (
        <>
          <div class="toolbar">
            <Choice
              label="Show"
              value={shown}
              options={[
                ['', 'all outcomes'],
                ['page', 'what the vendor’s page lists'],
                ['missing', 'what is not met'],
              ]}
              onPick={(value) => changeQuery({ show: value })}
            />
            <button type="button" class="secondary outline" disabled={openRun.get() !== null} onClick={() => run(clear)}>
              Count again from nothing
            </button>
          </div>
          <p class="legend">
            <span class="cell is-met">3</span> met, how often <span class="cell is-missing">✗</span> not met{' '}
            <span class="cell is-missing is-page">✗</span> not met, and on the vendor’s page
          </p>
          <Matrix coverage={coverage.value} shown={shown} />
        </>
      )}
    </>
  );
}

function Matrix({ coverage: { calls }, shown }: { readonly coverage: Coverage; readonly shown: string }) {
  const isShown = ({ met, on_page }: OutcomeCoverage): boolean => (shown === 'page' ? on_page : shown === 'missing' ? !met : true);
  const outcomes = orderOutcomes(calls.map((call) => call.outcomes.map(({ outcome }) => outcome)));
  const rows = outcomes
    .map((outcome) => ({ outcome, cells: calls.map((call) => call.outcomes.find((one) => one.outcome === outcome)) }))
    .filter(({ cells }) => cells.some((cell) => cell !== undefined && isShown(cell)));
  return (
    <TableFrame label="Outcomes by call">
      <table class="matrix">
        <thead>
          <tr>
            <th scope="col">Outcome</th>
            {calls.map(({ call, all, page }) => (
              <th scope="col" key={call}>
                <span class="call-name">{call}</span>
                <small
                  title={`${String(page.met)} of ${String(page.of)} on the vendor’s page`}
                >{`${String(all.met)} of ${String(all.of)}`}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ outcome, cells }) => (
            <tr key={outcome}>
              <th scope="row">{outcome}</th>
              {cells.map((cell, index) => (
                <td key={calls[index]?.call}>{cell !== undefined && isShown(cell) && <Cell cell={cell} />}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

function Cell({ cell: { met, count, forced, on_page, requests } }: { readonly cell: OutcomeCoverage }) {
  const page = on_page ? ' is-page' : '';
  if (!met) {
    return (
      <span class={`cell is-missing${page}`}>
        <span aria-hidden="true">✗</span>
        <span class="visually-hidden">{on_page ? 'not met, on the vendor’s page' : 'not met'}</span>
      </span>
    );
  }
  const id = /(\d+)$/.exec(requests[0]?.request_id ?? '')?.[1];
  const title = `Requests ${requests.map(({ request_id }) => request_id).join(', ')}${forced > 0 ? `; ${String(forced)} forced by a fault` : ''}`;
  return id === undefined ? (
    <span class={`cell is-met${page}`}>{count}</span>
  ) : (
    <a class={`cell is-met${page}`} href={linkTo('requests', id)} title={title} aria-label={`met ${String(count)} times. ${title}`}>
      {count}
    </a>
  );
}

/** Every outcome once. One that comes before another in a call comes before it here, as far as the calls agree. */
export function orderOutcomes(lists: readonly (readonly string[])[]): readonly string[] {
  const ordered: string[] = [];
  for (const list of lists) {
    let at = 0;
    for (const outcome of list) {
      const known = ordered.indexOf(outcome);
      if (known >= 0) at = known + 1;
      else ordered.splice(at++, 0, outcome);
    }
  }
  return ordered;
}
