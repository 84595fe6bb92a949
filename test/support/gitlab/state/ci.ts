/**
 * What the embedded GitLab remembers of webhooks, triggers, variables, schedules, labels, queues, groups and roles.
 * Fields are the API's.
 */

export interface EmbeddedHook {
  readonly id: number;
  readonly project_id: number;
  /** Of a webhook of a group, which belongs to no project. */
  readonly group_id?: number;
  url: string;
  /** As the API gives and takes them: switches, name, description, template, filter. */
  fields: Readonly<Record<string, unknown>>;
  /** Name → value; the API gives the names only. */
  urlVariables: ReadonlyMap<string, string>;
  alert_status: 'executable' | 'temporarily_disabled' | 'disabled';
  /** What GitLab never shows: `token` and `signing_token`. */
  secrets?: Readonly<Record<string, string>>;
}

/** What a webhook sends to an address that is not GitLab's own. */
export interface EmbeddedSending {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One line of *Recent events*, as the API gives it. */
export interface EmbeddedDelivery {
  readonly id: number;
  readonly hook_id: number;
  readonly trigger: string;
  readonly request_headers: Readonly<Record<string, string>>;
  readonly request_data: unknown;
  readonly response_body: string;
  readonly response_status: string;
  readonly execution_duration: number;
  readonly created_at: string;
}

export interface EmbeddedTrigger {
  readonly id: number;
  readonly project_id: number;
  readonly token: string;
  readonly description: string;
  readonly owner_id: number | null;
  expires_at: string | null;
}

export interface EmbeddedVariable {
  readonly project_id: number;
  readonly key: string;
  readonly value: string;
  readonly protected: boolean;
  readonly masked: boolean;
  readonly hidden: boolean;
  readonly environment_scope: string;
  readonly description: string | null;
}

export interface EmbeddedSchedule {
  readonly id: number;
  readonly project_id: number;
  owner_id: number;
  /** description, ref, cron, cron_timezone, active */
  fields: Readonly<Record<string, unknown>>;
  readonly variables: Map<string, string>;
  /** The pipeline that it started last. */
  last_pipeline_id?: number;
}

export interface EmbeddedLabel {
  readonly project_id: number;
  readonly name: string;
  readonly color: string;
  readonly description: string | null;
}

export interface EmbeddedResourceGroup {
  readonly project_id: number;
  readonly key: string;
  process_mode: string;
}

export interface EmbeddedMember {
  readonly project_id: number;
  readonly user_id: number;
  access_level: number;
}

export interface EmbeddedCi {
  readonly hooks: EmbeddedHook[];
  /** Newest last. */
  readonly deliveries: EmbeddedDelivery[];
  /** How often deliveries may be sent again before GitLab refuses. */
  resendsLeft: number;
  /** Who answers at all addresses outside of GitLab; nobody, where it throws. */
  receiver: (sending: EmbeddedSending) => { readonly status: number; readonly body: string };
  readonly triggers: EmbeddedTrigger[];
  readonly variables: EmbeddedVariable[];
  readonly schedules: EmbeddedSchedule[];
  readonly labels: EmbeddedLabel[];
  readonly resourceGroups: EmbeddedResourceGroup[];
  /** A project without an entry has everybody as its maintainer. */
  readonly members: EmbeddedMember[];
  /** `42:11` for a member who is one of the group above the project. */
  readonly inheritedMembers: Set<string>;
  /** Groups that projects, or groups above them, invited. */
  readonly invitedGroups: {
    readonly project_id: number;
    readonly full_path: string;
    readonly access_level: number;
    readonly relation: 'direct' | 'inherited';
  }[];
  /** Direct members of groups. */
  readonly groupMembers: { readonly group_id: number; readonly user_id: number }[];
  /** Ids of groups that are private, and not seen by those who are no members. */
  readonly hiddenGroups: Set<number>;
  /** Job id, or 0 for the configuration of pipelines → names of declared inputs. */
  readonly declaredInputs: Map<number, readonly string[]>;
  /** Job or pipeline id → the inputs that it was started with. */
  readonly givenInputs: Map<number, Readonly<Record<string, unknown>>>;
  /** Whether the instance has webhooks of groups: from Premium on. */
  hasGroupWebhooks: boolean;
  readonly groups: { readonly id: number; readonly full_path: string; readonly visibility?: string }[];
  /** Rules about tags, with wildcards. */
  readonly protectedTags: {
    readonly project_id: number;
    readonly name: string;
    readonly create_access_level: number;
  }[];
  /** Groups whose jobs may use a project; null = this GitLab has no such list. */
  allowedGroups: { readonly project_id: number; readonly group_id: number }[] | null;
  /** User ids; null = everybody owns every group. */
  groupOwners: Set<number> | null;
  /** Community Edition: only administrators make tokens of service accounts. */
  accountTokensByAdminsOnly: boolean;
  /** The last day on which a token may expire. */
  latestExpiry: string;
  /** `42:main` for a branch that is not protected. */
  readonly unprotectedBranches: Set<string>;
  /** Whether the administrator forbids webhooks to the local network, as is the default. */
  blocksLocalWebhooks: boolean;
  /** Webhooks that a project may have. */
  maxHooks: number;
}

export function emptyCi(): EmbeddedCi {
  return {
    hooks: [],
    deliveries: [],
    resendsLeft: 5,
    receiver: () => {
      throw new Error('nobody listens there');
    },
    triggers: [],
    variables: [],
    schedules: [],
    labels: [],
    resourceGroups: [],
    members: [],
    inheritedMembers: new Set(),
    groupMembers: [],
    hiddenGroups: new Set(),
    declaredInputs: new Map(),
    givenInputs: new Map(),
    hasGroupWebhooks: false,
    invitedGroups: [],
    groups: [],
    protectedTags: [],
    allowedGroups: [],
    groupOwners: null,
    accountTokensByAdminsOnly: false,
    latestExpiry: '9999-12-31',
    unprotectedBranches: new Set(),
    blocksLocalWebhooks: false,
    maxHooks: 100,
  };
}
