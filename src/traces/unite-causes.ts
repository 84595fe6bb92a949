import type { FailureCause } from '../model/failure-cause.ts';
import { normalised } from './normalised.ts';

function keyOf({ kind, origin, headline, command, jobs, trace }: FailureCause): string {
  // With nothing read, GitLab's reason is the cause.
  const what = headline === '' ? (jobs[0]?.failureReason ?? '') : normalised(headline);
  // The last words of a script say little: "done" of two commands is not a common cause.
  const of = kind === 'script' ? normalised(command ?? '') : '';
  // Two pipelines that failed are two causes.
  const started = jobs[0]?.trigger?.downstream?.id ?? '';
  return [kind, origin, headline === '' ? trace : '', what, of, started].join('\0');
}

/**
 * The same cause of several jobs once, with all its jobs; what lies outside of the change last, else in the order
 * given.
 */
export function uniteCauses(causes: readonly FailureCause[]): readonly FailureCause[] {
  const united = new Map<string, FailureCause>();
  for (const cause of causes) {
    const key = keyOf(cause);
    const same = united.get(key);
    united.set(key, same === undefined ? cause : { ...same, jobs: [...same.jobs, ...cause.jobs] });
  }
  const all = [...united.values()];
  return [
    ...all.filter(({ origin }) => origin !== 'infrastructure'),
    ...all.filter(({ origin }) => origin === 'infrastructure'),
  ];
}
