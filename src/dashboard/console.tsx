/** The console: fill in a call, see what is hashed, send it or explain it. */
import { useEffect, useState } from 'preact/hooks';
import type { CallView, HashView } from './answers.ts';
import { api } from './api.ts';
import { ConsoleFields } from './console-fields.tsx';
import { ConsoleResult, type Result } from './console-result.tsx';
import { Choice, ErrorBox, Text } from './controls.tsx';
import { makeExample } from './examples.ts';
import { useLoaded } from './loaded.ts';
import { changeQuery, getSandbox, navigate, route as place } from './place.ts';
import type { Route } from './route.ts';
import { sendCall } from './send-call.ts';
import { Snippets } from './snippets-view.tsx';

/** What `wrong` can be, and what it is called. */
const WRONG = [
  ['', 'right'],
  ['recipe', 'wrong: the old recipe'],
  ['order', 'wrong: in another order'],
  ['no_key', 'wrong: without the key'],
  ['unknown_caller', 'wrong: by an unknown caller'],
] as const;

const PREFIX = 'p.';

/** The parameters in the address: `p.did=370` is `did`. */
function getParams({ query }: Route): Readonly<Record<string, string>> {
  const entries = Object.entries(query).filter(([name]) => name.startsWith(PREFIX));
  return Object.fromEntries(entries.map(([name, value]) => [name.slice(PREFIX.length), value]));
}

/** The console. */
export function ConsoleView({ route }: { readonly route: Route }) {
  const calls = useLoaded(api.calls, 'calls');
  const name = route.query['call'] ?? 'did_create';
  const call = calls.value?.find((known) => known.name === name);
  return (
    <>
      <h1>Console</h1>
      <ErrorBox error={calls.error} />
      {calls.value !== undefined && call === undefined && (
        <p class="callout">
          MOR has no call <Text value={name} />. <a href="#/console?call=did_create">Take did_create</a>.
        </p>
      )}
      {calls.value !== undefined && call !== undefined && (
        <Form key={`${name}|${getSandbox() ?? ''}`} route={route} call={call} calls={calls.value} />
      )}
    </>
  );
}

interface Signed {
  readonly of: string;
  readonly view?: HashView;
  readonly error?: Error;
}

/** Signs as somebody types: at most one request at a time. */
function useHash(call: CallView, params: Readonly<Record<string, string>>, wrong: string): Signed {
  const key = JSON.stringify([call.name, params, wrong, getSandbox()]);
  const [signed, setSigned] = useState<Signed>({ of: '' });
  useEffect(() => {
    let isOver = false;
    const timer = setTimeout(() => {
      api.hash(call.name, Object.entries(params), wrong).then(
        (view) => isOver || setSigned({ of: key, view }),
        (error: unknown) => isOver || setSigned({ of: key, error: error as Error }),
      );
    }, 120);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [key]);
  return { ...signed, of: signed.of === key ? 'now' : 'before' };
}

function Form({ route, call, calls }: { readonly route: Route; readonly call: CallView; readonly calls: readonly CallView[] }) {
  const params = getParams(route);
  const { wrong = '', method: asked = 'POST' } = route.query;
  const method = asked === 'GET' ? 'GET' : 'POST';
  const signed = useHash(call, params, wrong);
  const [result, setResult] = useState<Result>();
  const [isBusy, setIsBusy] = useState(false);

  useEffect(() => {
    if (Object.keys(params).length > 0) return;
    makeExample(call).then(
      (example) => changeQuery(Object.fromEntries(Object.entries(example).map(([name, value]) => [`${PREFIX}${name}`, value]))),
      () => undefined,
    );
  }, []);

  /** Signs what is in the fields now, then sends or explains it. */
  const submit = async (isSent: boolean): Promise<void> => {
    setIsBusy(true);
    const entries = Object.entries(params);
    const view = await api.hash(call.name, entries, wrong).catch(() => undefined);
    const sent = Object.entries(view?.request?.params ?? { ...params, ...(view === undefined ? {} : { hash: view.hash }) });
    try {
      setResult(isSent ? await sendCall(call.name, method, sent) : { trace: await api.explain(call.name, sent, method) });
    } catch (error) {
      setResult({ error: error as Error });
    }
    setIsBusy(false);
  };

  const pickCall = (next: string): void => {
    const kept = Object.fromEntries(Object.entries(route.query).filter(([name]) => !name.startsWith(PREFIX) && name !== 'call'));
    navigate({ ...place.get(), query: { ...kept, call: next } });
  };

  return (
    <div class="console">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit(true);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          void submit(true);
        }}
      >
        <div class="fields-row">
          <Choice label="Call" value={call.name} options={calls.map(({ name }) => [name, name] as const)} onPick={pickCall} />
          <Choice
            label="Method"
            value={method}
            options={[
              ['POST', 'POST'],
              ['GET', 'GET'],
            ]}
            onPick={(value) => changeQuery({ method: value === 'POST' ? '' : value })}
          />
          <Choice
            label="Sign it"
            value={wrong as (typeof WRONG)[number][0]}
            options={WRONG}
            onPick={(value) => changeQuery({ wrong: value })}
          />
        </div>
        <p class="hint">{`${call.name} ${call.about}.`}</p>
        <ConsoleFields call={call} params={params} onChange={(name, value) => changeQuery({ [`${PREFIX}${name}`]: value })} />
        <HashPreview call={call} signed={signed} />
        <p class="actions">
          <button type="submit" aria-busy={isBusy} disabled={isBusy}>
            Send
          </button>
          <button type="button" class="secondary outline" disabled={isBusy} onClick={() => void submit(false)}>
            Only explain
          </button>
          <span class="hint">
            <kbd>Ctrl</kbd>+<kbd>Enter</kbd> sends
          </span>
        </p>
      </form>
      <div class="console-side">
        {result !== undefined && <ConsoleResult result={result} />}
        <Snippets call={call} params={params} method={method} wrong={wrong} view={signed.of === 'now' ? signed.view : undefined} />
      </div>
    </div>
  );
}

function HashPreview({ call, signed: { view, error, of } }: { readonly call: CallView; readonly signed: Signed }) {
  const parts = [...call.has_hash_of, 'key'].join(' + ');
  return (
    <dl class="hash" aria-live="polite" aria-busy={of !== 'now'}>
      <div>
        <dt>Hashed text</dt>
        <dd>
          <code data-hashed-text>
            <Text value={view?.text} />
          </code>
          <span class="hint">{` = ${parts}`}</span>
        </dd>
      </div>
      <div>
        <dt>Hash</dt>
        <dd>{error === undefined ? <code data-hash>{view?.hash ?? '–'}</code> : <Text value={error.message} />}</dd>
      </div>
    </dl>
  );
}
