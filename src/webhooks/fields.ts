/**
 * The pieces that GitLab's payloads share. Unused fields are omitted, missing ones become null, and used ones must have their type. Source: https://docs.gitlab.com/user/project/integrations/webhook_events/
 */
import * as z from 'zod';

/** Absent, null and (in old payloads) empty are one thing: null. */
export function optional<T extends z.ZodType>(
  schema: T,
): z.ZodPipe<
  z.ZodOptional<z.ZodNullable<T>>,
  z.ZodTransform<z.output<T> | null, z.output<T> | null | undefined>
> {
  return schema.nullish().transform((value): z.output<T> | null => value ?? null);
}

/** A list that may be missing. */
function listOf<T extends z.ZodType>(
  schema: T,
): z.ZodPipe<
  z.ZodOptional<z.ZodNullable<z.ZodArray<T>>>,
  z.ZodTransform<readonly z.output<T>[], z.output<T>[] | null | undefined>
> {
  return z
    .array(schema)
    .nullish()
    .transform((value): readonly z.output<T>[] => value ?? []);
}

export const text = z.lazy(() => optional(z.string()));
export const flag = z.lazy(() =>
  z
    .boolean()
    .nullish()
    .transform((value) => value ?? false),
);
export const number = z.lazy(() => optional(z.number()));

/** The trigger API gives some ids as text. */
export const id = z.lazy(() =>
  z.union([
    z.int().nonnegative(),
    z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number),
  ]),
);

const forms = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d{1,9})?)\s*(?:(Z|UTC|GMT)|([+-]\d\d):?(\d\d))$/;

/**
 * An instant in any of GitLab's three forms (`2013-12-03T17:23:34Z`, `2016-08-12 15:23:28 UTC`,
 * `2021-04-28 21:50:00 +0200`) as ISO 8601 in UTC; null for anything else.
 */
export function instantOf(value: string): string | null {
  const [, day, time, utc, hours, minutes] = forms.exec(value.trim()) ?? [];
  if (day === undefined || time === undefined) return null;
  const zone = utc === undefined ? `${hours ?? '+00'}:${minutes ?? '00'}` : 'Z';
  const milliseconds = Date.parse(`${day}T${time.slice(0, 12)}${zone}`);
  return Number.isNaN(milliseconds) ? null : new Date(milliseconds).toISOString();
}

/** The actor. In wiki events and old payloads the id is missing. */
export const user = z.lazy(() => z.object({ id: optional(id) }));

/** The path is a claim like all the rest: what is done goes by the id, and the API says what it is called. */
export const project = z.lazy(() =>
  z
    .object({ id: optional(id), path_with_namespace: text })
    .transform(({ id: own, path_with_namespace: path }) => ({ id: own, path })),
);

/** Titles of labels, as `changes` and objects list them. */
export const labelTitles = z.lazy(() =>
  listOf(z.object({ title: text })).transform((labels) =>
    labels.map(({ title }) => title).filter((title) => title !== null),
  ),
);

export type EventUser = z.output<typeof user>;
export type EventProject = z.output<typeof project>;
