import { type ExitCode, exitCodes } from '../../errors.ts';
import type { Handled } from './bot-world.ts';

/** Of what failed, the gravest. */
const gravestFirst = [exitCodes.bug, exitCodes.usage, exitCodes.unreachable, exitCodes.refused] as const;

/**
 * Of objects of a sweep that failed, why the gravest did: 70 for a bug, 2 for settings that are wrong, 5 for what took
 * too long or got no usable answer, 4 for what GitLab refused; the log says which. 4 also when GitLab itself refused
 * something that a rule wanted: nobody else would hear of it. What it refused to a command is told in the answer, and
 * what is not done since things have changed meanwhile is no trouble.
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
