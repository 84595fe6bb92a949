import type { Given } from '../../doctor/standing-webhook.ts';
import type { SetupFacts, SetupWishes, SetupWorld } from '../setup-wishes.ts';

/** What is to be looked at. */
export interface DoctorWishes extends SetupWishes {
  /** The names of the options that were given: only they are compared with what stands. */
  readonly given: Given;
  /** Whether a GitLab without TLS is meant. */
  readonly allowInsecure: boolean;
}

export interface Setting {
  readonly world: SetupWorld;
  readonly wishes: DoctorWishes;
  readonly facts: SetupFacts;
}
