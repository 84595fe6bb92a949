import type { Clock, Log } from '../../io/port.ts';
import type { Call } from './call.ts';
import type { ResourceOptions } from './gitbeaker-requester.ts';

/** Functions that all parts of the port use. */
export interface Api {
  readonly call: Call;
  /** For gitbeaker's resource classes. */
  readonly resources: ResourceOptions;
  /** See `Users.signature`. */
  readonly signature: (text: string) => string;
  readonly clock: Clock;
  readonly log: Log;
  /** Size limit of one answer of the API. */
  readonly maxBytes: number;
}

/** The path of a project below the API, by its id or full path. */
export function projectPath(project: number | string): string {
  return `/projects/${encodeURIComponent(project)}`;
}
