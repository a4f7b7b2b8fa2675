/** One request with the whole decision: why it was answered as it was, and what would have passed. */
import type { RequestDetail, RequestParam, Trace, TraceStep } from './answers.ts';
import { api } from './api.ts';
import { CopyButton, ErrorBox, KindBadge, TableFrame, Text } from './controls.tsx';
import { useLoaded } from './loaded.ts';
import { getCallUrl, getSandbox, linkTo, linkToItem } from './place.ts';
import { formatDuration } from './rows.ts';
import { openRun } from './run.ts';
import { formatSnippet } from './snippets.ts';
import { XmlView } from './xml-view.tsx';

/** The request that is open. */
export function Decision({ id }: { readonly id: string }) {
  const world = `${getSandbox() ?? ''}|${openRun.get()?.name ?? ''}`;
  const { value: request, error } = useLoaded(() => api.request(id), `${world}|${id}`, ['requests']);
  return (
    <section class="split-item" aria-label={`Request ${id}`}>
      <p class="item-bar">
        <a href={linkToItem(null)} class="close" data-close>
          <span aria-hidden="true">✕</span> Close
        </a>
      </p>
      <ErrorBox error={error} />
      {request !== undefined && <RequestBody request={request} />}
    </section>
  );
}

function RequestBody({ request }: { readonly request: RequestDetail }) {
  const { call, caller, outcome, state, method, path, at, duration_ms, fault, trace, answer, params, notes = [] } = request;
  const again = Object.fromEntries(getSent(request).map(([name, value]) => [`p.${name}`, value]));
  return (
    <>
      <h2>
        <Text value={call} /> <KindBadge kind={getKind(request)} text={state === 'completed' ? outcome : state} />
      </h2>
      <p class="facts">
        <span>
          {method} <Text value={path} />
        </span>
        <span>{caller === null ? 'unknown caller' : <Text value={`${caller.username} (${caller.type})`} />}</span>
        <span>{new Date(at).toLocaleString('en-GB')}</span>
        <span>{formatDuration(duration_ms)}</span>
        {answer !== null && <span>{`HTTP ${String(answer.status)}`}</span>}
      </p>
      <p class="actions">
        <a role="button" class="small" data-again href={linkTo('console', null, { call, method: method === 'GET' ? 'GET' : '', ...again })}>
          Try again with changes
        </a>
        <CopyButton label="Copy as curl" text={() => makeCurl(request)} />
      </p>
      {fault !== null && (
        <p class="callout kind-fault">
          <Text value={fault} />
        </p>
      )}
      {trace !== null && <DecisionSteps trace={trace} />}
      {notes.map((note) => (
        <p key={note} class="callout">
          <Text value={note} />
        </p>
      ))}
      <h3>Parameters</h3>
      <Params params={params} />
      {answer !== null && (
        <>
          <h3>Answer</h3>
          {answer.body === null ? (
            <p>No body was sent.</p>
          ) : (
            <XmlView body={answer.body} isCut={answer.is_cut === true} name={`request-${request.request_id}.xml`} />
          )}
        </>
      )}
      <details>
        <summary>{`Headers (${String(Object.keys(request.headers).length)})`}</summary>
        <dl class="headers">
          {Object.entries(request.headers).map(([name, value]) => (
            <div key={name}>
              <dt>
                <Text value={name} />
              </dt>
              <dd>
                <Text value={value} />
              </dd>
            </div>
          ))}
        </dl>
        {request.headers_dropped !== undefined && <p>{`${String(request.headers_dropped)} more were not kept.`}</p>}
      </details>
    </>
  );
}

/** The checks in their order; before them, the reason in short. */
export function DecisionSteps({ trace }: { readonly trace: Trace }) {
  const failed = trace.steps.find(({ state }) => state === 'failed');
  return (
    <>
      {failed !== undefined && (
        <div class="callout kind-refused" data-why>
          <p>
            <strong>Why: </strong>
            <Text value={failed.actual} />
          </p>
          {trace.hash !== undefined && (
            <p>
              <Text value={trace.hash} />
            </p>
          )}
          {failed.fix !== undefined && (
            <p>
              <strong>To pass: </strong>
              <Text value={failed.fix} />
            </p>
          )}
        </div>
      )}
      {failed === undefined && trace.hash !== undefined && (
        <p class="callout">
          <Text value={trace.hash} />
        </p>
      )}
      {trace.steps.length > 0 && <h3>Checks, in the order of MOR</h3>}
      <ol class="steps">
        {trace.steps.map((step, index) => (
          <Step key={index} step={step} />
        ))}
      </ol>
    </>
  );
}

const STEP_MARKS = {
  passed: { mark: '✓', text: 'passed' },
  failed: { mark: '✗', text: 'failed' },
  'would fail': { mark: '!', text: 'would fail too' },
  'not reached': { mark: '–', text: 'not reached' },
} as const;

function Step({ step }: { readonly step: TraceStep }) {
  const state = step.would_fail === true ? 'would fail' : step.state;
  const { mark, text } = STEP_MARKS[state];
  return (
    <li class={`step step-${state.replace(' ', '-')}`}>
      <span class="mark" aria-hidden="true">
        {mark}
      </span>
      <div>
        <p>
          <span class="visually-hidden">{text}: </span>
          <Text value={step.check} />
          {state !== 'passed' && state !== 'not reached' && <span class="error-name">{` → ${step.error}`}</span>}
        </p>
        <p class="saw">
          <Text value={step.actual} />
        </p>
        {state === 'would fail' && (
          <p class="saw">
            <strong>Would fail too: </strong>
            <Text value={step.fix} />
          </p>
        )}
      </div>
    </li>
  );
}

function Params({ params }: { readonly params: readonly RequestParam[] }) {
  if (params.length === 0) return <p>None were sent.</p>;
  return (
    <TableFrame label="Parameters">
      <table class="params">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Value</th>
            <th scope="col">From</th>
          </tr>
        </thead>
        <tbody>
          {params.map(({ name, value, from, ignored, is_text }, index) => (
            <tr key={index} class={ignored === undefined ? '' : 'is-ignored'}>
              <th scope="row">
                <Text value={name} />
              </th>
              <td>
                {is_text === false ? <em>not a string</em> : <Text value={value} />}
                {ignored !== undefined && (
                  <p class="ignored">
                    <strong>ignored: </strong>
                    <Text value={ignored} />
                  </p>
                )}
              </td>
              <td>{from}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

function getKind({ fault, trace, state, outcome }: RequestDetail): 'ok' | 'refused' | 'fault' | 'other' {
  if (fault !== null) return 'fault';
  if (state !== 'completed' || outcome === null || trace === null || trace.steps.length === 0) return 'other';
  return trace.steps.some((step) => step.state === 'failed') ? 'refused' : 'ok';
}

/** The parameters that counted, without the hash and what is masked. */
function getSent({ params }: RequestDetail): readonly (readonly [string, string])[] {
  return params.flatMap(({ name, value, ignored }) =>
    ignored !== undefined || value === null || value === '***' || name === 'hash' ? [] : [[name, value] as const],
  );
}

/** The request as a line for a shell, with the hash that MOR accepts. */
async function makeCurl(request: RequestDetail): Promise<string> {
  const params = getSent(request);
  const call = (await api.calls()).find(({ name }) => name === request.call);
  const fixedHash = await api.hash(request.call, params).then(
    ({ hash }) => hash,
    () => null,
  );
  const method = request.method === 'GET' ? 'GET' : 'POST';
  return formatSnippet('curl', { url: getCallUrl(request.call), method, params, hashed: call?.has_hash_of ?? [], fixedHash });
}
