import * as z from 'zod';
import { type Preset, preset } from './preset.ts';
import { textSetting } from './shared-settings.ts';

const key = 'default-branch';

export const failingDefaultBranch: Preset = preset({
  name: 'failing-default-branch',
  meaning:
    'opens one issue when the pipeline of the default branch fails, comments on it when the next one fails too, and closes it when one passes',
  settings: () => ({
    title: z
      .string()
      .min(1)
      .max(255)
      .default('The pipeline of {default-branch} fails')
      .meta({ description: 'Title of the issue.' }),
    text: textSetting(
      'Pipeline {pipeline} of {default-branch} failed at {commit}: {failed-jobs}\n\nThis issue is closed when a pipeline passes.',
    ),
    repeat: z
      .boolean()
      .default(true)
      .meta({ description: 'Whether further failures are added as comments while the issue is open.' }),
    labels: z.array(z.string().min(1)).max(20).default([]).meta({ description: 'Labels of the issue.' }),
    assign: z
      .array(z.string().min(1))
      .max(20)
      .default([])
      .meta({ description: 'Usernames of its assignees.' }),
    confidential: z.boolean().default(false).meta({ description: 'Whether the issue is confidential.' }),
  }),
  rules: ({ title, text, repeat, labels, assign, confidential }) => [
    {
      name: 'failing-default-branch/failed',
      on: 'default_branch.failed',
      do: [
        {
          'open-issue': {
            key,
            title,
            text,
            labels,
            assign,
            confidential,
            ...(repeat ? { repeat: 'Pipeline {pipeline} failed too, at {commit}: {failed-jobs}' } : {}),
          },
        },
      ],
    },
    {
      name: 'failing-default-branch/passed',
      on: 'default_branch.passed',
      do: [{ 'close-issue': { key, comment: 'Pipeline {pipeline} passed, at {commit}.' } }],
    },
  ],
});
