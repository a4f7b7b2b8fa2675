/** The fields of the console, from the declaration of the call. */
import type { CallParam, CallView } from './answers.ts';
import { api } from './api.ts';
import { useLoaded } from './loaded.ts';
import { getSandbox } from './place.ts';

/** A value that can be picked for a field. */
interface Suggestion {
  readonly value: string;
  readonly text: string;
}

async function loadSuggestions(): Promise<Readonly<Record<string, readonly Suggestion[]>>> {
  const [users, providers, { dids }] = await Promise.all([api.users(), api.providers(), api.dids({ limit: 100 })]);
  return {
    caller: users.map(({ username, type }) => ({ value: username, text: type })),
    user: users.map(({ id, username, type }) => ({ value: String(id), text: `${username} (${type})` })),
    provider: providers.map(({ id, name, hidden }) => ({ value: String(id), text: hidden ? `${name} (hidden)` : name })),
    didId: dids.map(({ id, did, status }) => ({ value: String(id), text: `${did} (${status})` })),
    didNumber: dids.map(({ did, status }) => ({ value: did, text: status })),
  };
}

/** One field for each parameter; those that a call can do without are folded. */
export function ConsoleFields(props: {
  readonly call: CallView;
  readonly params: Readonly<Record<string, string>>;
  readonly onChange: (name: string, value: string) => void;
}) {
  const { call, params, onChange } = props;
  const suggestions = useLoaded(loadSuggestions, getSandbox() ?? '', ['users', 'dids']);
  const fields = call.params.filter(({ kind }) => kind !== 'hash');
  const isMain = ({ is_required, is_hashed }: CallParam): boolean => is_required || is_hashed;
  const more = fields.filter((field) => !isMain(field));
  const known = fields.map(({ name }) => name);
  const unknown = Object.keys(params).filter((name) => !known.includes(name));
  const draw = (field: CallParam) => (
    <Field
      key={field.name}
      field={field}
      value={params[field.name] ?? ''}
      suggestions={suggestions.value?.[field.kind === 'caller' ? 'caller' : (field.names ?? '')] ?? []}
      onInput={(value) => onChange(field.name, value)}
    />
  );
  return (
    <>
      <div class="fields">{fields.filter(isMain).map(draw)}</div>
      {unknown.map((name) => (
        <label key={name}>
          {`${name} (the call does not know it)`}
          <input value={params[name] ?? ''} onInput={(event) => onChange(name, event.currentTarget.value)} />
        </label>
      ))}
      {more.length > 0 && (
        <details open={more.some(({ name }) => params[name] !== undefined)}>
          <summary>{`${String(more.length)} more parameters`}</summary>
          <div class="fields">{more.map(draw)}</div>
        </details>
      )}
    </>
  );
}

function Field(props: {
  readonly field: CallParam;
  readonly value: string;
  readonly suggestions: readonly Suggestion[];
  readonly onInput: (value: string) => void;
}) {
  const { field, value, suggestions, onInput } = props;
  const { name, about, kind, is_hashed, required_unless } = field;
  const list = `list-${name}`;
  const chosen = suggestions.find((one) => one.value === value);
  return (
    <div class="field">
      <label for={`field-${name}`}>
        <code>{name}</code>
        {kind === 'caller' && <small> the caller</small>}
        {is_hashed && <small> hashed</small>}
      </label>
      <input
        id={`field-${name}`}
        name={name}
        value={value}
        autocomplete="off"
        spellcheck={false}
        list={suggestions.length > 0 ? list : undefined}
        aria-describedby={`about-${name}`}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <small id={`about-${name}`} class="hint">
        {chosen === undefined ? (
          `${about}${required_unless === undefined ? '' : `; required unless ${required_unless}`}`
        ) : (
          <bdi>{chosen.text}</bdi>
        )}
      </small>
      {suggestions.length > 0 && (
        <datalist id={list}>
          {suggestions.map((one) => (
            <option key={one.value} value={one.value}>
              {one.text}
            </option>
          ))}
        </datalist>
      )}
    </div>
  );
}
