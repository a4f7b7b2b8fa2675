import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

export interface Parameter {
  readonly name: string;
  readonly required: boolean;
}

export interface Media {
  readonly schema: object;
  readonly examples?: Readonly<Record<string, { readonly value: string }>>;
}

interface Operation {
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, { readonly headers?: object; readonly content: Readonly<Record<string, Media>> }>>;
}

type Paths = Readonly<Record<string, Readonly<Record<'get' | 'post', Operation>>>>;

/** A document with every reference replaced by what it refers to. */
export function resolved(text: string): { readonly paths: Paths } {
  const document = parse(text) as object;
  const at = (ref: string): unknown =>
    ref
      .slice(2)
      .split('/')
      .reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>>)[key.replaceAll('~1', '/')], document);
  const filled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(filled);
    if (typeof value !== 'object' || value === null) return value;
    const { $ref, ...rest } = value as { readonly $ref?: string };
    const own = Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, filled(inner)]));
    return Object.assign({}, $ref === undefined ? {} : filled(at($ref)), own);
  };
  return filled(document) as { readonly paths: Paths };
}

const ajv = new Ajv2020({ strict: false });

/** Whether a value is as a schema says. */
export function fits(schema: object, value: unknown): boolean {
  return ajv.validate(schema, value);
}
