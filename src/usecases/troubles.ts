import {
  type ExitCode,
  exitCodes,
  GitLabRefusedError,
  GitLabUnreachableError,
  type HeraldError,
} from '../errors.ts';
import type { Log } from '../io/port.ts';

/** Collects refusals and failed requests, so that a run continues and reports them at the end. */
export interface Troubles {
  /** The result of `work`, or null when GitLab refused it or could not be reached; anything else is thrown on. */
  attempt<T>(what: string, work: () => Promise<T>): Promise<T | null>;
  all(): readonly HeraldError[];
}

export function createTroubles(log: Log): Troubles {
  const errors: HeraldError[] = [];
  return {
    async attempt(what, work) {
      // If GitLab could not be reached once after all the waiting, further requests do not wait again.
      if (errors.some((error) => error instanceof GitLabUnreachableError)) {
        log.debug(`${what}: not requested, because GitLab cannot be reached`);
        return null;
      }
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof GitLabRefusedError || error instanceof GitLabUnreachableError)) throw error;
        errors.push(error);
        log.warn(`${what}: ${error.message}`);
        if (error.hint !== null) log.warn(`  ${error.hint}`);
        return null;
      }
    },
    all: () => errors,
  };
}

/** 5 when GitLab could not be reached, 4 when it refused, 0 when there was no trouble. */
export function exitCodeOfTroubles(errors: readonly HeraldError[]): ExitCode {
  if (errors.some((error) => error.exitCode === exitCodes.unreachable)) return exitCodes.unreachable;
  return errors[0]?.exitCode ?? exitCodes.done;
}
