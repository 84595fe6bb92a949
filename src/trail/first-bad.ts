import type { FailingStretch } from '../model/incident.ts';
import type { Pipeline } from '../model/pipeline.ts';

/**
 * The failed pipelines that end with `latest`, or that it ended by passing; null when there are none. `pipelines` are
 * those of its branch with the status `success` or `failed`, in any order.
 */
export function failingStretch(pipelines: readonly Pipeline[], latest: Pipeline): FailingStretch | null {
  const earlier = pipelines.filter(({ id }) => id < latest.id).sort((a, b) => b.id - a.id);
  const newestFirst = latest.status === 'failed' ? [latest, ...earlier] : earlier;
  const end = newestFirst.findIndex(({ status }) => status !== 'failed');
  const failed = end < 0 ? newestFirst : newestFirst.slice(0, end);
  const first = failed.at(-1);
  if (first === undefined) return null;
  return { first, count: failed.length, before: newestFirst[failed.length] ?? null };
}
