import * as z from 'zod';
import { commonOptions } from './common-options.ts';
import { groupOptions } from './group-options.ts';
import { requestOptions } from './request-options.ts';
import { scriptTarget } from './script-options.ts';

/** What `herald search` finds. */
export const searchables = ['issues', 'projects'] as const;

export const searchOptions = z.strictObject({
  ...commonOptions.shape,
  words: z.array(z.string()).default([]).meta({
    description:
      'What to search, `issues` or `projects`, and the words to find; a number finds the issue with that number.',
    positional: true,
  }),
  server: scriptTarget.server,
  project: scriptTarget.project,
  ...groupOptions,
  limit: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .default(20)
    .meta({ description: 'The largest number of results.' }),
  json: requestOptions.json,
  maxWait: requestOptions.maxWait,
});

export type SearchOptions = z.infer<typeof searchOptions>;
