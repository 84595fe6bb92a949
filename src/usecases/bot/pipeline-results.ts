import type { Pipeline } from '../../model/pipeline.ts';

/**
 * Pipelines that do not test what was pushed: those that hold nothing but statuses of others, the bot's own, schedules,
 * and those that another one started.
 */
const otherSources: ReadonlySet<string> = new Set([
  'external',
  'trigger',
  'schedule',
  'pipeline',
  'parent_pipeline',
  'ondemand_dast_scan',
  'ondemand_dast_validation',
]);

/** True for a pipeline that says whether what was pushed is good. */
export function hasResult({ status, source }: Pipeline): boolean {
  return (status === 'success' || status === 'failed') && !otherSources.has(source ?? '');
}

/** The result of the latest finished pipeline before this one, of those of its branch; null where there is none. */
export function resultBefore(pipelines: readonly Pipeline[], { id }: Pipeline): Pipeline['status'] | null {
  const earlier = pipelines.filter((one) => one.id < id && hasResult(one)).sort((a, b) => b.id - a.id);
  return earlier[0]?.status ?? null;
}
