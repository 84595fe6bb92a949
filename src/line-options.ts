import type { LineOptions } from './gitlab/transport/open-line.ts';
import type { AuditFile } from './io/audit-file.ts';
import type { Clock, Log } from './io/port.ts';

export type Variables = Readonly<Record<string, string | undefined>>;

/** Where requests go, and as whom. */
export type Target = Pick<LineOptions, 'apiUrl' | 'token'>;

/** How long a run lasts. */
export interface Ending {
  /** Given when the run is over: what nobody waits for any more must not keep the process. */
  readonly end: AbortSignal;
  readonly clock: Clock;
}

/** What a real process sends its requests with. */
export function lineOptions(
  target: Target,
  log: Log,
  { audit, variables, end, clock }: Ending & { readonly audit: AuditFile; readonly variables: Variables },
): LineOptions {
  const caFile = variables['CI_SERVER_TLS_CA_FILE'] ?? null;
  return { ...target, log, clock, audit: audit.add, caFile, variables, end };
}
