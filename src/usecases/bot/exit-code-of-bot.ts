import { type ExitCode, exitCodes } from '../../errors.ts';
import type { Handled } from './bot-world.ts';

/** Of what failed, the gravest. */
const gravestFirst = [exitCodes.bug, exitCodes.usage, exitCodes.unreachable, exitCodes.refused] as const;

/**
 * Of objects of a sweep that failed, the code of the gravest: 70 for a bug, 2 for wrong settings, 5 for an object that
 * took too long or got no usable answer, 4 for one that GitLab refused; the log says which. 4 also when GitLab refused
 * an action of a rule: nobody else would notice. Refused actions of a command are in its answer, and actions that are
 * no longer needed are not a problem.
 */
export function exitCodeOfBot(handled: readonly Handled[]): ExitCode {
  const failed = handled.filter(({ outcome }) => outcome === 'failed');
  if (failed.length > 0) {
    const codes = failed.map(({ exitCode }) => exitCode ?? exitCodes.bug);
    return gravestFirst.find((code) => codes.includes(code)) ?? exitCodes.bug;
  }
  const isUnheard = handled
    .flatMap(({ writes }) => writes)
    .some(({ refusedByGitLab, write }) => refusedByGitLab && !write.cause.by.startsWith('command '));
  return isUnheard ? exitCodes.refused : exitCodes.done;
}
