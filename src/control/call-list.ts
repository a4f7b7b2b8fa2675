/** The calls of MOR's API as they are declared, for tools that make a form of them. */
import { CALLS } from '../mor/calls/index.ts';
import { METHODS, type Call, type CallParam, type Method, type NamedThing } from '../mor/define-call.ts';
import { MOR_ERRORS, type MorErrorName } from '../mor/errors.ts';

/** One parameter of a call. */
export interface CallParamView {
  /** As MOR spells it. */
  readonly name: string;
  /** `caller` is `u`, `number` a DID number, `id` the id of something. */
  readonly kind: 'caller' | 'hash' | 'id' | 'number' | 'text';
  /** What its value names, such as `provider`; absent for a text of its own. */
  readonly names?: string;
  /** Whether a call without it is always refused. */
  readonly is_required: boolean;
  /** When it may be left out, if it is required otherwise: `the caller is a reseller`. */
  readonly required_unless?: string;
  /** Whether it is part of the hash. */
  readonly is_hashed: boolean;
  /** What it is, in one line. */
  readonly about: string;
}

/** One error of a call. */
export interface CallErrorView {
  /** Its name in a fault rule. */
  readonly name: string;
  /** MOR's text (the current one). */
  readonly text: string;
  /** Whether the vendor's page of the call lists it. */
  readonly on_page: boolean;
  /** What must hold, or the call is answered by this error. */
  readonly check: string;
}

/** One call: what it reads, what is hashed, and what it can answer. */
export interface CallView {
  /** As in the path `/billing/api/NAME`. */
  readonly name: string;
  /** Other names that MOR still answers to. */
  readonly old_names: readonly string[];
  /** What the call does, in one sentence. */
  readonly about: string;
  /** Whether it never changes anything. */
  readonly is_read_only: boolean;
  /** The parameters that are hashed before the key, in this order. */
  readonly has_hash_of: readonly string[];
  /** The parameters that it reads, in the order of the vendor's page. */
  readonly params: readonly CallParamView[];
  /** In the order of the checks. */
  readonly errors: readonly CallErrorView[];
  /** The methods it can be sent by. */
  readonly methods: readonly Method[];
}

/** Every call that is imitated. */
export function listCalls(): readonly CallView[] {
  return CALLS.map((call) => ({
    name: call.name,
    old_names: call.oldNames,
    about: call.summary,
    is_read_only: call.isReadOnly,
    has_hash_of: call.hashed,
    params: call.params.map((param) => paramView(param, call)),
    errors: call.errors.map((name) => errorView(name, call)),
    methods: METHODS,
  }));
}

function paramView({ name, description, required, names }: CallParam, { hashed }: Call): CallParamView {
  return {
    name,
    kind: getParamKind(name, names),
    ...(names === undefined ? {} : { names }),
    is_required: required === 'always',
    ...(typeof required === 'string' ? {} : { required_unless: required.unless }),
    is_hashed: hashed.includes(name),
    about: description,
  };
}

function getParamKind(name: string, names: NamedThing | undefined): CallParamView['kind'] {
  if (name === 'u') return 'caller';
  if (name === 'hash') return 'hash';
  if (names === undefined) return 'text';
  return names === 'didNumber' ? 'number' : 'id';
}

function errorView(name: MorErrorName, { statements, onPage }: Call): CallErrorView {
  const { text, description } = MOR_ERRORS[name];
  // A check whose statement depends on the request has none by itself.
  return { name, text, on_page: onPage.includes(name), check: statements.get(name) ?? description };
}
