/** The dashboard: a page over the admin API. */
import { render, type FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Health } from './answers.ts';
import { api, missingSandbox, getToken, needsToken, setToken } from './api.ts';
import { ConsoleView } from './console.tsx';
import { ErrorBox, run } from './controls.tsx';
import { CoverageView } from './coverage.tsx';
import { DidsView } from './dids.tsx';
import { FaultsView } from './faults.tsx';
import { followKeys } from './keys.ts';
import { reloadAll, startLive } from './live.ts';
import { useLoaded } from './loaded.ts';
import { getSandbox, navigate, route as place } from './place.ts';
import { RequestsView } from './requests.tsx';
import type { Route, ViewName } from './route.ts';
import { openRun } from './run.ts';
import { FaultBar, Header, KeysDialog, NoticeBar, RunBar } from './shell.tsx';
import { useSignal } from './signal.ts';
import { WorldView } from './world.tsx';

const COMPONENTS: Readonly<Record<ViewName, FunctionComponent<{ route: Route; health: Health }>>> = {
  requests: RequestsView,
  dids: DidsView,
  console: ConsoleView,
  faults: FaultsView,
  coverage: CoverageView,
  world: WorldView,
};

function Page() {
  const route = useSignal(place);
  const isLocked = useSignal(needsToken);
  const [areKeysShown, setAreKeysShown] = useState(false);
  const health = useLoaded(api.health, getSandbox() ?? '', ['users']);
  const isKnown = health.value !== undefined;
  const opened = useSignal(openRun);

  useEffect(() => followKeys(() => setAreKeysShown(true)), []);
  useEffect(() => {
    if (isKnown) startOnce();
  }, [isKnown]);
  useEffect(() => missingSandbox.set(null), [route.query['sandbox']]);
  useEffect(reloadAll, [opened]);

  if (isLocked) return <TokenForm />;
  return (
    <>
      <a class="skip" href="#content" onClick={skip}>
        Skip to the content
      </a>
      <Header route={route} health={health.value} />
      <RunBar />
      <FaultBar />
      <main id="content" tabIndex={-1}>
        <ErrorBox error={health.error} />
        <View route={route} health={health.value} />
      </main>
      <NoticeBar />
      <KeysDialog isOpen={areKeysShown} onClose={() => setAreKeysShown(false)} />
    </>
  );
}

function View({ route, health }: { readonly route: Route; readonly health: Health | undefined }) {
  const gone = useSignal(missingSandbox);
  const Component = COMPONENTS[route.view];
  if (gone !== null) return <GoneSandbox detail={gone} />;
  return health === undefined ? null : <Component route={route} health={health} key={`${route.view}|${getSandbox() ?? ''}`} />;
}

let isStarted = false;

function startOnce(): void {
  if (isStarted) return;
  isStarted = true;
  startLive();
}

/** The address holds the place of the page, so that a jump inside of it needs a script. */
function skip(event: Event): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}

function TokenForm() {
  const [token, setText] = useState('');
  return (
    <main class="token">
      <h1>mock-mor</h1>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setToken(token.trim());
          reloadAll();
        }}
      >
        <label>
          Token of the admin API
          <input type="password" required autocomplete="off" value={token} onInput={(event) => setText(event.currentTarget.value)} />
          <small>The server was started with --admin-token. The token is kept until you close this tab.</small>
        </label>
        {getToken() !== null && <ErrorBox error={new Error('The server does not accept this token.')} />}
        <button type="submit">Open</button>
      </form>
    </main>
  );
}

function GoneSandbox({ detail }: { readonly detail: string }) {
  const name = getSandbox() ?? '';
  const create = async (): Promise<void> => {
    await api.createSandbox({ name });
    missingSandbox.set(null);
    reloadAll();
  };
  return (
    <section class="empty" data-gone>
      <h1>
        There is no sandbox <bdi>{name}</bdi>
      </h1>
      <p>
        <bdi>{detail}</bdi>
      </p>
      <p class="actions">
        <button type="button" onClick={() => navigate({ view: 'requests', item: null, query: {} })}>
          Go to the main world
        </button>
        <button type="button" class="secondary outline" onClick={() => run(create)}>
          Create it
        </button>
      </p>
    </section>
  );
}

const root = document.getElementById('app');
if (root !== null) render(<Page />, root);
