/** What `herald setup` finds in GitLab: the parts of a project that make a bot. */

/** A webhook of a project. */
export interface Webhook {
  readonly id: number;
  /** With `{name}` where a masked variable is filled in. */
  readonly url: string;
  /** Empty for none, null where this GitLab has no names (before 17.1). */
  readonly name: string | null;
  readonly description: string | null;
  /** By the API's name; what is missing is not known to this GitLab. */
  readonly switches: Readonly<Record<string, boolean>>;
  /** Empty for none, null where this GitLab has no templates (before 16.10). */
  readonly template: string | null;
  readonly sslVerification: boolean;
  /** Branches that push events are sent for; empty for all. */
  readonly branchFilter: string;
  /** Names of the masked variables. */
  readonly urlVariables: readonly string[];
  /** `paused` = switched off by GitLab for a while, `off` = until a test succeeds. */
  readonly state: 'working' | 'paused' | 'off';
  /** ISO 8601, while it is paused. */
  readonly pausedUntil: string | null;
  /** Whether a secret token is set, which GitLab never shows; null where GitLab does not say. */
  readonly hasToken: boolean | null;
  /** Whether its deliveries are signed; null where this GitLab signs none (before 19.0). */
  readonly isSigned: boolean | null;
}

/** The secrets of one webhook of a receiver; which of them it gets depends on whether this GitLab signs. */
export interface WebhookSecrets {
  /** For `X-Gitlab-Token` where GitLab signs nothing. */
  readonly token: string;
  /** For `X-Gitlab-Token` beside a signature: it proves nothing by itself, so a leaked one opens nothing. */
  readonly tokenBesideSignature: string;
  /** For `signing_token`: `whsec_` and base64. */
  readonly signingToken: string;
}

/** What proves a delivery to its receiver. */
export interface WebhookSecret {
  /** Sent with each delivery as `X-Gitlab-Token`. */
  readonly token: string;
  /** `whsec_…`; null where this GitLab signs nothing. */
  readonly signingToken: string | null;
}

/** One delivery of a webhook, as GitLab remembers it for a while. */
export interface HookDelivery {
  readonly id: number;
  /** `push_hooks`, `note_hooks` */
  readonly event: string;
  /** HTTP status of the answer; null where there was no answer. */
  readonly status: number | null;
  /** The beginning of the answer, or what went wrong; written by the server at that address. */
  readonly answer: string;
  /** ISO 8601; null where this GitLab does not say. */
  readonly at: string | null;
  readonly seconds: number;
  /** The same for all attempts to deliver one event; null before 17.4. */
  readonly idempotencyKey: string | null;
}

/** The wanted settings of a webhook. */
export interface WebhookSettings
  extends Pick<Webhook, 'url' | 'switches' | 'sslVerification' | 'branchFilter'> {
  readonly name: string;
  readonly description: string;
  readonly template: string;
}

/** A pipeline trigger token, without the token. */
export interface Trigger {
  readonly id: number;
  readonly description: string;
  readonly owner: { readonly id: number; readonly username: string; readonly active: boolean } | null;
  /** ISO 8601; null = never. */
  readonly expiresAt: string | null;
}

/** Where a variable counts: for all environments, or, set aside, for one that there is not, so that no job gets it. */
export type VariablePlace = 'everywhere' | 'aside';

/** A CI/CD variable of a project. */
export interface ProjectVariable {
  readonly key: string;
  /** Null when it is hidden. */
  readonly value: string | null;
  readonly protected: boolean;
  readonly masked: boolean;
  /** Null where this GitLab hides none (before 17.4). */
  readonly hidden: boolean | null;
  readonly description: string | null;
}

/** A pipeline schedule with its variables. */
export interface Schedule {
  readonly id: number;
  readonly description: string;
  /** A branch, without `refs/heads/`. */
  readonly ref: string;
  readonly cron: string;
  readonly timezone: string;
  readonly active: boolean;
  readonly ownerId: number | null;
  /** When GitLab starts the next pipeline, ISO 8601; null where it does not say. */
  readonly nextRunAt: string | null;
  readonly variables: Readonly<Record<string, string>>;
}

export type ScheduleSettings = Omit<Schedule, 'id' | 'ownerId' | 'nextRunAt'>;

/** A label of a project or group. */
export interface Label {
  readonly name: string;
  /** `#1f75cb`. */
  readonly color: string;
  readonly description: string;
}

/** Where a webhook is: in a project, by its id, or in a group. */
export type WebhookOwner = number | { readonly group: number };

/** A queue of jobs: `resource_group` in CI/CD configuration. */
export interface ResourceGroup {
  readonly key: string;
  readonly processMode: string;
}

/** A project as far as a bot in it, or over it, depends on it. */
export interface ProjectSettings {
  readonly id: number;
  /** `group/project`. */
  readonly path: string;
  readonly url: string;
  /** Null while the repository is empty. */
  readonly defaultBranch: string | null;
  readonly archived: boolean;
  readonly pendingDeletion: boolean;
  readonly ciEnabled: boolean;
  /**
   * The role that can set pipeline variables: `no_one_allowed`, `developer`, `maintainer`, `owner`; null where GitLab
   * does not say.
   */
  readonly minimumOverrideRole: string | null;
}

/** What a service account belongs to: a project, or a group with all below it. */
export interface AccountOwner {
  readonly kind: 'projects' | 'groups';
  readonly id: number;
  readonly path: string;
}

/** A user that stands for a program. */
export interface ServiceAccount {
  readonly id: number;
  readonly username: string;
  readonly name: string;
}

/** A personal access token of a service account, without its value. */
export interface AccountToken {
  readonly id: number;
  readonly name: string;
  /** A day; null = never. */
  readonly expiresAt: string | null;
}
