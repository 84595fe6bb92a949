import type {
  AccountOwner,
  Label,
  ProjectSettings,
  Schedule,
  ScheduleSettings,
  VariablePlace,
  WebhookOwner,
  WebhookSettings,
} from '../model/setup.ts';

/** One attribute that is not as wanted. */
export interface Difference {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** The webhook to create; its description is known when its token exists. */
export type WantedWebhook = Omit<WebhookSettings, 'description'>;

/** Where a change is made. */
export type Place = Pick<ProjectSettings, 'id' | 'path'>;

/** A group, as the place of a webhook. */
export type GroupPlace = Place & { readonly isGroup: true };

/** The owner of what is made at a place. */
export function webhookOwnerOf(place: Place | GroupPlace): WebhookOwner {
  return 'isGroup' in place ? { group: place.id } : place.id;
}

/** The variable with the bot's token is written. */
export interface SecretChange {
  readonly do: 'set-secret';
  readonly in: Place;
  readonly key: string;
  readonly fingerprint: string;
  readonly protected: boolean;
  /** `make-anew` deletes and creates it: only a new variable can be hidden. */
  readonly how: 'make' | 'write' | 'make-anew';
  /** Somebody else made the variable that is written. */
  readonly takenOver: boolean;
  readonly why: string;
}

/** One change that `herald setup` makes, as data: `--plan` prints it, the use case makes it. */
export type SetupChange =
  | {
      readonly do: 'make-webhook';
      readonly in: Place;
      readonly hook: WantedWebhook;
      /** The webhook that the new one replaces; it is deleted when the new one exists. */
      readonly replaces: number | null;
      readonly why: string;
    }
  | {
      readonly do: 'change-webhook';
      readonly in: Place;
      readonly id: number;
      readonly hook: WebhookSettings;
      readonly differences: readonly Difference[];
    }
  /** A webhook that sends its events to a receiver. */
  | {
      readonly do: 'make-receiver-webhook';
      readonly in: Place | GroupPlace;
      readonly hook: WebhookSettings;
      readonly isSigned: boolean;
    }
  | {
      readonly do: 'change-receiver-webhook';
      readonly in: Place | GroupPlace;
      readonly id: number;
      readonly hook: WebhookSettings;
      readonly differences: readonly Difference[];
      readonly isSigned: boolean;
      /** Why its secret is set again; null when it stays. */
      readonly whySecret: string | null;
    }
  | {
      readonly do: 'delete-webhook';
      readonly in: Place | GroupPlace;
      readonly id: number;
      readonly why: string;
    }
  | { readonly do: 'delete-trigger'; readonly in: Place; readonly id: number; readonly why: string }
  | SecretChange
  /** A service account for the bot. */
  | {
      readonly do: 'make-account';
      readonly in: Place;
      readonly owner: AccountOwner;
      readonly name: string;
      readonly username: string;
    }
  /** The bot's service account becomes a Developer of a project. */
  | {
      readonly do: 'add-member';
      readonly in: Place;
      readonly owner: AccountOwner;
      /** Whether it is a member already, with a lower role. */
      readonly isMember: boolean;
    }
  /** A token of the bot's service account, in the variable. */
  | {
      readonly do: 'make-bot-token';
      readonly in: Place;
      readonly owner: AccountOwner;
      readonly secret: SecretChange;
    }
  | {
      readonly do: 'revoke-token';
      readonly in: Place;
      readonly owner: AccountOwner;
      readonly id: number;
      readonly why: string;
    }
  | {
      readonly do: 'delete-variable';
      readonly in: Place;
      readonly key: string;
      readonly place: VariablePlace;
    }
  /** The variable that an interrupted run had set aside takes its place. */
  | { readonly do: 'place-variable'; readonly in: Place; readonly key: string }
  | { readonly do: 'make-schedule'; readonly in: Place; readonly schedule: ScheduleSettings }
  | {
      readonly do: 'change-schedule';
      readonly in: Place;
      readonly before: Schedule;
      readonly schedule: ScheduleSettings;
      readonly takeOver: boolean;
      readonly differences: readonly Difference[];
    }
  | { readonly do: 'delete-schedule'; readonly in: Place; readonly id: number; readonly why: string }
  | { readonly do: 'make-label'; readonly in: Place; readonly label: Label }
  | { readonly do: 'delete-label'; readonly in: Place; readonly name: string }
  | {
      readonly do: 'set-process-mode';
      readonly in: Place;
      readonly key: string;
      readonly from: string;
      readonly to: string;
    }
  /** The role that can set variables of the bot's pipelines. */
  | { readonly do: 'set-override-role'; readonly in: Place; readonly from: string; readonly to: string };

export type ChangeOf<Kind extends SetupChange['do']> = SetupChange & { readonly do: Kind };

export type AccountChange = ChangeOf<'make-account' | 'add-member' | 'make-bot-token' | 'revoke-token'>;

const accountChanges: ReadonlySet<string> = new Set<AccountChange['do']>([
  'make-account',
  'add-member',
  'make-bot-token',
  'revoke-token',
]);

/** True for what `--bot` changes. */
export function isAccountChange<Change extends SetupChange>(
  change: Change,
): change is Change & AccountChange {
  return accountChanges.has(change.do);
}

type SettingChange = ChangeOf<'set-process-mode' | 'set-override-role'>;

/** True for the change of one value that was there already. */
export function isSettingChange<Change extends SetupChange>(
  change: Change,
): change is Change & SettingChange {
  return change.do === 'set-process-mode' || change.do === 'set-override-role';
}

/** The changes, and what a person should know about them. */
export interface SetupPlan {
  readonly changes: readonly SetupChange[];
  readonly advice: readonly string[];
}

/**
 * Attributes that differ, in the order of `wanted`. This GitLab does not know attributes that are null in `found`; they
 * are ignored.
 */
export function differencesOf(
  found: Readonly<Record<string, string | boolean | null>>,
  wanted: Readonly<Record<string, string | boolean>>,
): readonly Difference[] {
  return Object.entries(wanted).flatMap(([name, to]) => {
    const from = found[name] ?? null;
    return from === null || from === to ? [] : [{ name, from: shown(from), to: shown(to) }];
  });
}

function shown(value: string | boolean): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (value === '') return 'none';
  return value.length > 60 ? `${value.slice(0, 60)}…` : value;
}
