import * as z from 'zod';
import { severities } from '../model/findings.ts';
import { inlineKinds, reviewModes } from '../model/inline-comment.ts';

/** Comments on lines of the diff. */
export const inlineOptions = {
  inline: z.array(z.enum(inlineKinds)).default([]).meta({
    description:
      'Also comment on lines of the diff, as one review: `findings` that are new, `tests` that fail since this change, `coverage` of changed lines that no test runs.',
    input: true,
    example: 'findings, tests',
  }),
  inlineSeverity: z.enum(severities).default('medium').meta({
    description: 'Comment on lines for findings of at least this severity.',
    input: true,
  }),
  maxInline: z.number().int().min(1).max(100).default(20).meta({
    description: 'How many comments on lines can be open at once; the report has those that do not fit.',
    input: true,
  }),
  inlineReview: z.enum(reviewModes).default('review').meta({
    description:
      'How comments on lines go out: as one `review`, after which the bot takes itself off the reviewers; as `discussions` of their own, one notification each; or as a review that asks for changes while a gate of `fail-on` fails (`request-changes`, GitLab 19.2 or later), which withdraws itself when all pass.',
    input: true,
  }),
  gateThread: z.boolean().default(false).meta({
    description:
      'Open one thread on the merge request while a gate of `fail-on` fails, and resolve it when all pass. It blocks the merge where all threads must be resolved.',
    input: true,
  }),
};
