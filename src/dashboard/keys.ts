/** Keys of the whole page. They count only outside of fields. */
import { linkTo, navigate, route } from './place.ts';
import type { ViewName } from './route.ts';

const VIEW_KEYS: Readonly<Record<string, ViewName>> = {
  r: 'requests',
  d: 'dids',
  c: 'console',
  f: 'faults',
  v: 'coverage',
  w: 'world',
};

/** How long the second key after `g` may take, in milliseconds. */
const MAX_PAUSE_MS = 1500;

/** Follows the keys until the returned function is called. */
export function followKeys(showKeys: () => void): () => void {
  let wentAt = -Infinity;
  const follow = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || isField(event.target) || document.querySelector('dialog[open]') !== null) return;
    const isSecond = event.timeStamp - wentAt < MAX_PAUSE_MS;
    wentAt = event.key === 'g' ? event.timeStamp : -Infinity;
    if (isHandled(event.key, isSecond, showKeys)) event.preventDefault();
  };
  addEventListener('keydown', follow);
  return () => removeEventListener('keydown', follow);
}

function isHandled(key: string, isSecond: boolean, showKeys: () => void): boolean {
  const view = VIEW_KEYS[key];
  if (isSecond && view !== undefined) {
    location.hash = linkTo(view);
    return true;
  }
  switch (key) {
    case '?':
      showKeys();
      return true;
    case '/':
      return focus('[data-search]');
    case 'r':
      return click('[data-again]');
    case 'Escape':
      return click('[data-close]');
    case 'j':
      return step(1);
    case 'k':
      return step(-1);
    default:
      return false;
  }
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
}

function focus(selector: string): boolean {
  const found = document.querySelector<HTMLElement>(selector);
  found?.focus();
  return found !== null;
}

function click(selector: string): boolean {
  const found = document.querySelector<HTMLElement>(selector);
  found?.click();
  return found !== null;
}

/** Opens the row after or before the open one; the first if none is open. It counts from the address: the page may not be drawn yet. */
function step(distance: number): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>('.split-list tbody tr:is([data-request], [data-did])')];
  const ids = rows.map(({ dataset }) => dataset['request'] ?? dataset['did'] ?? '');
  const index = ids.indexOf(route.get().item ?? '');
  const next = index < 0 ? 0 : index + distance;
  const item = ids[next];
  if (item === undefined) return false;
  rows[next]?.querySelector('a')?.focus();
  navigate({ ...route.get(), item });
  return true;
}
