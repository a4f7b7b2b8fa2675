import { z } from 'zod';
import { MAX_ID } from '../mor/model.ts';

/** Any text, taken as it is written. */
export const text = z.string();

/** Text that is not empty. */
export const requiredText = text.min(1, 'must not be empty');

/** True or false. */
export const flag = z.boolean();

/** A whole number from `min` to `max`. Beyond the integers that JavaScript keeps exactly it is too high as well. */
export const wholeNumber = (min: number, max: number): z.ZodInt =>
  z
    .int({ error: ({ code }) => (code === 'invalid_type' ? undefined : `must be at most ${String(max)}`) })
    .min(min, `must be at least ${String(min)}`)
    .max(max, `must be at most ${String(max)}`);

/** An id of a record. */
export const id = wholeNumber(0, MAX_ID);

/** The same fields, each of which must have a value: for records that are complete. */
export function withoutDefaults<Shape extends z.ZodRawShape>(shape: Shape): WithoutDefaults<Shape> {
  return mapDefaults(shape, (field) => field) as WithoutDefaults<Shape>;
}

/** The same fields, each of which may be left out and then has no value: for a part of a record, or a change of one. */
export function withOptionalDefaults<Shape extends z.ZodRawShape>(shape: Shape): WithOptionalDefaults<Shape> {
  return mapDefaults(shape, (field) => field.optional()) as WithOptionalDefaults<Shape>;
}

/** Replaces each field that has a default. */
function mapDefaults(shape: z.ZodRawShape, replace: (field: z.ZodType) => z.ZodType): z.ZodRawShape {
  const fields = Object.entries(shape).map(([name, field]): [string, z.core.$ZodType] => {
    if (!(field instanceof z.ZodDefault)) return [name, field];
    const bare = replace(field.unwrap() as z.ZodType);
    return [name, field.description === undefined ? bare : bare.describe(field.description)];
  });
  return Object.fromEntries(fields);
}

type WithoutDefaults<Shape extends z.ZodRawShape> = {
  [Key in keyof Shape]: Shape[Key] extends z.ZodDefault<infer Inner extends z.core.$ZodType> ? Inner : Shape[Key];
};

type WithOptionalDefaults<Shape extends z.ZodRawShape> = {
  [Key in keyof Shape]: Shape[Key] extends z.ZodDefault<infer Inner extends z.core.$ZodType>
    ? z.ZodOptional<Inner>
    : Shape[Key];
};

/** The fields of several kinds of records together, each of which may be left out. */
export function mergeShapes(schemas: readonly z.ZodObject[]): z.ZodRawShape {
  return withOptionalDefaults(Object.assign({}, ...schemas.map(({ shape }) => shape)) as z.ZodRawShape);
}

/** A type that cannot be changed in any depth. */
export type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

/** What a load makes of a record: it has every default. `Filled` are the optional fields that the load always fills in. */
export type LoadedRecord<Schema extends z.ZodType, Filled extends PropertyKey = never> = DeepReadonly<
  Fill<z.output<Schema>, Filled>
>;

type Fill<T, Filled> = T extends unknown
  ? { [Key in keyof T as Exclude<Key, Filled>]: T[Key] } & {
      [Key in keyof T as Extract<Key, Filled>]-?: Exclude<T[Key], undefined>;
    }
  : never;
