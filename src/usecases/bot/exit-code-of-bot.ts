import { type ExitCode, exitCodes } from '../../errors.ts';
import type { Handled } from './bot-world.ts';

/**
 * 70 when a part of a sweep threw or took too long: the log says which. 4 when GitLab refused an action of a rule:
 * nobody else would notice. Refused actions of a command are in its answer, and actions that are no longer needed are
 * not a problem.
 */
export function exitCodeOfBot(handled: readonly Handled[]): ExitCode {
  if (handled.some(({ outcome }) => outcome === 'failed')) return exitCodes.bug;
  const isUnheard = handled
    .flatMap(({ writes }) => writes)
    .some(({ refusedByGitLab, write }) => refusedByGitLab && !write.cause.by.startsWith('command '));
  return isUnheard ? exitCodes.refused : exitCodes.done;
}
