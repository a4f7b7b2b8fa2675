/** Small parts that several views are made of. */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ApiError } from './api.ts';
import type { RequestKind } from './answers.ts';
import { formatKind } from './rows.ts';
import { createSignal } from './signal.ts';

/** A text that somebody sent: set apart, so that its direction changes nothing around it. */
export function Text({ value }: { readonly value: string | number | null | undefined }) {
  return <bdi>{value === null || value === undefined || value === '' ? '–' : value}</bdi>;
}

/** How a request ended, in words and in a colour. */
export function KindBadge({ kind, text }: { readonly kind: RequestKind; readonly text?: string | null }) {
  return (
    <span class={`badge kind-${kind}`}>
      <bdi>{text ?? formatKind(kind)}</bdi>
    </span>
  );
}

/** Copies a text to the clipboard, also where the page is not on a secure origin. */
async function copy(text: string): Promise<void> {
  const { clipboard } = navigator as { clipboard?: Clipboard };
  if (clipboard !== undefined) return clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'off-screen';
  document.body.append(area);
  area.select();
  // The clipboard of browsers needs a secure origin; nothing but this works without one.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  document.execCommand('copy');
  area.remove();
}

/** A button that copies a text, or what a function resolves to. */
export function CopyButton({ text, label = 'Copy' }: { readonly text: string | (() => Promise<string>); readonly label?: string }) {
  const [state, setState] = useState('');
  useEffect(() => {
    if (state === '') return;
    const timer = setTimeout(() => setState(''), 2000);
    return () => clearTimeout(timer);
  }, [state]);
  const run = async (): Promise<void> => {
    try {
      await copy(typeof text === 'string' ? text : await text());
      setState('Copied');
    } catch (error) {
      report(error);
    }
  };
  return (
    <button type="button" class="small secondary outline" onClick={() => void run()}>
      {state === '' ? label : state}
    </button>
  );
}

/** What went wrong, each issue in a line. Nothing without an error. */
export function ErrorBox({ error }: { readonly error: Error | undefined | null }) {
  if (error === undefined || error === null) return null;
  const issues = error instanceof ApiError ? error.issues : [];
  return (
    <div class="error-box" role="alert">
      <p>{issues.length === 0 ? error.message : error.message.split('\n')[0]}</p>
      {issues.length > 0 && (
        <ul>
          {issues.slice(0, 50).map(({ line, column, path, message }) => (
            <li key={`${path}${String(line)}${message}`}>
              {line !== undefined && <strong>{`line ${String(line)}${column === undefined ? '' : `, column ${String(column)}`}: `}</strong>}
              <Text value={path === '' ? message : `${path}: ${message}`} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** A notice at the end of the page, with something to do about it. */
export interface Notice {
  readonly text: string;
  readonly isError?: boolean;
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** The notice that is shown. */
export const notice = createSignal<Notice | null>(null);

/** Shows an error as a notice. */
export function report(error: unknown): void {
  notice.set({ text: error instanceof Error ? error.message : String(error), isError: true });
}

/** Runs something that may fail, and shows its error as a notice. */
export function run(action: () => Promise<unknown>): void {
  action().catch(report);
}

/** A view or a part of one that has nothing to show yet, and what to do about it. */
export function Empty({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <section class="empty">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** A table that scrolls sideways inside of its own frame. */
export function TableFrame({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    <div class="table-frame" role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}

/** A choice of one of a few. */
export function Choice<T extends string>(props: {
  readonly label: string;
  readonly value: T;
  readonly options: readonly (readonly [value: T, text: string])[];
  readonly onPick: (value: T) => void;
}) {
  return (
    <label class="choice">
      <span>{props.label}</span>
      <select value={props.value} onChange={(event) => props.onPick(event.currentTarget.value as T)}>
        {props.options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The text of a field of a form; empty if there is no such field. */
export function readField(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === 'string' ? value : '';
}
