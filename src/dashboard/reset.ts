/** The Reset button: DIDs, settings and faults go back to the fixtures, and "Undo" brings them back. */
import type { FaultView } from './answers.ts';
import { api, ApiError } from './api.ts';
import { notice, report, run } from './controls.tsx';
import { bump } from './live.ts';

/** The snapshot that is taken before a reset. There is one at a time. */
const SNAPSHOT = 'before-reset';

const TOPICS = ['dids', 'settings', 'faults', 'snapshots', 'clock'];

/** Resets DIDs, settings and faults. The list of requests stays: it says what happened before. */
export async function resetWorld(): Promise<void> {
  await forget();
  const faults = await api.faults();
  await api.takeSnapshot(SNAPSHOT);
  await api.reset('state,settings,faults');
  bump(TOPICS);
  notice.set({
    text: 'DIDs, settings and faults are as in the fixtures again.',
    action: { label: 'Undo', run: () => run(() => undo(faults)) },
  });
}

async function forget(): Promise<void> {
  await api.deleteSnapshot(SNAPSHOT).catch((error: unknown) => {
    if (!(error instanceof ApiError) || error.code !== 'NOT_FOUND') throw error;
  });
}

async function undo(faults: readonly FaultView[]): Promise<void> {
  try {
    await api.restoreSnapshot(SNAPSHOT);
    for (const fault of faults) if (fault.left !== 0) await api.addFault(toRule(fault));
    notice.set({ text: 'The reset is undone.' });
  } catch (error) {
    report(error);
  }
  bump(TOPICS);
}

/** A rule for the hits that were left. */
function toRule({ id: _id, fired: _fired, hits: _hits, left, ...rest }: FaultView): object {
  const { passed, after, ...rule } = rest as typeof rest & { passed?: number };
  return { ...rule, after: Math.max(0, after - (passed ?? 0)), times: left };
}
