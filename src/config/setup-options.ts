import * as z from 'zod';
import { receiverSwitches, webhookSwitches } from '../model/webhook-switch.ts';
import { commonOptions } from './common-options.ts';
import { groupOptions } from './group-options.ts';
import { requestOptions } from './request-options.ts';
import { scriptTarget } from './script-options.ts';

const setupParts = ['webhook', 'token', 'schedule', 'labels', 'queue', 'pipeline-variables'] as const;

/** Which projects `herald setup` is about. */
export const setupTarget = {
  botProject: z.string().nullable().default(null).meta({
    description:
      'Project whose pipelines are the bot, by id or full path; by default the watched project is its own bot.',
    example: 'group/herald-bot',
  }),
  watch: z.array(z.string()).default([]).meta({
    description: 'Projects to watch, by id or full path; by default that of the job.',
    example: 'group/project',
  }),
  ...groupOptions,
  receiver: z.string().min(1).nullable().default(null).meta({
    description:
      'Address of a receiver (`herald serve`), as GitLab reaches it: webhooks go there instead of starting pipelines. Needs the variable `HERALD_WEBHOOK_SECRET`, with the secret of the receiver.',
    example: 'https://herald.example.com',
  }),
};

/** Herald's own project on the instance. */
const installOptions = {
  install: z.string().min(1).nullable().default(null).meta({
    description:
      'Do nothing but install this version of Herald in a group of the instance: create or upgrade its project, list it in the CI/CD Catalog, and tag the version. Needs an Owner of the group; with `--plan` it only shows the changes.',
    example: 'my-group',
  }),
  installName: z.string().min(1).max(255).default('herald').meta({
    description: 'Name of the project that `--install` creates or upgrades.',
    example: 'herald',
  }),
  catalog: z.boolean().default(true).meta({
    description:
      'Whether `--install` lists the project in the CI/CD Catalog (GitLab 17.0 and later); `--no-catalog` leaves the catalog alone.',
  }),
};

/** What the webhook is like. */
const webhookSettings = {
  events: z
    .array(z.enum([...webhookSwitches, ...receiverSwitches], { error: 'no such event' }))
    .default([])
    .meta({
      description:
        'Events that start the bot, by the names of GitLab’s API; by default what commands and reports need, and what the rules of each project need. Pipeline events are always on with `--receiver`, and job events can be; neither can start a pipeline.',
      example: 'note_events, merge_requests_events, push_events',
    }),
  branches: z.string().max(255).default('').meta({
    description: 'Branches that push events are sent for, with `*` as a wildcard; by default all.',
    example: 'main',
  }),
  template: z.boolean().default(true).meta({
    description:
      'Whether GitLab (18.6 and later) sends only what Herald reads, so that payloads stay small; `--no-template` sends everything.',
  }),
  sslVerification: z.boolean().default(true).meta({
    description: 'Whether GitLab checks the certificate of what it calls: its own, or that of the receiver.',
  }),
  allowInsecure: z.boolean().default(false).meta({
    description:
      'Allow a GitLab or a receiver without TLS (`http:`): the trigger token, or the secret of the webhook, then travels in the open.',
  }),
};

/** What `herald setup` does. */
const setupActions = {
  bot: z.boolean().default(false).meta({
    description:
      'Create a service account for the bot (GitLab 18.11 and later) and its token, as a Developer of each project, and put the token into the variable `HERALD_TOKEN`. Finds the account of an earlier run. `--remove` leaves the account: deleting it would take the author from its comments.',
  }),
  plan: requestOptions.plan,
  rotate: z.boolean().default(false).meta({
    description:
      'Give the webhooks of the named projects new trigger tokens; the old ones stop working. With `--receiver`: set the secret of each webhook again.',
  }),
  rotateToken: z.boolean().default(false).meta({
    description:
      'Do nothing but rotate the token of the bot, and write the new one into the variable `HERALD_TOKEN`. All other copies of the old token stop working at once.',
  }),
  test: z.boolean().default(false).meta({
    description:
      'Let GitLab send a test to each webhook, and wait for the pipeline that it starts, or for the answer of the receiver.',
  }),
  resend: z.boolean().default(false).meta({
    description:
      'Ask GitLab to send the failed deliveries of each webhook again, the oldest first (GitLab 17.4 and later; five a minute).',
  }),
  instructions: z.boolean().default(false).meta({
    description:
      'Do not change settings: open a confidential issue in each watched project that shows its maintainers what to do, and keep it up to date; with `--plan` print it.',
  }),
  alerts: z
    .array(z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, 'a source is lower-case letters, digits and hyphens'))
    .default([])
    .meta({
      description:
        'Do nothing but print what to paste into these tools, so that their alerts go to the receiver: an address and a secret for each of them and each watched project. Needs `--receiver`.',
      example: 'alertmanager, sentry',
    }),
  remove: z.boolean().default(false).meta({
    description: 'Remove what herald setup created, and nothing else.',
  }),
};

/** Settings of a bot; `herald doctor` also takes them, to judge the settings in GitLab. */
export const setupChoices = {
  parts: z
    .array(z.enum(setupParts))
    .default([...setupParts])
    .meta({
      description: `What to set up: ${setupParts.map((part) => `\`${part}\``).join(', ')}; by default everything.`,
      example: 'webhook, token',
    }),
  ...webhookSettings,
  ref: z.string().min(1).nullable().default(null).meta({
    description:
      'Branch of the bot’s project whose pipelines are the bot; without it, setup takes the default branch.',
    example: 'main',
  }),
  protectToken: z.boolean().default(true).meta({
    description: 'Whether only pipelines of protected branches get the token of the bot.',
  }),
  sweepCron: z.string().min(9).max(100).default('*/15 * * * *').meta({
    description: 'When the bot looks for what no webhook reported, as a cron line in UTC.',
    example: '0 * * * *',
  }),
  resourceGroup: z.string().min(1).max(255).default('herald-bot').meta({
    description: 'Name of the `resource_group` of the bot’s jobs, which setup sets to run them in order.',
  }),
};

/** Everything that only `herald setup` takes. */
const ownSetupOptions = {
  ...setupTarget,
  ...setupActions,
  ...installOptions,
  ...setupChoices,
  audit: z.string().nullable().default(null).meta({
    description:
      'Folder for `herald-audit.jsonl`, the list of all requests; without this option it is not written.',
    example: '.',
  }),
};

export const setupOptions = z.strictObject({
  ...commonOptions.shape,
  server: scriptTarget.server,
  ...ownSetupOptions,
  maxWait: requestOptions.maxWait,
});

export type SetupOptions = z.infer<typeof setupOptions>;
