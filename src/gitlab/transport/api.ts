import type { Clock, Log } from '../../io/port.ts';
import type { Call } from './call.ts';

/** What the parts of the port stand on. */
export interface Api {
  readonly call: Call;
  /** See `Users.signature`. */
  readonly signature: (text: string) => string;
  readonly clock: Clock;
  readonly log: Log;
  /** Bound of one answer of the API. */
  readonly maxBytes: number;
}
