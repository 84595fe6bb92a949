import { type ExitCode, exitCodes, GitLabUnreachableError, HeraldError } from '../../errors.ts';
import { type Handled, ignored, type SweepWorld } from './bot-world.ts';

/** Longer than any object needs while GitLab answers. */
const deadline = 120_000;

class TooSlowError extends Error {
  override readonly name = 'TooSlowError';
}

async function within<Result>(milliseconds: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new TooSlowError(`it took more than ${Math.round(milliseconds / 1000)} seconds`));
    }, milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Without GitLab no other object fares better; a 500 is of this object. */
function endsAll(error: unknown): boolean {
  return error instanceof GitLabUnreachableError && error.status !== 500;
}

/** A bug only where no message says what to do about it. */
function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof TooSlowError) return exitCodes.unreachable;
  return error instanceof HeraldError ? error.exitCode : exitCodes.bug;
}

/**
 * Handles one object of a sweep. If it throws or takes too long, only this object fails: the log mentions it, it sets
 * the sweep's exit code, and the sweep continues. Throws `GitLabUnreachableError`.
 */
export async function onItsOwn(
  what: string,
  work: () => Promise<readonly Handled[]>,
  { log }: Pick<SweepWorld, 'log'>,
): Promise<readonly Handled[]> {
  try {
    return await within(deadline, work());
  } catch (error) {
    if (endsAll(error)) throw error;
    const reason = `${what} was skipped: ${error instanceof Error ? error.message : String(error)}`;
    log.error(reason);
    return [{ ...ignored(reason), outcome: 'failed', exitCode: exitCodeOf(error) }];
  }
}
