import * as z from 'zod';
import type { Instant } from '../../../model/project-history.ts';

/** Milliseconds of an ISO 8601 text; null for anything else. */
function instantOf(text: string | null | undefined): Instant | null {
  const instant = text ? Date.parse(text) : Number.NaN;
  return Number.isNaN(instant) ? null : instant;
}

/** A time that must be there. */
export const instant = z.string().transform((text, context): Instant => {
  const value = instantOf(text);
  if (value !== null) return value;
  context.addIssue({ code: 'custom', message: 'not a time' });
  return z.NEVER;
});

/** A time that has not come yet, or that GitLab does not know. */
export const instantOrNull = z.string().nullish().transform(instantOf);
