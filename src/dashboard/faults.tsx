/** Faults: the usual ones by one click, a form for the rest, and what each one hit. */
import { useState } from 'preact/hooks';
import type { FaultView } from './answers.ts';
import { api } from './api.ts';
import { Choice, Empty, ErrorBox, run, TableFrame, Text } from './controls.tsx';
import { FaultForm } from './fault-form.tsx';
import { describeEffect, describeLeft, describeMatch, USUAL_FAULTS } from './fault-words.ts';
import { bump } from './live.ts';
import { useLoaded } from './loaded.ts';
import { changeQuery, getSandbox, linkTo } from './place.ts';
import type { Route } from './route.ts';
import { openRun } from './run.ts';

/** How many hits of a rule are listed. */
const MAX_HITS = 20;

/** The view of faults. */
export function FaultsView({ route }: { readonly route: Route }) {
  const times = route.query['times'] ?? '1';
  const calls = useLoaded(api.calls, 'calls');
  const faults = useLoaded(api.faults, `${getSandbox() ?? ''}|${openRun.get()?.name ?? ''}`, ['faults', 'requests']);
  const [error, setError] = useState('');
  const arm = async (rule: object): Promise<void> => {
    await api.addFault({ ...rule, times: times === 'always' ? 'always' : Number(times) });
    bump(['faults']);
  };
  const errors = [...new Set((calls.value ?? []).flatMap((call) => call.errors.map(({ text }) => text)))];
  const chosen = error === '' ? errors[0] : error;
  const isReadOnly = openRun.get() !== null;
  return (
    <>
      <h1>Faults</h1>
      <p class="lead">A fault makes the next requests go wrong on purpose, so that you see what your client does then.</p>
      {!isReadOnly && (
        <section aria-label="Arm a fault">
          <Choice
            label="Hits"
            value={times}
            options={[
              ['1', 'the next request'],
              ['2', 'the next 2 requests'],
              ['always', 'all requests'],
            ]}
            onPick={(value) => changeQuery({ times: value === '1' ? '' : value })}
          />
          <ul class="tiles">
            {USUAL_FAULTS.map(({ title, about, rule }) => (
              <li key={title}>
                <button type="button" class="secondary outline tile" onClick={() => run(() => arm(rule))}>
                  <strong>{title}</strong>
                  <span>{about}</span>
                </button>
              </li>
            ))}
          </ul>
          <p class="one-line">
            <label>
              An error of MOR
              <select value={chosen} onChange={(event) => setError(event.currentTarget.value)}>
                {errors.map((text) => (
                  <option key={text}>{text}</option>
                ))}
              </select>
            </label>
            <button type="button" disabled={chosen === undefined} onClick={() => run(() => arm({ error: chosen }))}>
              Answer it
            </button>
          </p>
          <details>
            <summary>Another fault, or only for some requests</summary>
            <FaultForm calls={calls.value ?? []} onArm={arm} />
          </details>
        </section>
      )}
      <h2>Rules</h2>
      <ErrorBox error={faults.error} />
      {faults.value?.length === 0 && (
        <Empty title="No faults">
          <p>Arm one above. While a rule has hits left, a bar in every view shows it.</p>
        </Empty>
      )}
      {faults.value !== undefined && faults.value.length > 0 && <FaultTable faults={faults.value} isReadOnly={isReadOnly} />}
    </>
  );
}

function FaultTable({ faults, isReadOnly }: { readonly faults: readonly FaultView[]; readonly isReadOnly: boolean }) {
  const change = async (action: Promise<unknown>): Promise<void> => {
    await action;
    bump(['faults']);
  };
  return (
    <>
      <TableFrame label="Fault rules">
        <table class="faults">
          <thead>
            <tr>
              <th scope="col">Rule</th>
              <th scope="col">For</th>
              <th scope="col">Left</th>
              <th scope="col">Requests it hit</th>
              <th scope="col">
                <span class="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {faults.map((fault) => (
              <tr key={fault.id} class={fault.left === 0 ? 'is-used' : ''}>
                <th scope="row">
                  {`${String(fault.id)}: `}
                  <Text value={describeEffect(fault)} />
                </th>
                <td>
                  <Text value={describeMatch(fault)} />
                  {fault.after > 0 && <span class="hint">{`, after ${String(fault.after)} more`}</span>}
                </td>
                <td>{describeLeft(fault)}</td>
                <td class="hits">
                  {fault.hits.length === 0 && '–'}
                  {fault.hits.slice(-MAX_HITS).map((id) => (
                    <a key={id} href={linkTo('requests', id)} aria-label={`Request ${String(id)}`}>
                      {id}
                    </a>
                  ))}
                  {fault.fired > MAX_HITS && <span class="hint">{`${String(fault.fired)} in all`}</span>}
                </td>
                <td>
                  {!isReadOnly && (
                    <button
                      type="button"
                      class="small secondary outline"
                      aria-label={`Clear fault ${String(fault.id)}`}
                      onClick={() => run(() => change(api.deleteFault(fault.id)))}
                    >
                      Clear
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
      {!isReadOnly && (
        <button type="button" class="secondary outline" onClick={() => run(() => change(api.clearFaults()))}>
          Clear all
        </button>
      )}
    </>
  );
}
