import * as z from 'zod';
import { botOptions } from './bot-options.ts';
import { commonOptions } from './common-options.ts';
import { groupOptions } from './group-options.ts';
import { languageOption } from './language-option.ts';
import { requestOptions } from './request-options.ts';
import { scriptTarget } from './script-options.ts';

/** Where a digest goes. */
const digestTargets = ['file', 'issue', 'wiki', 'note'] as const;

const target = z.enum(digestTargets);

export const digestOptions = z.strictObject({
  ...commonOptions.shape,
  server: scriptTarget.server,
  project: scriptTarget.project,
  projects: botOptions.shape.projects,
  group: z
    .string()
    .nullable()
    .default(null)
    .meta({ ...groupOptions.group.meta(), input: true }),
  period: z.string().nullable().default(null).meta({
    description:
      'Time that the digest covers: `7d`, `4w`, `last-week`, `last-month`, `2026-11`, `2026-11-01..2026-11-30`, or from tag to tag as `v1.2..v1.3`; by default the last 30 whole days.',
    input: true,
    example: 'last-month',
  }),
  since: z.string().nullable().default(null).meta({
    description: 'Begin of the period, instead of `period`: a day, a time or `7d`.',
    example: '2026-11-01',
  }),
  until: z.string().nullable().default(null).meta({
    description: 'Last day of the period, or the time at which it ends; by default now.',
    example: '2026-11-30',
  }),
  timeZone: z.string().default('UTC').meta({
    description: 'Time zone in which days, weeks and months begin.',
    input: true,
    example: 'Europe/Berlin',
  }),
  to: z.array(target).default(['file']).meta({
    description:
      'Where the digest goes: `file` (`herald-digest.md`, `.html`, `.json`, `.csv` and `.txt`, an OpenMetrics text), `issue`, `wiki` or `note`, a comment on a merge request. Files are written in any case.',
    input: true,
  }),
  into: z.string().nullable().default(null).meta({
    description:
      'Project of the issue, the wiki page or the note, by id or full path; by default the project that the digest is about, else that of the job.',
    input: true,
    example: 'group/delivery',
  }),
  mergeRequest: scriptTarget.mergeRequest,
  keepEach: z.boolean().default(false).meta({
    description: 'One issue or wiki page for each period, instead of one that is kept current.',
    input: true,
  }),
  deployments: z
    .string()
    .regex(/^(environments|releases|tags|job:.{1,255})$/, '`environments`, `releases`, `tags` or `job:NAME`')
    .default('environments')
    .meta({
      description:
        'What counts as a deployment: successful ones to `environments`, `releases`, `tags`, or jobs of a name as `job:deploy`.',
      input: true,
      example: 'releases',
    }),
  environments: z.array(z.string()).default([]).meta({
    description:
      'Environments that are production; by default those of the tier production, else `production` and `prod`.',
    input: true,
    example: 'live',
  }),
  incidentLabels: z.array(z.string()).default([]).meta({
    description: 'Labels of the incidents that count; by default every incident does.',
    input: true,
    example: 'severity::1',
  }),
  hotfixLabels: z
    .array(z.string())
    .default(['hotfix'])
    .meta({ description: 'Labels of merge requests that fix a deployment.', input: true }),
  staleDays: z.number().int().min(1).max(3_650).default(90).meta({
    description: 'Days without a commit after which a branch is stale.',
    input: true,
  }),
  people: z.boolean().default(false).meta({
    description:
      'Add a table per person: merged, reviewed, how fast, and what waits for them. By name, without a rank and without bots. Without it no figure is about a person.',
    input: true,
  }),
  language: languageOption,
  plan: requestOptions.plan,
  maxRequests: z.number().int().min(10).max(100_000).default(5_000).meta({
    description: 'Requests to GitLab after which the digest stops reading; it then says what is missing.',
    input: true,
  }),
  reportJob: z.string().default('herald').meta({
    description: 'Name of the job with Herald’s report, whose history of the default branch has the tests.',
    input: true,
  }),
  output: z.string().default('.').meta({
    description:
      'Folder for the files of the digest, and for `herald-history/`, what it has read, so that the next one reads only what is new; relative to the project directory.',
  }),
  dryRun: requestOptions.dryRun,
  maxWait: requestOptions.maxWait,
});

export type DigestOptions = z.infer<typeof digestOptions>;
