/** The settings as switches. */
import { useState } from 'preact/hooks';
import { api } from './api.ts';
import { ErrorBox } from './controls.tsx';
import { bump } from './live.ts';
import { useLoaded } from './loaded.ts';
import { getSandbox } from './place.ts';

/** The values of settings that are a choice. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  response_type: ['xml', 'attachment_xml', 'attachment_html'],
  error_envelope: ['page', 'bare'],
  dialect: ['current', 'legacy'],
  status_after_unassign: ['reserved', 'free'],
};

/** Settings that cannot be changed here: keys are not for a page. */
const FIXED = ['api_secret_key'];

/** The part of the world with its settings. */
export function SettingsPart() {
  const settings = useLoaded(api.settings, getSandbox() ?? '', ['settings', 'dids']);
  const [error, setError] = useState<Error>();
  const change = async (name: string, value: unknown): Promise<void> => {
    try {
      await api.patchSettings({ [name]: value });
      setError(undefined);
    } catch (problem) {
      setError(problem as Error);
    }
    bump(['settings']);
  };
  return (
    <>
      <p class="hint">A change counts at once, until the next reset.</p>
      <ErrorBox error={settings.error ?? error} />
      <div class="settings">
        {Object.entries(settings.value ?? {}).map(([name, value]) => (
          <Setting key={name} name={name} value={value} onChange={(next) => void change(name, next)} />
        ))}
      </div>
    </>
  );
}

function Setting(props: { readonly name: string; readonly value: string | number | boolean; readonly onChange: (value: unknown) => void }) {
  const { name, value, onChange } = props;
  if (typeof value === 'boolean') {
    return (
      <label class="setting">
        <code>{name}</code>
        <input type="checkbox" role="switch" checked={value} onChange={(event) => onChange(event.currentTarget.checked)} />
      </label>
    );
  }
  const choices = CHOICES[name];
  return (
    <label class="setting">
      <code>{name}</code>
      {choices === undefined ? (
        <input
          key={value}
          defaultValue={String(value)}
          disabled={FIXED.includes(name)}
          inputMode={typeof value === 'number' ? 'numeric' : 'text'}
          onChange={({ currentTarget: { value: next } }) => onChange(typeof value === 'number' && /^\d+$/.test(next) ? Number(next) : next)}
        />
      ) : (
        <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
          {choices.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      )}
    </label>
  );
}
