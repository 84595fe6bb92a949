import { type ExitCode, exitCodes } from '../../errors.ts';
import type { Handled } from './bot-world.ts';

/**
 * 70 when something of a sweep threw or took too long: the log says what. 4 when GitLab itself refused something that a
 * rule wanted: nobody else would hear of it. What it refused to a command is told in the answer, and what is not done
 * since things have changed meanwhile is no trouble.
 */
export function exitCodeOfBot(handled: readonly Handled[]): ExitCode {
  if (handled.some(({ outcome }) => outcome === 'failed')) return exitCodes.bug;
  const isUnheard = handled
    .flatMap(({ writes }) => writes)
    .some(({ refusedByGitLab, write }) => refusedByGitLab && !write.cause.by.startsWith('command '));
  return isUnheard ? exitCodes.refused : exitCodes.done;
}
