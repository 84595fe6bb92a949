import * as z from 'zod';
import type { QuarantineEntry } from '../../model/quarantine.ts';

const maxEntries = 1_000;

/** One line of text: the comment shows it. */
const words = (max: number): z.ZodString => z.string().trim().min(1).max(max);

const entry = z
  .strictObject({
    test: words(1_000)
      .optional()
      .describe(
        'The test as the comment shows it: its name, or `class: name`. A name alone means every test of that name.',
      ),
    glob: words(1_000)
      .optional()
      .describe('Instead of `test`: the same, and `*` stands for any text. It needs a letter or a digit.'),
    reason: words(500).describe('Why the failure is tolerated.'),
    owner: words(100).describe('The person or team that looks after it. Nobody is notified.'),
    issue: words(500).optional().describe('Where it is followed up: `#12` or an address.'),
    expires: z.iso.date().describe('The last day (UTC) on which the entry counts: `YYYY-MM-DD`.'),
  })
  .superRefine((value, context) => {
    const { test, glob } = value;
    if ((test === undefined) === (glob === undefined))
      context.addIssue({ code: 'custom', message: 'needs one of "test" and "glob"' });
    if (glob !== undefined && !/[\p{L}\p{N}]/u.test(glob))
      context.addIssue({
        code: 'custom',
        path: ['glob'],
        message: 'needs a letter or a digit: it would match every test',
      });
  })
  .transform(
    ({ test = null, glob = null, issue = null, ...rest }): QuarantineEntry => ({
      test,
      glob,
      issue,
      ...rest,
    }),
  );

/** The content of `.herald/quarantine.yml`. */
export const quarantineSchema = z.array(entry).max(maxEntries);
