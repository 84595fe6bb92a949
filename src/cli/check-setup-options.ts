import type { SetupOptions } from '../config/setup-options.ts';
import { botTokenFrom } from '../context/credentials.ts';
import { UsageError } from '../errors.ts';
import { isGitLabJob } from '../model/gitlab-job.ts';
import { forbiddenSwitches } from '../model/webhook-switch.ts';
import type { Host } from './host.ts';

function checkBot({ bot, remove, instructions, parts }: SetupOptions, { variables }: Host): void {
  if (!bot) return;
  if (remove || instructions)
    throw new UsageError('--bot cannot be combined with --remove or --instructions', {
      hint: 'run them one after the other',
    });
  if (!parts.includes('token'))
    throw new UsageError('--bot needs the part token: it puts the token into the variable', {
      hint: 'add token to --parts, or leave --parts out',
    });
  if (botTokenFrom(variables) !== null)
    throw new UsageError('--bot creates a token, and HERALD_BOT_TOKEN gives one', {
      hint: 'unset HERALD_BOT_TOKEN, or run herald setup without --bot',
    });
}

function checkRotation({ rotateToken, bot, remove, rotate, test, instructions }: SetupOptions): void {
  if (rotateToken && (bot || remove || rotate || test || instructions))
    throw new UsageError('--rotate-token does nothing else: it can only be combined with --plan', {
      hint: 'run the others before or after it',
    });
}

function checkActions(options: SetupOptions): void {
  const { remove, rotate, test, plan, instructions } = options;
  if (remove && (rotate || test))
    throw new UsageError('--remove cannot be combined with --rotate or --test', {
      hint: 'run them one after the other',
    });
  if (instructions && (remove || rotate || test))
    throw new UsageError('--instructions cannot be combined with --remove, --rotate or --test', {
      hint: 'they change settings, which --instructions leaves to others',
    });
  if (plan && (test || options.resend))
    throw new UsageError('--plan changes nothing, and --test and --resend send events: give one of them');
}

/** What GitLab starts no pipeline from, or starts pipelines without end from, is for a receiver only. */
function checkEvents({ receiver, events }: SetupOptions): void {
  const [forbidden] =
    receiver === null ? events.filter((name) => Object.hasOwn(forbiddenSwitches, name)) : [];
  if (forbidden !== undefined)
    throw new UsageError(`--events cannot name ${forbidden}: ${forbiddenSwitches[forbidden] ?? ''}`, {
      hint: 'only a receiver can handle it: see --receiver',
    });
}

function checkReceiver({ receiver, bot, instructions, rotateToken, resend, remove }: SetupOptions): void {
  if (receiver !== null && (bot || instructions || rotateToken))
    throw new UsageError('--receiver cannot be combined with --bot, --instructions or --rotate-token', {
      hint: 'run them one after the other',
    });
  if (resend && (remove || instructions || rotateToken))
    throw new UsageError('--resend cannot be combined with --remove, --instructions or --rotate-token', {
      hint: 'run them one after the other',
    });
}

/** Alone, and not in a job, whose log other people see. */
function checkAlerts(options: SetupOptions, { variables }: Host): void {
  const { alerts, receiver, install } = options;
  const { bot, remove, rotate, rotateToken, test, instructions, resend } = options;
  if (alerts.length === 0) return;
  if (receiver === null)
    throw new UsageError('--alerts needs --receiver', {
      hint: 'docs/guides/alerts.md shows how alerts start pipelines without a receiver',
    });
  if (install !== null || [bot, remove, rotate, rotateToken, test, instructions, resend].includes(true))
    throw new UsageError(
      '--alerts does nothing else: it can only be combined with --receiver, --watch and --group',
      {
        hint: 'run the others before or after it',
      },
    );
  if (isGitLabJob(variables))
    throw new UsageError('--alerts prints secrets, and others can see the log of this job', {
      hint: 'run it on your own machine',
    });
}

function checkInstall(options: SetupOptions): void {
  const { install, watch, group, botProject, receiver } = options;
  const { bot, remove, rotate, rotateToken, test, instructions, resend } = options;
  const isOther = [bot, remove, rotate, rotateToken, test, instructions, resend].includes(true);
  const isElsewhere = [group, botProject, receiver].some((value) => value !== null);
  if (install !== null && (isOther || isElsewhere || watch.length > 0))
    throw new UsageError(
      '--install does nothing else: it can only be combined with --install-name, --no-catalog and --plan',
      { hint: 'run herald setup once more for the bot' },
    );
}

/** Throws `UsageError` where options do not go together, or not with the variables. */
export function checkSetupOptions(options: SetupOptions, host: Host): void {
  checkInstall(options);
  checkAlerts(options, host);
  checkActions(options);
  checkRotation(options);
  checkBot(options, host);
  checkReceiver(options);
  checkEvents(options);
}
