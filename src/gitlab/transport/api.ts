import type { Clock, Log } from '../../io/port.ts';
import type { Call } from './call.ts';

/** Functions that all parts of the port use. */
export interface Api {
  readonly call: Call;
  /** See `Users.signature`. */
  readonly signature: (text: string) => string;
  readonly clock: Clock;
  readonly log: Log;
  /** Size limit of one answer of the API. */
  readonly maxBytes: number;
}
