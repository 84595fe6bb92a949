import type { LineOptions } from './gitlab/transport/open-line.ts';
import type { AuditFile } from './io/audit-file.ts';
import { systemClock } from './io/clock.ts';
import type { Log } from './io/port.ts';

export type Variables = Readonly<Record<string, string | undefined>>;

/** Where requests go, and as whom. */
export type Target = Pick<LineOptions, 'apiUrl' | 'token'>;

/** What a real process sends its requests with. */
export function lineOptions(
  target: Target,
  log: Log,
  { audit, variables }: { audit: AuditFile; variables: Variables },
): LineOptions {
  const caFile = variables['CI_SERVER_TLS_CA_FILE'] ?? null;
  return { ...target, log, clock: systemClock, audit: audit.add, caFile, variables };
}
