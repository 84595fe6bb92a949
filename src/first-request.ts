import { firstQuestionOf } from './cli/first-question.ts';
import { secretsOf } from './context/credentials.ts';
import { HeraldError } from './errors.ts';
import { askEarly, type EarlyUser } from './gitlab/transport/early-user.ts';
import { openLine } from './gitlab/transport/open-line.ts';
import { type AuditFile, createAuditFile } from './io/audit-file.ts';
import { clockUntil } from './io/clock.ts';
import { createHeldLog, type HeldLog } from './io/held-log.ts';
import { lineOptions, type Target, type Variables } from './line-options.ts';

/** What was asked before the command was loaded. */
export interface FirstRequest {
  readonly target: Target;
  readonly user: EarlyUser;
  readonly audit: AuditFile;
  readonly heldLog: HeldLog;
}

/**
 * Asks GitLab who the token's user is, where the command line says that the command needs it; the connection to the
 * same address with the same token goes on from there. Null where nothing is asked: the command asks, or says why not.
 * What is still open when the run is over is broken off.
 */
export async function sendFirstRequest(
  argv: readonly string[],
  variables: Variables,
  end: AbortSignal,
): Promise<FirstRequest | null> {
  const target = firstQuestionOf(argv, variables);
  if (target === null) return null;
  const audit = createAuditFile(() => secretsOf(variables));
  const heldLog = createHeldLog();
  try {
    const line = openLine(
      lineOptions(target, heldLog.log, { audit, variables, end, clock: clockUntil(end) }),
    );
    const user = askEarly(line);
    // Loading the rest of Herald holds up everything, so that the connection opens first. With TLS this waits for
    // certificates. The turn of the event loop that is under way may be past connections, the next one is not.
    await line.connections.to(line.apiUrl).catch(() => undefined);
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    return { target, user, audit, heldLog };
  } catch (error) {
    // An address that cannot be used: the command says why.
    if (error instanceof HeraldError) return null;
    throw error;
  }
}
