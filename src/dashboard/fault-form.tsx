/** The form for a fault that has no button, or is for some requests only. */
import { useState } from 'preact/hooks';
import type { CallView } from './answers.ts';
import { ErrorBox, readField } from './controls.tsx';

/** What goes wrong, what it is called, and what else it needs. */
const EFFECTS = [
  ['http', 'another HTTP status', 'Status', '502'],
  ['delay_ms', 'a delay', 'Milliseconds', '1000'],
  ['content_type', 'another content type', 'Content type', 'text/plain'],
  ['error', 'an error of MOR', 'Text or name', 'DID already exists'],
  ['reset', 'the connection breaks', null, ''],
  ['empty', 'the connection ends without a byte', null, ''],
  ['truncated', 'half an answer', null, ''],
  ['hang', 'no answer', null, ''],
  ['drip', 'byte by byte', null, ''],
] as const;

type Effect = (typeof EFFECTS)[number][0];

function toEffect(effect: Effect, value: string): object {
  if (effect === 'http') return { http: { status: Number(value) } };
  if (effect === 'delay_ms') return { delay_ms: Number(value) };
  if (effect === 'content_type') return { content_type: value };
  return effect === 'error' ? { error: value } : { connection: effect };
}

/** The form. `onArm` takes a rule without its `times`. */
export function FaultForm({ calls, onArm }: { readonly calls: readonly CallView[]; readonly onArm: (rule: object) => Promise<void> }) {
  const [effect, setEffect] = useState<Effect>('http');
  const [error, setError] = useState<Error>();
  const [, , valueLabel, example] = EFFECTS.find(([name]) => name === effect) ?? EFFECTS[0];
  const arm = async (form: HTMLFormElement): Promise<void> => {
    const text = (name: string): string => readField(form, name).trim();
    const match = Object.fromEntries(['call', 'u', 'did'].map((name) => [name, text(name)] as const).filter(([, value]) => value !== ''));
    try {
      await onArm({ ...toEffect(effect, text('value')), match, phase: text('phase'), after: Number(text('after')) });
      setError(undefined);
    } catch (problem) {
      setError(problem as Error);
    }
  };
  return (
    <form
      class="panel"
      onSubmit={(event) => {
        event.preventDefault();
        void arm(event.currentTarget);
      }}
    >
      <ErrorBox error={error} />
      <div class="fields">
        <label>
          What goes wrong
          <select value={effect} onChange={(event) => setEffect(event.currentTarget.value as Effect)}>
            {EFFECTS.map(([name, text]) => (
              <option key={name} value={name}>
                {text}
              </option>
            ))}
          </select>
        </label>
        {valueLabel !== null && (
          <label key={effect}>
            {valueLabel}
            <input name="value" required defaultValue={example} autocomplete="off" />
          </label>
        )}
        <label>
          When
          <select name="phase">
            <option value="before">before the call</option>
            <option value="after">after it is carried out</option>
          </select>
        </label>
        <label>
          Lets pass first
          <input name="after" type="number" min="0" defaultValue="0" />
        </label>
        <label>
          Only the call
          <select name="call">
            <option value="">any</option>
            {calls.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <label>
          Only the caller
          <input name="u" placeholder="any" autocomplete="off" />
        </label>
        <label>
          Only the number
          <input name="did" placeholder="any" autocomplete="off" />
        </label>
      </div>
      <button type="submit">Arm it</button>
    </form>
  );
}
