import * as z from 'zod';
import { type Preset, preset } from './preset.ts';

export const reviewers: Preset = preset({
  name: 'reviewers',
  meaning: 'asks code owners of the changed files for a review, those with the fewest reviews waiting first',
  settings: () => ({
    count: z
      .int()
      .min(1)
      .max(10)
      .default(1)
      .meta({ description: 'How many reviewers the merge request should have.' }),
    by: z
      .enum(['code-owners', 'load', 'code-owners-or-load'])
      .default('code-owners-or-load')
      .meta({ description: 'Whom to ask: only code owners, anybody, or anybody where no code owner fits.' }),
    'target-branches': z
      .array(z.string().min(1))
      .max(50)
      .default([])
      .meta({ description: 'Only for merge requests into these branches, as globs.' }),
  }),
  rules: ({ count, by, 'target-branches': branches }) => [
    {
      name: 'reviewers',
      on: ['merge_request.opened', 'merge_request.reopened', 'merge_request.ready'],
      when: {
        state: 'opened',
        draft: false,
        ...(branches.length === 0 ? {} : { 'target-branch': branches }),
      },
      do: [{ 'request-review': { by, count } }],
    },
  ],
});
