import * as z from 'zod';
import { commonOptions } from './common-options.ts';
import { requestOptions } from './request-options.ts';
import { scriptTarget } from './script-options.ts';
import { sentryOptions } from './sentry-options.ts';

const moment = z.iso.datetime({ offset: true, error: 'a time like 2026-11-30T14:05:00Z' });

/** What `herald track-release` reports to an error tracker. */
export const trackReleaseOptions = z.strictObject({
  ...commonOptions.shape,
  release: z.array(z.string()).default([]).meta({
    description:
      'Name of the release, which must be the one that your code reports errors with; by default the tag of the job, else the commit.',
    positional: true,
  }),
  ...sentryOptions,
  server: scriptTarget.server,
  project: scriptTarget.project,
  sha: scriptTarget.sha,
  from: z.string().min(1).max(255).nullable().default(null).meta({
    description:
      'Tag, branch or commit of the release before this one: its commits do not belong to this one. By default the tag before the release’s own; without such a tag, the newest commit of the last release that the error tracker knows.',
    example: 'v1.3',
  }),
  commits: z.enum(['list', 'refs', 'none']).default('list').meta({
    description:
      '`list` sends the commits. `refs` sends the two ends only, for a tracker that is connected to GitLab and reads the rest itself. `none` sends neither.',
  }),
  authorEmails: z.boolean().default(false).meta({
    description: 'Send the e-mail addresses of authors, too, by which the tracker knows its own users again.',
  }),
  repository: z.string().min(1).max(200).nullable().default(null).meta({
    description: 'Name of the repository in the error tracker; by default the full path of the project.',
    example: 'Acme / Web',
  }),
  environment: z.string().nullable().default(null).meta({
    description:
      'Environment that the release was deployed to; by default that of the job. With one, the deploy is reported, too.',
    example: 'production',
  }),
  deployName: z.string().min(1).max(64).nullable().default(null).meta({
    description: 'Name of the deploy; by default the number of the job.',
  }),
  deployUrl: z.url().nullable().default(null).meta({
    description: 'Address of the deploy; by default that of the job.',
  }),
  deployStarted: moment.nullable().default(null).meta({
    description: 'When the deploy began; by default when the job did.',
    example: '2026-11-30T14:00:00Z',
  }),
  deployFinished: moment.nullable().default(null).meta({
    description: 'When the deploy ended; by default now.',
    example: '2026-11-30T14:05:00Z',
  }),
  output: z.string().default('.').meta({ description: 'Folder for `herald-audit.jsonl`.' }),
  maxWait: requestOptions.maxWait,
  dryRun: requestOptions.dryRun,
});

export type TrackReleaseOptions = z.infer<typeof trackReleaseOptions>;
