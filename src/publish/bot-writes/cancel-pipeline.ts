import type { Performer } from './performer.ts';

const ended: ReadonlySet<string> = new Set(['success', 'failed', 'canceled', 'skipped']);

export const performCancelPipeline: Performer<'cancelPipeline'> = async (
  { project, pipelineId },
  _cause,
  { gitlab },
) => {
  const { pipeline } = await gitlab.fetchJobs(project, pipelineId);
  const url = pipeline?.url ?? null;
  if (pipeline !== null && ended.has(pipeline.status)) return { outcome: 'there', url, detail: null };
  await gitlab.cancelPipeline(project, pipelineId);
  return { outcome: 'done', url, detail: null };
};
