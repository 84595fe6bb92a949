import type { ReportOptions } from '../../config/report-options.ts';
import { type ExitCode, exitCodes } from '../../errors.ts';
import type { UnexplainedSign } from '../../model/evidence.ts';
import { failsJob } from '../../model/gate.ts';
import type { Summary } from '../../model/summary.ts';
import { exitCodeOfTroubles, type Troubles } from '../troubles.ts';

/** Signs that a report is not there, or is there in part. */
const unread: ReadonlySet<UnexplainedSign['kind']> = new Set(['unreadable', 'incomplete', 'missing']);

function isGlob(pattern: string): boolean {
  return /[*?[\]{}!]/.test(pattern);
}

/** A file that was named, not looked for, and is not there: nobody would name one that may be missing. */
function lacksNamedFile({ reports }: ReportOptions, { unexplained }: Summary): boolean {
  const named = reports.filter((pattern) => !isGlob(pattern)).map((path) => path.replace(/^(?:\.\/)+/, ''));
  return unexplained.some(
    ({ kind, path }) =>
      kind === 'missing' && path !== null && named.some((name) => name === path || name.endsWith(`/${path}`)),
  );
}

/** A failed gate counts most, since it is about the change; then files that are not there or not read; then GitLab. */
export function exitCodeOf(options: ReportOptions, summary: Summary, troubles: Troubles): ExitCode {
  if (summary.gates.some(failsJob)) return exitCodes.gateFailed;
  if (lacksNamedFile(options, summary)) return exitCodes.unreadableInput;
  if (options.strict && summary.unexplained.some(({ kind }) => unread.has(kind)))
    return exitCodes.unreadableInput;
  return exitCodeOfTroubles(troubles.all());
}
