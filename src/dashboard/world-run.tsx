/** Opens a saved run. */
import { useState } from 'preact/hooks';
import { ErrorBox } from './controls.tsx';
import { linkTo } from './place.ts';
import { openRun } from './run.ts';
import { parseRun } from './saved-run.ts';

/** The part of the world that looks at another one: a run that was saved to a file. */
export function RunPart() {
  const [error, setError] = useState<Error>();
  const open = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    try {
      openRun.set({ name: file.name, run: parseRun(await file.text()) });
      location.hash = linkTo('requests');
    } catch (problem) {
      setError(problem as Error);
    }
  };
  return (
    <>
      <p>
        <code>mock-mor --save-run FILE</code> writes what happened when the server ends: requests with their decisions, coverage and faults.
        Open such a file to look at it here. It stays on this computer.
      </p>
      <ErrorBox error={error} />
      <label>
        Open a run
        <input type="file" accept=".json,application/json" onChange={(event) => void open(event.currentTarget.files?.[0])} />
      </label>
    </>
  );
}
