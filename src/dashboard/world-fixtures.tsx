/** The fixtures as YAML: read, checked as somebody types, replaced. */
import { useState } from 'preact/hooks';
import type { Health, Issue } from './answers.ts';
import { api, ApiError } from './api.ts';
import { ErrorBox, notice, report, run } from './controls.tsx';
import { reloadAll } from './live.ts';
import { getSandbox } from './place.ts';
import { splitYaml } from './split-yaml.ts';

/** Larger texts are edited without colours. */
const MAX_COLOURED = 65_536;

/** The part of the world with its fixtures. */
export function FixturesPart({ health }: { readonly health: Health }) {
  const [yaml, setYaml] = useState<string>();
  const [error, setError] = useState<Error>();
  const show = async (): Promise<void> => {
    try {
      setYaml(await api.fixtures());
      setError(undefined);
    } catch (problem) {
      setError(problem as Error);
    }
  };
  const reload = async (): Promise<void> => {
    await api.reloadFixtures();
    setYaml(undefined);
    reloadAll();
    notice.set({ text: 'The fixture files were read again.' });
  };
  const replace = async (): Promise<void> => {
    try {
      await api.replaceFixtures(yaml ?? '');
      setError(undefined);
      reloadAll();
      notice.set({ text: 'The world is as in this text now.' });
    } catch (problem) {
      setError(problem as Error);
    }
  };
  const { source, loaded_at, failure } = health.fixtures;
  return (
    <>
      <p>
        Loaded from <bdi>{source === 'shipped' ? 'the package' : source}</bdi> at {new Date(loaded_at).toLocaleString('en-GB')}.
      </p>
      {failure !== undefined && (
        <p class="callout kind-refused">
          <bdi>{failure}</bdi>
        </p>
      )}
      <p class="actions">
        <button type="button" class={yaml === undefined ? '' : 'secondary outline'} onClick={() => void show()}>
          {yaml === undefined ? 'Show as YAML, with the keys in it' : 'Read it from the server again'}
        </button>
        <button type="button" class="secondary outline" onClick={() => run(reload)}>
          Reload the files
        </button>
      </p>
      {yaml === undefined ? (
        <ErrorBox error={error} />
      ) : (
        <>
          <Editor yaml={yaml} issues={error instanceof ApiError ? error.issues : []} onInput={setYaml} />
          <ErrorBox error={error} />
          <p class="actions">
            <button type="button" onClick={() => void replace()}>
              Replace the world
            </button>
            <button type="button" class="secondary outline" onClick={() => check(yaml, setError)}>
              Only check it
            </button>
            <span class="hint">Replacing also resets, and forgets the snapshots.</span>
          </p>
        </>
      )}
    </>
  );
}

/** Checks a text in a sandbox that is made for it and dropped again: the admin API has no check alone. */
function check(yaml: string, setError: (error: Error | undefined) => void): void {
  const name = `check-${Math.random().toString(36).slice(2, 10)}`;
  api.checkFixtures(name, yaml).then(
    () => {
      setError(undefined);
      notice.set({ text: 'It is valid.' });
    },
    (problem: unknown) => {
      if (problem instanceof ApiError && problem.code === 'FIXTURE_INVALID') setError(problem);
      else report(problem);
    },
  );
}

function Editor({
  yaml,
  issues,
  onInput,
}: {
  readonly yaml: string;
  readonly issues: readonly Issue[];
  readonly onInput: (yaml: string) => void;
}) {
  const lines = yaml.split('\n');
  const wrong = new Set(issues.map(({ line }) => line));
  const isColoured = yaml.length <= MAX_COLOURED;
  return (
    <div class={`editor ${isColoured ? '' : 'is-plain'}`} key={getSandbox() ?? ''}>
      {isColoured && (
        <pre aria-hidden="true">
          {lines.map((line, index) => (
            <span key={index} class={wrong.has(index + 1) ? 'line is-wrong' : 'line'}>
              {splitYaml(line).map(({ kind, text }, at) => (
                <span key={at} class={`yaml-${kind}`}>
                  {text}
                </span>
              ))}
              {'\n'}
            </span>
          ))}
        </pre>
      )}
      <textarea
        aria-label="Fixtures as YAML"
        spellcheck={false}
        wrap="off"
        rows={Math.min(lines.length + 1, 1000)}
        value={yaml}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </div>
  );
}
