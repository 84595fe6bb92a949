import { GitLabAnswerError } from '../../errors.ts';
import type { Clock } from '../../io/port.ts';
import { backOffMs } from './retry.ts';
import { UncertainWriteError } from './unreachable.ts';

export interface Creation<T> {
  /** Sends the create. */
  readonly create: () => Promise<T>;
  /** Finds what an earlier create made although its answer was lost; null when it created nothing. */
  readonly findLanded: () => Promise<T | null>;
}

const maxCreates = 4;

/**
 * Creates exactly one: after an answer that was lost (a broken connection, a timeout, a 5xx) it looks whether the first
 * one landed before it sends another. After a success that cannot be read it only looks. Throws what `create` and
 * `findLanded` throw.
 */
export async function createOnce<T>({ create, findLanded }: Creation<T>, clock: Clock): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await create();
    } catch (error) {
      if (!(error instanceof UncertainWriteError || error instanceof GitLabAnswerError)) throw error;
      // GitLab may still be working on it.
      await clock.sleep(Math.round(backOffMs(attempt, clock.random())));
      const landed = await findLanded();
      if (landed !== null) return landed;
      if (attempt >= maxCreates || error instanceof GitLabAnswerError) throw error;
    }
  }
}
