/** Writes types with docstrings from JSON Schemas: what zod infers has the fields, and loses what they mean. */

/** As much of a JSON Schema as ours use. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly not?: object;
}

/** An exported type of this name. `description` is its docstring. */
export function writeType(name: string, schema: Schema, description: string): string {
  const type = typeText(schema, 0);
  return `${docstring(description, 0)}export ${schema.properties !== undefined ? `interface ${name} ${type}` : `type ${name} = ${type};`}\n`;
}

/** A union of texts. */
export function writeUnion(name: string, texts: readonly string[], description: string): string {
  return `${docstring(description, 0)}export type ${name} =\n${texts.map((text) => `  | ${literal(text)}`).join('\n')};\n`;
}

function typeText(schema: Schema, depth: number): string {
  const options = schema.anyOf ?? (schema.properties === undefined ? schema.oneOf : undefined);
  if (options !== undefined) return options.map((option) => typeText(option, depth)).join(' | ');
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(literal).join(' | ');
  if (Array.isArray(schema.type)) return schema.type.join(' | ');
  switch (schema.type) {
    case 'object':
      return objectText(schema, depth);
    case 'array': {
      const item = typeText(schema.items ?? {}, depth);
      return item.includes(' | ') || item.includes('\n') ? `readonly (${item})[]` : `readonly ${item}[]`;
    }
    case 'integer':
    case 'number':
      return 'number';
    case 'string':
    case 'boolean':
    case 'null':
      return schema.type;
    default:
      throw new Error(`no type for ${JSON.stringify(schema)}`);
  }
}

function objectText({ properties = {}, required = [], additionalProperties }: Schema, depth: number): string {
  const indent = '  '.repeat(depth + 1);
  const fields = Object.entries(properties).map(([name, field]) => {
    const type = typeText(field, depth + 1);
    const key = required.includes(name) ? `${name}: ${type}` : `${name}?: ${type} | undefined`;
    return `${docstring(field.description ?? '', depth + 1)}${indent}readonly ${key};\n`;
  });
  const rest =
    typeof additionalProperties === 'object' ? `${indent}readonly [name: string]: ${typeText(additionalProperties, depth + 1)};\n` : '';
  return `{\n${fields.join('')}${rest}${'  '.repeat(depth)}}`;
}

function literal(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  return value.includes("'") ? JSON.stringify(value) : `'${value}'`;
}

/** At most 120 columns wide. */
function docstring(text: string, depth: number): string {
  if (text === '') return '';
  const indent = '  '.repeat(depth);
  const oneLine = `${indent}/** ${text} */\n`;
  if (oneLine.length <= 120) return oneLine;
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.length - 1;
    const line = lines[last] ?? '';
    if (`${indent} * ${line} ${word}`.length > 118) lines.push(word);
    else lines[last] = line === '' ? word : `${line} ${word}`;
  }
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}\n`).join('')}${indent} */\n`;
}
