/** What came of a call in the console: the answer next to the decision. */
import type { RequestDetail, RequestRow, Trace } from './answers.ts';
import { ErrorBox, KindBadge, Text } from './controls.tsx';
import { DecisionSteps } from './decision.tsx';
import { linkTo } from './place.ts';
import { formatDuration } from './rows.ts';
import { XmlView } from './xml-view.tsx';

/** The result of sending or explaining a call. */
export interface Result {
  readonly answer?: { readonly status: number; readonly text: string; readonly blob: Blob; readonly took: number };
  /** Why there is no answer. */
  readonly lost?: { readonly reason: string; readonly took: number };
  /** The request in the journal. */
  readonly request?: RequestDetail;
  /** The request that was sent before, if its connection broke and the browser sent it again by itself. */
  readonly repeated?: RequestRow;
  /** The decision, if the call was only explained. */
  readonly trace?: Trace;
  readonly error?: Error;
}

/** The result. */
export function ConsoleResult({ result: { answer, lost, request, trace: explained, repeated, error } }: { readonly result: Result }) {
  const trace = explained ?? request?.trace;
  const isRefused = trace?.steps.some(({ state }) => state === 'failed') === true;
  const kind = request?.fault != null ? 'fault' : isRefused ? 'refused' : 'ok';
  return (
    <section class="result" aria-label="Result" aria-live="polite">
      <h2>
        {request === undefined && answer === undefined && lost === undefined ? 'Explained' : 'Sent'}{' '}
        {trace != null && <KindBadge kind={kind} text={request?.outcome ?? trace.outcome} />}
      </h2>
      <ErrorBox error={error} />
      {trace != null && request === undefined && <p class="hint">Nothing was sent, and nothing changed.</p>}
      {lost !== undefined && (
        <p class="callout kind-fault">
          No answer came: {lost.reason}, after {formatDuration(lost.took)}. Whether the call was carried out is in the decision.
        </p>
      )}
      {repeated !== undefined && (
        <p class="callout kind-fault">
          The connection broke at <a href={linkTo('requests', repeated.id)}>{`request ${repeated.request_id}`}</a> (
          <Text value={repeated.fault} />
          ), and the browser sent the call again by itself.
        </p>
      )}
      {request?.fault != null && (
        <p class="callout kind-fault">
          <Text value={request.fault} />
        </p>
      )}
      {answer !== undefined && (
        <>
          <p class="facts">
            <span>{`HTTP ${String(answer.status)}`}</span>
            <span>{formatDuration(answer.took)}</span>
            {request !== undefined && <a href={linkTo('requests', request.id)}>{`Request ${request.request_id}`}</a>}
          </p>
          <XmlView body={answer.text} size={answer.blob.size} blob={answer.blob} name="answer.xml" />
        </>
      )}
      {trace != null && <DecisionSteps trace={trace} />}
    </section>
  );
}
