import type { Given } from '../../doctor/standing-webhook.ts';
import type { Identity } from '../../gitlab/ports/identity.ts';
import type { ProjectSettings, ProjectVariable, ScheduleSettings, Trigger } from '../../model/setup.ts';
import type { WantedWebhook } from '../../setup/change.ts';
import type { SetupWishes, SetupWorld } from '../setup/wishes.ts';
import type { Seen } from './or-unknown.ts';

/** What doctor checks. */
export interface DoctorWishes extends SetupWishes {
  /** Names of the given options: only these are compared with the settings in GitLab. */
  readonly given: Given;
  /** Whether the user allows a GitLab without TLS. */
  readonly allowInsecure: boolean;
}

/** The bot's project, and what is the same for all watched ones. */
export interface BotFacts {
  readonly bot: ProjectSettings;
  /** As herald setup would create them with the given options. */
  readonly webhook: WantedWebhook;
  readonly schedule: ScheduleSettings;
  /** The variable with its token, of the project itself. */
  readonly variable: Seen<ProjectVariable | null>;
  /** Null where the token cannot see them. */
  readonly triggers: readonly Trigger[] | null;
  /** Owners of Herald's trigger tokens who can no longer start pipelines of the bot, as far as the token can see. */
  readonly staleOwners: ReadonlySet<number>;
}

/** The tools of the checks. */
export interface DoctorWorld extends SetupWorld {
  readonly own: {
    readonly token: string;
    /** Id of the project in whose jobs this token is the bot's; null elsewhere. */
    readonly isOfJobIn: number | null;
  };
  /** The bot's token, given in addition to the one that asks; null when the user gave none. */
  readonly botToken: { readonly gitlab: Identity } | null;
}

export interface Setting {
  readonly world: DoctorWorld;
  readonly wishes: DoctorWishes;
  readonly facts: BotFacts;
}
