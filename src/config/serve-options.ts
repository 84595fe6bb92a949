import * as z from 'zod';
import { botOptions } from './bot-options.ts';
import { sentryOptions } from './sentry-options.ts';

/** `herald serve`: what it listens to, whom it believes, and who does the work. */
export const serveOptions = z.strictObject({
  config: botOptions.shape.config,
  logLevel: botOptions.shape.logLevel,
  logFormat: z.enum(['text', 'json']).default('json').meta({ description: 'Form of the log lines.' }),
  color: botOptions.shape.color,
  listen: z
    .string()
    .regex(/^(?:\[[0-9a-fA-F:.]+\]|[\w.-]+)?:\d{1,5}$/, 'an address and a port, like 127.0.0.1:8080')
    .default('127.0.0.1:8080')
    .meta({ description: 'Address and port to listen on.', example: '0.0.0.0:8080' }),
  spool: z.string().default('herald-spool').meta({
    description:
      'Folder of a receiver that keeps events from the moment they are accepted until they are handled; `herald doctor` looks there for those that were given up.',
    example: '/var/lib/herald',
  }),
  deliver: z.enum(['here', 'pipeline']).default('here').meta({
    description:
      'Where an event is handled: `here`, in a process of this machine; `pipeline`, in a pipeline of the bot’s project.',
  }),
  queues: z.number().int().min(1).max(100).default(20).meta({
    description:
      'Over how many queues of the bot’s project events are spread with `--deliver pipeline`; all events of one merge request or issue are in the same. `1` names no queue.',
  }),
  server: botOptions.shape.server,
  project: botOptions.shape.project,
  projects: botOptions.shape.projects,
  deny: botOptions.shape.deny,
  ...sentryOptions,
  ref: z.string().min(1).nullable().default(null).meta({
    description:
      'Branch of the bot’s project whose pipelines are the bot; without it, setup takes the default branch.',
    example: 'main',
  }),
  allowFrom: z.array(z.string()).default([]).meta({
    description: 'Addresses and networks that may deliver; by default all.',
    example: '34.74.90.64/28',
  }),
  trustedProxy: z.array(z.string()).default([]).meta({
    description:
      'Addresses and networks of proxies whose `X-Forwarded-For` is believed; by default no proxy.',
    example: '10.0.0.0/8',
  }),
  metricsFrom: z
    .array(z.string())
    .default(['127.0.0.0/8', '::1', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'])
    .meta({
      description:
        'Addresses and networks that may read `/metrics`; by default this machine and private networks.',
      example: '10.0.0.0/8',
    }),
  sweepEvery: z.number().int().min(0).max(1440).default(15).meta({
    description:
      'Minutes between two sweeps for what no webhook reported, with `--deliver here`; `0` for none, where another receiver or a schedule sweeps.',
  }),
  concurrency: z.number().int().min(1).max(100).default(10).meta({
    description: 'How many events are handled at once.',
  }),
  maxRequestsPerMinute: z.number().int().min(1).max(100_000).default(600).meta({
    description: 'How many requests GitLab gets in any minute from all events together.',
  }),
  maxInFlight: z.number().int().min(1).max(100).default(10).meta({
    description: 'How many requests to GitLab may be under way at once.',
  }),
  maxEvents: z.number().int().min(1).max(1_000_000).default(20_000).meta({
    description: 'How many events may wait; more are answered with 503, and GitLab shows them as failed.',
  }),
  maxWait: botOptions.shape.maxWait,
  dryRun: botOptions.shape.dryRun,
  replay: z.boolean().default(false).meta({
    description: 'First take up again the events that were given up.',
  }),
});

export type ServeOptions = z.infer<typeof serveOptions>;
