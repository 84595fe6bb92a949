import type { Given } from '../../doctor/standing-webhook.ts';
import type { ProjectSettings, ScheduleSettings, Trigger } from '../../model/setup.ts';
import type { WantedWebhook } from '../../setup/change.ts';
import type { SetupWishes, SetupWorld } from '../setup-wishes.ts';

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
  /** Null where they may not be seen. */
  readonly triggers: readonly Trigger[] | null;
  /** Owners of Herald's trigger tokens who may not start pipelines of the bot any more, as far as it may be seen. */
  readonly staleOwners: ReadonlySet<number>;
}

export interface Setting {
  readonly world: SetupWorld;
  readonly wishes: DoctorWishes;
  readonly facts: BotFacts;
}
