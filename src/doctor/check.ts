/** `unknown`: the token cannot see it. */
export type CheckState = 'ok' | 'warning' | 'problem' | 'unknown';

/** One thing that can be wrong with an installation. */
export interface Check {
  /** Full path of the project it is about; null for the token and the instance. */
  readonly project: string | null;
  /** What was checked: `webhook`. */
  readonly about: string;
  readonly state: CheckState;
  /** What was found, in words. */
  readonly words: string;
  /** What to do; null where there is nothing to do. */
  readonly remedy: string | null;
}

/** Whether anything keeps Herald from working. */
export function hasProblem(checks: readonly Check[]): boolean {
  return checks.some(({ state }) => state === 'problem');
}

/** A check that found no problem. */
export function fine(project: string | null, about: string, words: string): Check {
  return { project, about, state: 'ok', words, remedy: null };
}

/** What a check is about. */
export type Topic = Pick<Check, 'project' | 'about'>;

/** Something that keeps Herald from working. */
export function problem(topic: Topic, words: string, remedy: string | null): Check {
  return { ...topic, state: 'problem', words, remedy };
}

/** Something that works, but that somebody should look at. */
export function warning(topic: Topic, words: string, remedy: string | null): Check {
  return { ...topic, state: 'warning', words, remedy };
}
