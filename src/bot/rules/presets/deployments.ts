import * as z from 'zod';
import { type Preset, preset } from './preset.ts';
import { textOption } from './shared-settings.ts';

interface Settings {
  readonly environments: readonly string[];
  readonly 'exempt-environments': readonly string[];
  readonly text?: string | undefined;
}

function whereOf({ environments, 'exempt-environments': exempt }: Settings): object {
  const environment = {
    ...(environments.length === 0 ? {} : { any: environments }),
    ...(exempt.length === 0 ? {} : { none: exempt }),
  };
  return Object.keys(environment).length === 0 ? {} : { environment };
}

const track = [{ 'track-deployments': true }];

/** The event says the status, but may be late, so GitLab must confirm it. */
function ruleOfSuccess({ text, ...settings }: Settings): object {
  return {
    name: 'deployments',
    on: 'deployment.success',
    when: { status: 'success', ...whereOf(settings) },
    do: text === undefined ? track : [{ comment: { key: 'deployments/{environment}', text } }],
  };
}

function rulesOfFailures(settings: Settings): readonly object[] {
  return [
    {
      name: 'deployments/failed',
      on: 'deployment.failed',
      when: { status: 'failed', ...whereOf(settings) },
      do: track,
    },
    {
      name: 'deployments/branch',
      on: ['default_branch.failed', 'default_branch.recovered'],
      do: track,
    },
    { name: 'deployments/reverted', on: 'merge_request.merged', when: { state: 'merged' }, do: track },
  ];
}

const globs = z.array(z.string().min(1)).max(50);

export const deployments: Preset = preset({
  name: 'deployments',
  meaning:
    'keeps one comment on merged merge requests: which environments they have reached, when and with which commit, and what followed there: a rollback, a failed deployment, a failing default branch, a revert',
  settings: () => ({
    environments: globs.default([]).meta({ description: 'Only these environments, as globs.' }),
    'exempt-environments': globs
      .default(['review/*'])
      .meta({ description: 'Environments without a comment, as globs.' }),
    failures: z.boolean().default(true).meta({
      description:
        'Whether the comment also says what followed: failed deployments, a default branch that fails since the commit (only the sweep looks at it), reverts.',
    }),
    text: textOption(
      'A text of your own, as Markdown with placeholders: then each environment has a comment of its own with it, in place of the table.',
    ),
  }),
  rules: ({ failures, ...settings }) => [
    ruleOfSuccess(settings),
    ...(failures ? rulesOfFailures(settings) : []),
  ],
});
