import * as z from 'zod';

/** A ready-made set of rules, written in the language of the file, so that one engine serves both. */
export interface Preset {
  readonly name: string;
  /** For the docs: what it does. */
  readonly meaning: string;
  /** Its settings with their defaults and descriptions. */
  readonly settings: z.ZodLazy<z.ZodObject>;
  /** From `true`, `false`, nothing, or settings: rules as they would be written in the file. */
  readonly schema: z.ZodType<readonly unknown[]>;
}

interface PresetParts<Shape extends z.ZodRawShape> {
  readonly name: string;
  readonly meaning: string;
  settings(): Shape;
  rules(settings: z.output<z.ZodObject<Shape, z.core.$strict>>): readonly unknown[];
}

/** Puts a set together. Settings that must be given make `true` an error. */
export function preset<Shape extends z.ZodRawShape>({
  name,
  meaning,
  settings,
  rules,
}: PresetParts<Shape>): Preset {
  const object = z.lazy(() => z.strictObject(settings()));
  const schema = z.lazy(() =>
    z
      .union([z.boolean(), z.null(), object], { error: 'true, false, or settings' })
      .transform((value, context): readonly unknown[] => {
        if (value === false) return [];
        const parsed = object.safeParse(value === true || value === null ? {} : value);
        if (parsed.success) return rules(parsed.data);
        // Settings were already parsed: the only remaining problem is that there are none.
        for (const { path } of parsed.error.issues)
          context.addIssue({ code: 'custom', path: [...path], message: 'is required' });
        return z.NEVER;
      }),
  );
  return { name, meaning, settings: object, schema };
}
