import * as z from 'zod';
import { commonOptions } from './common-options.ts';
import { requestOptions } from './request-options.ts';
import { scriptTarget } from './script-options.ts';
import { sentryOptions } from './sentry-options.ts';

const days = /^([1-9]\d{0,2})d$/;

/** What `herald bot` does, and where. */
const botRun = {
  payload: z.string().nullable().default(null).meta({
    description: "File with a webhook's body; by default the one that GitLab names in `TRIGGER_PAYLOAD`.",
    example: 'payload.json',
  }),
  sweep: z.boolean().default(false).meta({
    description:
      'Look for what no webhook reported: commands without an answer, pipelines without a report, rules about time. Scheduled pipelines always do this.',
  }),
  backtest: z.string().regex(days, 'a number of days, like 30d').nullable().default(null).meta({
    description:
      'Try the rules on everything that changed in this number of days, and count what each would do. Writes nothing.',
    example: '30d',
  }),
  rotateBefore: z.string().regex(days, 'a number of days, like 14d').nullable().default(null).meta({
    description:
      'Rotate the token of the bot in a sweep when fewer days than this are left; the bot must be a Maintainer of its own project. By default never.',
    input: true,
    example: '14d',
  }),
  projects: z.array(z.string()).default([]).meta({
    description:
      'Projects to serve or to cover, as globs of full paths, of which the token’s user is a member; by default only the one it runs in.',
    input: true,
    example: 'group/**',
  }),
  deny: z.array(z.string()).default([]).meta({
    description: 'Projects that the bot never serves, as globs of full paths; wins over `projects`.',
    input: true,
    example: 'group/archive/**',
  }),
};

export const botOptions = z.strictObject({
  ...commonOptions.shape,
  ...botRun,
  server: scriptTarget.server,
  project: scriptTarget.project,
  ...sentryOptions,
  output: z.string().default('.').meta({
    description: 'Folder for `herald-audit.jsonl`.',
  }),
  maxWait: requestOptions.maxWait,
  dryRun: requestOptions.dryRun,
});

export type BotOptions = z.infer<typeof botOptions>;

/** Days of `30d`. */
export function daysOf(text: string): number {
  return Number(days.exec(text)?.[1] ?? 0);
}
