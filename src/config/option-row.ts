import * as z from 'zod';

/** One option as the command line, the environment, the file, the help and the docs need it. */
export interface OptionRow {
  /** `failOn` */
  readonly key: string;
  /** `fail-on`: the flag without dashes and the key in `.herald.yml`. */
  readonly name: string;
  /** `HERALD_FAIL_ON` */
  readonly variable: string;
  /** A `table` has keys of its own: only the file can hold it. */
  readonly type: 'string' | 'number' | 'boolean' | 'array' | 'table';
  readonly choices: readonly string[] | null;
  /** What the items of a list can be; null where they are free. */
  readonly itemChoices: readonly string[] | null;
  /** Older or shorter ways to write a value, and their meaning. */
  readonly aliases: Readonly<Record<string, string>>;
  readonly defaultValue: unknown;
  readonly description: string;
  readonly example: string | null;
  /** Offered as an input of the component. */
  readonly input: boolean;
  /** Items are separated by lines only: they may hold commas. */
  readonly lines: boolean;
  /** Taken from the arguments without a flag. */
  readonly positional: boolean;
  /** Decides where a token goes: the file cannot set it, and in a GitLab job variables cannot either. */
  readonly typed: boolean;
  /** Says what a command reads, writes or says: the file, which a merge request can change, cannot set it. */
  readonly notInFile: boolean;
}

const flag = z.boolean().default(false);

const metaSchema = z.object({
  description: z.string(),
  example: z.string().nullable().default(null),
  aliases: z.record(z.string(), z.string()).default({}),
  input: flag,
  lines: flag,
  positional: flag,
  typed: flag,
  notInFile: flag,
});

interface Unwrapped {
  readonly schema: z.core.$ZodType;
  readonly defaultValue: unknown;
}

/** Removes defaults and nullability from a schema, and keeps the default value. */
function unwrap(schema: z.core.$ZodType, defaultValue: unknown = null): Unwrapped {
  if (schema instanceof z.ZodDefault) return unwrap(schema.def.innerType, schema.def.defaultValue);
  if (schema instanceof z.ZodNullable) return unwrap(schema.def.innerType, defaultValue);
  return { schema, defaultValue };
}

function typeOf(schema: z.core.$ZodType): OptionRow['type'] {
  if (schema instanceof z.ZodBoolean) return 'boolean';
  if (schema instanceof z.ZodNumber) return 'number';
  if (schema instanceof z.ZodObject || schema instanceof z.ZodRecord) return 'table';
  return schema instanceof z.ZodArray ? 'array' : 'string';
}

function choicesOf(schema: z.core.$ZodType): readonly string[] | null {
  return schema instanceof z.ZodEnum ? schema.options.map(String) : null;
}

/** `failOn` → `fail-on`. */
function kebab(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

const known = new WeakMap<z.ZodObject, readonly OptionRow[]>();

/** The options of a schema as rows, in the schema's order. Throws when one lacks its description: that is a bug. */
export function optionRows(schema: z.ZodObject): readonly OptionRow[] {
  const rows = known.get(schema) ?? rowsOf(schema);
  known.set(schema, rows);
  return rows;
}

function rowsOf(schema: z.ZodObject): readonly OptionRow[] {
  return Object.entries<z.core.$ZodType>(schema.shape).map(([key, field]) => {
    const inner = unwrap(field);
    const meta = metaSchema.parse(z.globalRegistry.get(field) ?? {});
    const name = kebab(key);
    return {
      key,
      name,
      variable: `HERALD_${name.replaceAll('-', '_').toUpperCase()}`,
      type: typeOf(inner.schema),
      choices: choicesOf(inner.schema),
      itemChoices: inner.schema instanceof z.ZodArray ? choicesOf(inner.schema.def.element) : null,
      defaultValue: inner.defaultValue,
      description: meta.description,
      example: meta.example,
      aliases: meta.aliases,
      input: meta.input,
      lines: meta.lines,
      positional: meta.positional,
      typed: meta.typed,
      notInFile: meta.typed || meta.notInFile,
    };
  });
}
