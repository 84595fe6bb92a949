import type { Given } from '../../doctor/standing-webhook.ts';
import type { Identity } from '../../gitlab/ports/identity.ts';
import type { ProjectSettings, ProjectVariable, ScheduleSettings, Trigger } from '../../model/setup.ts';
import type { WantedWebhook } from '../../setup/change.ts';
import type { SetupWishes, SetupWorld } from '../setup/wishes.ts';
import type { Seen } from './or-unknown.ts';

/** What is to be looked at. */
export interface DoctorWishes extends SetupWishes {
  /** The names of the options that were given: only they are compared with what stands. */
  readonly given: Given;
  /** Whether a GitLab without TLS is meant. */
  readonly allowInsecure: boolean;
}

/** The bot's project, and what is the same for all watched ones. */
export interface BotFacts {
  readonly bot: ProjectSettings;
  /** As herald setup would make them with the options that are given. */
  readonly webhook: WantedWebhook;
  readonly schedule: ScheduleSettings;
  /** The variable with its token, of the project itself. */
  readonly variable: Seen<ProjectVariable | null>;
  /** Null where they may not be seen. */
  readonly triggers: readonly Trigger[] | null;
  /** Owners of Herald's trigger tokens who may not start pipelines of the bot any more, as far as it may be seen. */
  readonly staleOwners: ReadonlySet<number>;
}

/** What there is to look with. */
export interface DoctorWorld extends SetupWorld {
  readonly own: {
    readonly token: string;
    /** Id of the project in whose job it is the bot's; null elsewhere. */
    readonly isOfJobIn: number | null;
  };
  /** The token that was given as the bot's, beside the one that asks; null when none was. */
  readonly botToken: { readonly gitlab: Identity } | null;
}

export interface Setting {
  readonly world: DoctorWorld;
  readonly wishes: DoctorWishes;
  readonly facts: BotFacts;
}
