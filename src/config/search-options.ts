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
    description: 'What to find, `issues` or `projects`, and the words; a number is that of an issue.',
    positional: true,
  }),
  server: scriptTarget.server,
  project: scriptTarget.project,
  ...groupOptions,
  limit: z.number().int().min(1).max(10_000).default(20).meta({ description: 'How many to find at most.' }),
  json: requestOptions.json,
  maxWait: requestOptions.maxWait,
});

export type SearchOptions = z.infer<typeof searchOptions>;
