import * as z from 'zod';

/** Options of commands that send requests to GitLab. */
export const requestOptions = {
  maxWait: z.number().int().min(0).max(3_600).default(120).meta({
    description:
      'How many seconds Herald waits in total for a GitLab that is busy or does not answer, before it exits with 5.',
    input: true,
  }),
  dryRun: z.boolean().default(false).meta({
    description: 'Read everything, write nothing to GitLab, print each write that would be made.',
    input: true,
  }),
  plan: z.boolean().default(false).meta({
    description: 'Show what would be changed, or how many requests a digest takes, and do nothing else.',
  }),
  json: z.boolean().default(false).meta({ description: 'One JSON object per line, for scripts.' }),
};
