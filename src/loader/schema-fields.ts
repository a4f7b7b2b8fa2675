import { z } from 'zod';

/** A whole number from `min` to `max`. Beyond the integers that JavaScript keeps exactly it is too high as well. */
export const wholeNumber = (min: number, max: number): z.ZodInt =>
  z
    .int({ error: ({ code }) => (code === 'invalid_type' ? undefined : `must be at most ${String(max)}`) })
    .min(min, `must be at least ${String(min)}`)
    .max(max, `must be at most ${String(max)}`);

/** The same fields, each of which may be left out and then has no value: for a part of a record, or a change of one. */
export function withoutDefaults<Shape extends z.ZodRawShape>(shape: Shape): WithoutDefaults<Shape> {
  const fields = Object.entries(shape).map(([name, field]): [string, z.core.$ZodType] => {
    if (!(field instanceof z.ZodDefault)) return [name, field];
    const bare = (field.unwrap() as z.ZodType).optional();
    return [name, field.description === undefined ? bare : bare.describe(field.description)];
  });
  return Object.fromEntries(fields) as WithoutDefaults<Shape>;
}

type WithoutDefaults<Shape extends z.ZodRawShape> = {
  [Key in keyof Shape]: Shape[Key] extends z.ZodDefault<infer Inner extends z.core.$ZodType>
    ? z.ZodOptional<Inner>
    : Shape[Key];
};

/** The fields of several kinds of records together, each of which may be left out. */
export function mergeShapes(schemas: readonly z.ZodObject[]): z.ZodRawShape {
  return withoutDefaults(Object.assign({}, ...schemas.map(({ shape }) => shape)) as z.ZodRawShape);
}
