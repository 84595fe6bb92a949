/** `changes` of issue and merge request events: attribute → value before and after. */
import * as z from 'zod';
import { labelTitles } from './fields.ts';

const change = z.object({ previous: z.unknown(), current: z.unknown() });

/** Attributes without a pair of values are omitted. */
export const changes = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform(
    (value): Readonly<Record<string, z.output<typeof change>>> =>
      Object.fromEntries(
        Object.entries(value ?? {}).flatMap(([name, pair]) => {
          const parsed = change.safeParse(pair);
          return parsed.success ? [[name, parsed.data]] : [];
        }),
      ),
  );

export type Changes = z.output<typeof changes>;

/** One attribute's change, null when it did not change. */
export function changeOf(all: Changes, name: string): Changes[string] | null {
  return Object.hasOwn(all, name) ? (all[name] ?? null) : null;
}

/** Added and removed labels, by title. */
export function labelChange(all: Changes): {
  readonly added: readonly string[];
  readonly removed: readonly string[];
} {
  const pair = changeOf(all, 'labels');
  const before = titlesOf(pair?.previous);
  const after = titlesOf(pair?.current);
  return {
    added: after.filter((title) => !before.includes(title)),
    removed: before.filter((title) => !after.includes(title)),
  };
}

function titlesOf(value: unknown): readonly string[] {
  return labelTitles.safeParse(value).data ?? [];
}
