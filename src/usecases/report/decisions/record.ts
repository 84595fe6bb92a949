import { describeDecision } from '../../../explain/describe-decision.ts';
import type { Log } from '../../../io/port.ts';
import type { Decide, Decision } from '../../../model/decision.ts';
import { maskedValue } from '../../../secrets/masked-value.ts';

/** Records decisions: in the log at `debug`, and in `kept` where it is given. Secrets are masked in all of them. */
export function recordDecisions(
  { log, mask }: { readonly log: Pick<Log, 'debug'>; readonly mask: (text: string) => string },
  kept: Decision[] = [],
): Decide {
  return (decision) => {
    const masked = maskedValue(decision, mask);
    kept.push(masked);
    log.debug(describeDecision(masked));
  };
}
