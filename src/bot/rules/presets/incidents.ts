import * as z from 'zod';
import { type Preset, preset } from './preset.ts';
import { textSetting } from './shared-settings.ts';

const branchKey = 'incident/default-branch';
const environmentKey = 'incident/environment/{environment}';
const scheduleKey = 'incident/schedule/{schedule-id}';

const details = [
  '- Cause: {cause}',
  '- First bad commit: {first-bad}',
  '- Suspect commits: {suspects}',
  '- Lines that the logs name, last changed: {blame}',
  '- Changed files that the logs name: {suspect-files}',
  '- Their code owners: {suspect-owners}',
].join('\n');

interface Settings {
  readonly environments: readonly string[];
  readonly 'exempt-environments': readonly string[];
  readonly blame: boolean;
  readonly title: string;
  readonly text: string;
  readonly labels: readonly string[];
  readonly assign: readonly string[];
  readonly confidential: boolean;
}

/** Without the lines that ask GitLab who changed what. */
function withoutBlame(text: string): string {
  return text
    .split('\n')
    .filter((line) => !line.includes('{blame}'))
    .join('\n');
}

function rulesOfBranch(settings: Settings): readonly object[] {
  const { title, labels, assign, confidential, blame } = settings;
  const told = `Pipeline {pipeline} failed at {commit}: {failed-jobs}\n\n${details}`;
  const [text, repeat] = [settings.text, told].map((one) => (blame ? one : withoutBlame(one)));
  const comment =
    'Pipeline {pipeline} passed, at {commit}. The branch failed for {red-for}, in {failed-pipelines} pipelines.';
  return [
    {
      name: 'incidents/branch-failed',
      on: 'default_branch.failed',
      do: [{ 'open-issue': { key: branchKey, title, text, repeat, labels, assign, confidential } }],
    },
    {
      name: 'incidents/branch-passed',
      on: 'default_branch.passed',
      do: [{ 'close-issue': { key: branchKey, comment } }],
    },
  ];
}

function whereOf({ environments, 'exempt-environments': exempt }: Settings): object {
  const environment = {
    ...(environments.length === 0 ? {} : { any: environments }),
    ...(exempt.length === 0 ? {} : { none: exempt }),
  };
  return Object.keys(environment).length === 0 ? {} : { environment };
}

function rulesOfDeployments(settings: Settings): readonly object[] {
  const { labels, assign, confidential } = settings;
  const where = whereOf(settings);
  const issue = {
    key: environmentKey,
    title: 'The deployment to {environment} fails',
    text: 'The deployment of {commit} ({branch}) to {environment} failed.\n\nThis issue is closed when a deployment succeeds.',
    repeat: 'The deployment of {commit} ({branch}) failed.',
  };
  return [
    {
      name: 'incidents/deployment-failed',
      on: 'deployment.failed',
      when: { status: 'failed', ...where },
      do: [{ 'open-issue': { ...issue, labels, assign, confidential } }],
    },
    {
      name: 'incidents/deployment-succeeded',
      on: 'deployment.success',
      when: { status: 'success', ...where },
      do: [{ 'close-issue': { key: environmentKey, comment: 'The deployment of {commit} succeeded.' } }],
    },
  ];
}

function rulesOfSchedules({ labels, assign, confidential }: Settings): readonly object[] {
  const issue = {
    key: scheduleKey,
    title: 'The schedule {schedule} fails',
    text: 'Pipeline {pipeline} of the schedule {schedule} failed on {branch} at {commit}: {failed-jobs}\n\n- Cause: {cause}\n- Owner of the schedule: {schedule-owner}\n\nThis issue is closed when a pipeline of the schedule passes.',
    repeat: 'Pipeline {pipeline} failed at {commit}: {failed-jobs}\n\n- Cause: {cause}',
  };
  return [
    {
      name: 'incidents/schedule-failed',
      on: 'scheduled_pipeline.failed',
      do: [{ 'open-issue': { ...issue, labels, assign, confidential } }],
    },
    {
      name: 'incidents/schedule-passed',
      on: 'scheduled_pipeline.passed',
      do: [{ 'close-issue': { key: scheduleKey, comment: 'Pipeline {pipeline} passed, at {commit}.' } }],
    },
  ];
}

function ruleOfTests(limits: object, { labels, confidential }: Settings): object {
  return {
    name: 'incidents/tests',
    on: 'default_branch',
    do: [{ 'track-failing-tests': { ...limits, labels, confidential } }],
  };
}

const globs = z.array(z.string().min(1)).max(50);

function testsSetting() {
  return z
    .union([
      z.boolean(),
      z.strictObject({
        'close-after': z.int().min(1).max(50).default(5),
        max: z.int().min(1).max(100).default(10),
      }),
    ])
    .default(false)
    .meta({
      description:
        'Whether each test that fails on the default branch has an issue: `true`, or the passes in a row that close it (`close-after`) and the most issues that are open at once (`max`; one more counts the rest).',
    });
}

export const incidents: Preset = preset({
  name: 'incidents',
  meaning:
    'keeps one issue for the default branch, one for each environment and one for each schedule, as long as it fails: why, since which commit, who owns what was changed; further failures are added, recovery closes it, a relapse opens it again',
  settings: () => ({
    branch: z
      .boolean()
      .default(true)
      .meta({ description: 'Whether the default branch has an issue. Only the sweep looks at it.' }),
    deployments: z
      .boolean()
      .default(true)
      .meta({ description: 'Whether failed deployments have issues, one for each environment.' }),
    schedules: z.boolean().default(true).meta({
      description:
        'Whether schedules whose last pipeline failed have issues, one for each. Only the sweep looks at them.',
    }),
    tests: testsSetting(),
    environments: globs.default([]).meta({ description: 'Only these environments, as globs.' }),
    'exempt-environments': globs
      .default(['review/*'])
      .meta({ description: 'Environments without an issue, as globs.' }),
    blame: z.boolean().default(true).meta({
      description:
        'Whether the issue of the default branch says who last changed the lines that the logs name: `false` drops the lines of its texts with `{blame}`.',
    }),
    title: z
      .string()
      .min(1)
      .max(255)
      .default('The pipeline of {default-branch} fails')
      .meta({ description: 'Title of the issue of the default branch.' }),
    text: textSetting(
      `Pipeline {pipeline} of {default-branch} failed at {commit}: {failed-jobs}\n\n${details}\n\nThis issue is closed when a pipeline passes.`,
    ),
    labels: z.array(z.string().min(1)).max(20).default([]).meta({ description: 'Labels of the issues.' }),
    assign: z
      .array(z.string().min(1))
      .max(20)
      .default([])
      .meta({ description: 'Usernames of their assignees.' }),
    confidential: z.boolean().default(false).meta({ description: 'Whether the issues are confidential.' }),
  }),
  rules: ({ branch, deployments, schedules, tests, ...settings }) => [
    ...(branch ? rulesOfBranch(settings) : []),
    ...(deployments ? rulesOfDeployments(settings) : []),
    ...(schedules ? rulesOfSchedules(settings) : []),
    ...(tests === false ? [] : [ruleOfTests(tests === true ? {} : tests, settings)]),
  ],
});
