import * as z from 'zod';

const number = z.lazy(() => z.int('a whole number').min(0, 'a number from 0 on'));

/** `at-least` and `below`, for numbers. */
export const bounds = z.lazy(() =>
  z
    .strictObject({ 'at-least': number.optional(), below: number.optional() })
    .refine((value) => Object.keys(value).length > 0, 'at-least or below something')
    .transform((value) => ({ atLeast: value['at-least'] ?? null, below: value.below ?? null })),
);

/** Why a number is not within them; null when it is. `what` has a verb: `the merge request changes 12 lines`. */
export function outsideOf(
  what: string,
  value: number,
  { atLeast, below }: z.output<typeof bounds>,
): string | null {
  if (atLeast !== null && value < atLeast) return `${what}, fewer than ${atLeast}`;
  return below !== null && value >= below ? `${what}, not below ${below}` : null;
}

const minute = 60_000;
const units: Readonly<Record<string, number>> = {
  minute,
  hour: 60 * minute,
  day: 24 * 60 * minute,
  week: 7 * 24 * 60 * minute,
};

export interface Period {
  readonly text: string;
  readonly milliseconds: number;
}

/** `30 days`, `2 weeks`, `1 hour`. */
export const period = z.lazy(() =>
  z
    .string()
    .regex(/^\d{1,4} ?(?:minute|hour|day|week)s?$/, 'a time such as "30 days", "2 weeks" or "12 hours"')
    .transform((text): Period => {
      const [, count = '0', unit = 'day'] = /^(\d+) ?([a-z]+?)s?$/.exec(text) ?? [];
      return { text, milliseconds: Number(count) * (units[unit] ?? 0) };
    }),
);
