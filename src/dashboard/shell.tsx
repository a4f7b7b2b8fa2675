/** What is around every view: the menu, the sandbox, the stream's state, armed faults, notices and the list of keys. */
import { useEffect, useRef } from 'preact/hooks';
import type { Health } from './answers.ts';
import { api } from './api.ts';
import { Choice, notice, run } from './controls.tsx';
import { bump, liveState } from './live.ts';
import { useLoaded } from './loaded.ts';
import { getSandbox, linkTo, navigate } from './place.ts';
import { resetWorld } from './reset.ts';
import { VIEWS, type Route, type ViewName } from './route.ts';
import { openRun } from './run.ts';
import { formatCount } from './rows.ts';
import { useSignal } from './signal.ts';

const TITLES: Readonly<Record<ViewName, string>> = {
  requests: 'Requests',
  dids: 'DIDs',
  console: 'Console',
  faults: 'Faults',
  coverage: 'Coverage',
  world: 'World',
};

const LIVE_TEXTS = { connecting: 'Connecting', live: 'Live', lost: 'No connection', polling: 'Every 2 s' } as const;

/** The head of the page. */
export function Header({ route, health }: { readonly route: Route; readonly health: Health | undefined }) {
  const live = useSignal(liveState);
  const isShadow = health?.mode === 'shadow';
  return (
    <header class="head">
      <div class="head-row">
        <a class="brand" href={linkTo('requests')}>
          mock-mor
        </a>
        <span
          class={`badge mode ${isShadow ? 'kind-fault' : 'kind-other'}`}
          title={isShadow ? 'In front of a real server' : `Version ${health?.version ?? ''}`}
        >
          {isShadow ? 'shadow' : 'mock'}
        </span>
        <span class={`live live-${live}`} role="status">
          {LIVE_TEXTS[live]}
        </span>
        <SandboxPicker route={route} />
        <button
          type="button"
          class="small reset"
          onClick={() => run(resetWorld)}
          title="DIDs, settings and faults as in the fixtures. It can be undone."
        >
          Reset
        </button>
      </div>
      <nav aria-label="Views">
        <ul>
          {VIEWS.map((view) => (
            <li key={view}>
              <a href={linkTo(view)} aria-current={view === route.view ? 'page' : undefined}>
                {TITLES[view]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}

function SandboxPicker({ route }: { readonly route: Route }) {
  const sandboxes = useLoaded(api.sandboxes, 'sandboxes', ['sandboxes']);
  const current = getSandbox() ?? '';
  const names = (sandboxes.value ?? []).map(({ name }) => name);
  if (names.length === 0 && current === '') return null;
  const all = current === '' || names.includes(current) ? names : [current, ...names];
  return (
    <Choice
      label="World"
      value={current}
      options={[['', 'main'], ...all.map((name) => [name, name] as const)]}
      onPick={(name) => navigate({ view: route.view, item: null, query: name === '' ? {} : { sandbox: name } })}
    />
  );
}

/** Shows in every view that fault rules are armed. */
export function FaultBar() {
  const faults = useLoaded(api.faults, `${getSandbox() ?? ''}|${openRun.get()?.name ?? ''}`, ['faults', 'requests']);
  const armed = (faults.value ?? []).filter(({ left }) => left !== 0);
  if (armed.length === 0 || openRun.get() !== null) return null;
  const clear = async (): Promise<void> => {
    await api.clearFaults();
    bump(['faults']);
  };
  return (
    <section class="bar kind-fault" aria-label="Armed faults" data-fault-bar>
      <span>
        <a href={linkTo('faults')}>{`${formatCount(armed.length, 'fault')} armed`}</a>
      </span>
      <button type="button" class="small secondary outline" onClick={() => run(clear)}>
        Clear
      </button>
    </section>
  );
}

/** Says that a saved run is open, and closes it. */
export function RunBar() {
  const opened = useSignal(openRun);
  if (opened === null) return null;
  return (
    <section class="bar kind-other" aria-label="Saved run" data-run-bar>
      <span>
        You look at the saved run <bdi>{opened.name}</bdi> of {new Date(opened.run.at).toLocaleString('en-GB')}. It is read-only.
      </span>
      <button type="button" class="small secondary outline" onClick={() => openRun.set(null)}>
        Close the run
      </button>
    </section>
  );
}

/** How long a notice without an action stays, in milliseconds. */
const NOTICE_MS = 6000;

/** The notice at the end of the page. */
export function NoticeBar() {
  const shown = useSignal(notice);
  useEffect(() => {
    if (shown === null || shown.action !== undefined) return;
    const timer = setTimeout(() => notice.set(null), shown.isError === true ? NOTICE_MS * 2 : NOTICE_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  return (
    <div role="status" class="notice-place">
      {shown !== null && (
        <div class={`notice ${shown.isError === true ? 'is-error' : ''}`}>
          <span>
            <bdi>{shown.text}</bdi>
          </span>
          {shown.action !== undefined && (
            <button type="button" class="small" onClick={shown.action.run}>
              {shown.action.label}
            </button>
          )}
          <button type="button" class="small secondary outline" aria-label="Close the notice" onClick={() => notice.set(null)}>
            <span aria-hidden="true">✕</span>
          </button>
        </div>
      )}
    </div>
  );
}

const KEYS = [
  ['/', 'search'],
  ['j, k', 'next and previous request or DID'],
  ['r', 'the open request in the console'],
  ['Esc', 'close what is open'],
  ['g, then r d c f v w', 'requests, DIDs, console, faults, coverage, world'],
  ['Ctrl + Enter', 'send, in the console'],
  ['?', 'these keys'],
] as const;

/** The list of keys. */
export function KeysDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog ref={dialog} aria-labelledby="keys-title" onClose={onClose}>
      <article>
        <h2 id="keys-title">Keys</h2>
        <dl class="keys">
          {KEYS.map(([key, text]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
        <button type="button" onClick={onClose}>
          Close
        </button>
      </article>
    </dialog>
  );
}
