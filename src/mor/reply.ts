import type { MorErrorName } from './errors.ts';

/** Named values under one element, in order: `<did_details><id>3</id></did_details>`. */
export interface Details {
  readonly element: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
}

/** What MOR says to a call, before it is written as XML. */
export type Reply =
  { readonly kind: 'error'; readonly error: MorErrorName } | { readonly kind: 'success'; readonly text: string; readonly details: Details };
