import type { ScheduleState } from '../../model/schedule-facts.ts';
import type {
  HookDelivery,
  Label,
  ProjectSettings,
  ProjectVariable,
  ResourceGroup,
  Schedule,
  ScheduleSettings,
  Trigger,
  VariablePlace,
  Webhook,
  WebhookOwner,
  WebhookSecret,
  WebhookSettings,
} from '../../model/setup.ts';
import type { Accounts } from './accounts.ts';
import type { Install } from './install.ts';

/**
 * What `herald setup` reads and creates in GitLab; the same rules as in `../port.ts`. Deleting something that no longer
 * exists is not an error.
 */
export interface Setup
  extends Webhooks,
    Triggers,
    Variables,
    Schedules,
    Labels,
    Queues,
    Projects,
    Accounts,
    Install {}

/** What a webhook is made of. */
interface WebhookParts {
  readonly hook: WebhookSettings;
  readonly secret?: WebhookSecret;
}

/**
 * Of projects and of groups. Sources: https://docs.gitlab.com/api/project_webhooks/,
 * https://docs.gitlab.com/api/group_webhooks/
 */
export interface Webhooks {
  fetchWebhooks(owner: WebhookOwner): Promise<readonly Webhook[]>;
  /** `variables` are filled into the address and never shown again, like the secret. Never sent twice. */
  createWebhook(
    owner: WebhookOwner,
    parts: WebhookParts & { readonly variables?: Readonly<Record<string, string>> },
  ): Promise<Webhook>;
  /**
   * The address must be the one it has, unless a secret is given: GitLab forgets masked variables and the secret when
   * it changes. Without a secret the one it has stays.
   */
  updateWebhook(owner: WebhookOwner, id: number, parts: WebhookParts): Promise<Webhook>;
  deleteWebhook(owner: WebhookOwner, id: number): Promise<void>;
  /** Sends GitLab's sample of one event; throws GitLab's refusal with what the receiver answered. */
  testWebhook(owner: WebhookOwner, id: number, event: string): Promise<void>;
  /** The newest deliveries of the last days, newest first; requests them by twenty. Null before GitLab 17.3. */
  fetchDeliveries(owner: WebhookOwner, id: number, max: number): Promise<readonly HookDelivery[] | null>;
  /**
   * Sends a delivery once more (GitLab 17.4 and later; five a minute for its owner). Gives the HTTP status of the
   * answer, null where there was none.
   */
  resendDelivery(owner: WebhookOwner, id: number, delivery: number): Promise<number | null>;
}

/** Source: https://docs.gitlab.com/api/pipeline_triggers/ */
export interface Triggers {
  fetchTriggers(project: number): Promise<readonly Trigger[]>;
  /** The only answer that shows the token. */
  createTrigger(
    project: number,
    description: string,
  ): Promise<{ readonly id: number; readonly token: string }>;
  deleteTrigger(project: number, id: number): Promise<void>;
  /** GitLab's access level of a user in a project, inherited ones included; 0 for none. */
  fetchAccessLevel(project: number, userId: number): Promise<number>;
}

export interface SecretVariable extends Pick<ProjectVariable, 'key' | 'protected'> {
  readonly value: string;
  readonly description: string;
}

/** Source: https://docs.gitlab.com/api/project_level_variables/ */
export interface Variables {
  /** Null when there is none at that place. */
  fetchVariable(project: number, key: string, place: VariablePlace): Promise<ProjectVariable | null>;
  /** Masked and hidden, where this GitLab knows that (from 17.4). */
  createSecretVariable(project: number, variable: SecretVariable, place: VariablePlace): Promise<void>;
  /** The variable for all environments. Becomes masked; only a new variable can be hidden. */
  updateSecretVariable(project: number, variable: SecretVariable): Promise<void>;
  /** Makes the variable that was set aside count everywhere; no other variable of its name may exist there. */
  placeVariable(project: number, key: string): Promise<void>;
  deleteVariable(project: number, key: string, place: VariablePlace): Promise<void>;
}

/** Source: https://docs.gitlab.com/api/pipeline_schedules/ */
export interface Schedules {
  /** Without their variables. */
  fetchSchedules(project: number): Promise<readonly Omit<Schedule, 'variables'>[]>;
  fetchSchedule(project: number, id: number): Promise<Schedule>;
  /** How its last pipeline ended; null where the schedule is gone. */
  fetchScheduleState(project: number, id: number): Promise<ScheduleState | null>;
  createSchedule(project: number, schedule: ScheduleSettings): Promise<{ readonly id: number }>;
  updateSchedule(project: number, before: Schedule, schedule: ScheduleSettings): Promise<void>;
  takeOverSchedule(project: number, id: number): Promise<void>;
  deleteSchedule(project: number, id: number): Promise<void>;
}

/** Source: https://docs.gitlab.com/api/labels/ */
export interface Labels {
  /** On request with those of its groups. */
  fetchLabels(project: number, wanted: { readonly inherited: boolean }): Promise<readonly Label[]>;
  createLabel(project: number, label: Label): Promise<void>;
  deleteLabel(project: number, name: string): Promise<void>;
}

/** Source: https://docs.gitlab.com/api/resource_groups/ */
export interface Queues {
  fetchResourceGroups(project: number): Promise<readonly ResourceGroup[]>;
  setProcessMode(project: number, key: string, mode: string): Promise<void>;
}

export interface TriggeredPipeline {
  readonly id: number;
  readonly url: string;
  /** `success`, `failed`, `running` … */
  readonly status: string;
}

export interface ScheduledPipeline extends TriggeredPipeline {
  /** ISO 8601; null where GitLab does not say. */
  readonly createdAt: string | null;
}

export interface Group {
  readonly id: number;
  readonly path: string;
  /** `private`, `internal` or `public`. */
  readonly visibility: string;
}

/** Projects and groups. */
export interface Projects {
  fetchProjectSettings(project: number | string): Promise<ProjectSettings>;
  /** Null when the group does not exist, or the token cannot see it. Source: https://docs.gitlab.com/api/groups/ */
  fetchGroup(group: string): Promise<Group | null>;
  /** Projects of a group, pages of 100; without those that are only shared with it. */
  fetchGroupProjectPages(group: number, subgroups: boolean): AsyncIterable<readonly ProjectSettings[]>;
  /** Null when the branch does not exist. Source: https://docs.gitlab.com/api/branches/ */
  fetchBranchProtection(project: number, branch: string): Promise<boolean | null>;
  /**
   * The newest hundred pipelines that tokens of a user started on a branch, newest first; of anybody when the user is
   * null.
   */
  fetchTriggered(
    project: number,
    from: { readonly ref: string; readonly username: string | null },
  ): Promise<readonly TriggeredPipeline[]>;
  /** The newest twenty pipelines that schedules started on a branch, newest first. */
  fetchScheduledPipelines(project: number, ref: string): Promise<readonly ScheduledPipeline[]>;
  /** The payload of a pipeline's trigger; null when GitLab does not show it. */
  fetchTriggerPayload(project: number, pipeline: number): Promise<string | null>;
  /** Sets who can set variables of pipelines; also refused when GitLab keeps another role. */
  setOverrideRole(project: number, role: string): Promise<void>;
  /** `18.6.2-ee`; null where this GitLab does not say. Source: https://docs.gitlab.com/api/version/ */
  fetchServerVersion(): Promise<string | null>;
}
