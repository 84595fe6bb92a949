import type { GitLab } from '../../gitlab/ports/port.ts';
import type { Clock, Log } from '../../io/port.ts';
import type {
  ProjectSettings,
  ScheduleSettings,
  Trigger,
  WebhookOwner,
  WebhookSecrets,
} from '../../model/setup.ts';
import type { SetupChange, WantedWebhook } from '../../setup/change.ts';
import type { InstallChange } from '../../setup/install-change.ts';

/** What `herald setup` looks after. */
export type SetupPart = 'webhook' | 'token' | 'schedule' | 'labels' | 'queue' | 'pipeline-variables';

/** A receiver that webhooks send their events to. */
export interface ReceiverWish {
  /** Where GitLab reaches it: `https://herald.example.com`. */
  readonly address: string;
  /**
   * The secret of a webhook, with its signing token; null where nobody gave the secret it is derived from.
   */
  secretOf(owner: WebhookOwner): WebhookSecrets | null;
}

/** What the user wants. */
export interface SetupWishes {
  readonly apiUrl: string;
  /** The bot's project, by id or path; empty for a receiver without one. */
  readonly botProject: number | string;
  /** Watched projects by id or path; empty with a group, or when the bot watches its own project. */
  readonly projects: readonly (number | string)[];
  readonly group: string | null;
  readonly subgroups: boolean;
  readonly parts: readonly SetupPart[];
  /** `instruct`: show the maintainers what to do, and change nothing. */
  readonly action: 'make' | 'remove' | 'instruct';
  /** Say what would be done, and do nothing. */
  readonly planOnly: boolean;
  readonly rotate: boolean;
  /** Create the bot's service account and its token. */
  readonly makesBot: boolean;
  readonly test: boolean;
  /** Ask GitLab once more for the deliveries that failed. */
  readonly resend: boolean;
  /** Null where webhooks start pipelines. */
  readonly receiver: ReceiverWish | null;
  /** Branch of the bot's project; null = its default branch. */
  readonly ref: string | null;
  /** Empty: those of commands and of each project's rules. */
  readonly events: readonly string[];
  readonly template: boolean;
  readonly sslVerification: boolean;
  readonly branches: string;
  readonly sweepCron: string;
  readonly resourceGroup: string;
  /** Path of the configuration file in watched projects. */
  readonly config: string;
  readonly tokenKey: string;
  readonly protectToken: boolean;
  /** The bot's token, for its variable; null when none was given. */
  readonly botToken: { readonly value: string; readonly variable: string } | null;
}

export interface SetupWorld {
  readonly gitlab: GitLab;
  readonly clock: Clock;
  readonly log: Log;
}

/** Facts that all projects share. */
export interface SetupFacts {
  readonly bot: ProjectSettings;
  readonly ref: string;
  /** Of every watched project; the rules of one can add events. */
  readonly webhook: WantedWebhook;
  readonly schedule: ScheduleSettings;
  readonly userId: number;
  readonly triggers: readonly Trigger[];
  readonly staleOwners: ReadonlySet<number>;
}

/** The pipeline of the bot that a test of a webhook started. */
export interface TestResult {
  readonly url: string;
  /** False when GitLab does not show what started it, so that it may be another event's. */
  readonly isCertain: boolean;
}

/** The outcome of one project. */
export interface SetupOutcome {
  readonly path: string;
  /**
   * `group`: the webhook of all its projects; `bot`: the settings of the bot's own project; `account`: its service
   * account; `install`: Herald's own project.
   */
  readonly of: 'watched' | 'group' | 'bot' | 'account' | 'install';
  /** The planned changes, in order. */
  readonly changes: readonly (SetupChange | InstallChange)[];
  /** How many of them are done. */
  readonly done: number;
  readonly advice: readonly string[];
  readonly refusal: { readonly message: string; readonly hint: string | null } | null;
  /** The result of a test; null when the user asked for none. */
  readonly testedBy: TestResult | null;
  /** What else was done, in sentences: a test of a receiver, deliveries that were sent again. */
  readonly results?: readonly string[];
}
