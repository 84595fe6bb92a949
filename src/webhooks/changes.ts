/** `changes` of issue and merge request events: attribute → value before and after. */
import * as z from 'zod';
import { id, labelTitles, text } from './fields.ts';

/** An object as the documentation has it; reviewers have also been seen as a list of the lists before and after. */
const change = z.lazy(() =>
  z.union([
    z.object({ previous: z.unknown(), current: z.unknown() }),
    z.tuple([z.unknown(), z.unknown()]).transform(([previous, current]) => ({ previous, current })),
  ]),
);

/** Attributes without a pair of values are omitted. */
export const changes = z.lazy(() =>
  z
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

const reviewer = z.lazy(() => z.object({ id, state: text }));
const reviewers = z.lazy(() =>
  z.array(z.unknown()).transform((list) => list.flatMap((one) => reviewer.safeParse(one).data ?? [])),
);

export interface ReviewChange {
  /** Somebody was asked for a review, or is not any more. */
  readonly isOtherPeople: boolean;
  /** Somebody submitted a review. */
  readonly isReview: boolean;
  /** Somebody submitted one that asks for changes. */
  readonly asksForChanges: boolean;
}

/**
 * What a change of the reviewers means. From 19.3 GitLab reports a submitted review as one, and from 19.4 its author
 * becomes a reviewer: so people are compared by id, and their states beside that. Lists without ids, as older versions
 * have them, count as other people.
 */
export function reviewChange(all: Changes): ReviewChange | null {
  const pair = changeOf(all, 'reviewers');
  if (pair === null) return null;
  const before = reviewers.safeParse(pair.previous).data ?? [];
  const after = reviewers.safeParse(pair.current).data ?? [];
  const stateOf = new Map(before.map(({ id: who, state }) => [who, state]));
  const reviewed = after.filter(
    ({ id: who, state }) => submitted.has(state ?? '') && stateOf.get(who) !== state,
  );
  const isSame = before.length === after.length && after.every(({ id: who }) => stateOf.has(who));
  const known = before.length + after.length > 0;
  // Nobody asked those who submit a review by themselves.
  const added = after.filter(({ id: who }) => !stateOf.has(who));
  const removed = before.filter(({ id: who }) => !after.some((one) => one.id === who));
  const isAsked = added.some((one) => !reviewed.includes(one)) || removed.length > 0;
  return {
    isOtherPeople: known ? isAsked : true,
    isReview: reviewed.length > 0 || (known && isSame && before.every(({ state }) => state === null)),
    asksForChanges: reviewed.some(({ state }) => state === 'requested_changes'),
  };
}

/** States of a reviewer who has submitted a review. Source: https://docs.gitlab.com/api/merge_requests/#retrieve-merge-request-reviewers */
const submitted: ReadonlySet<string> = new Set(['reviewed', 'requested_changes']);
