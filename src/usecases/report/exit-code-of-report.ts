import type { ReportOptions } from '../../config/options.ts';
import { type ExitCode, exitCodes } from '../../errors.ts';
import type { UnexplainedSign } from '../../model/evidence.ts';
import { failsJob } from '../../model/gate.ts';
import type { Summary } from '../../model/summary.ts';
import { exitCodeOfTroubles, type Troubles } from '../troubles.ts';

/** Signs that a report is not there, or is there in part. */
const unread: ReadonlySet<UnexplainedSign['kind']> = new Set(['unreadable', 'incomplete', 'missing']);

/** A failed gate counts most, since it is about the change; then what `--strict` is about; then GitLab. */
export function exitCodeOf(options: ReportOptions, summary: Summary, troubles: Troubles): ExitCode {
  if (summary.gates.some(failsJob)) return exitCodes.gateFailed;
  if (options.strict && summary.unexplained.some(({ kind }) => unread.has(kind)))
    return exitCodes.unreadableInput;
  return exitCodeOfTroubles(troubles.all());
}
