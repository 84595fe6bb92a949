import { nameOfPipeline, type PipelineRun, pipelineRuns } from '../facts/pipelines.ts';
import { remembered } from '../facts/remembered.ts';
import { countMeasure, shareMeasure, valuesMeasure } from '../item-measures.ts';

const at = ({ pipeline }: PipelineRun): number => pipeline.createdAt;
const name = ({ pipeline }: PipelineRun): ReturnType<typeof nameOfPipeline> => nameOfPipeline(pipeline);

const finished = remembered((history, settings): readonly PipelineRun[] =>
  pipelineRuns(history, settings).filter(({ result }) => result !== null),
);

/** Pipelines that were created in the span, as GitLab lists them: without child pipelines. */
export const pipelines = countMeasure<PipelineRun>(
  {
    id: 'pipelines',
    section: 'ci',
    unit: 'count',
    better: null,
    needs: ['pipelines'],
    nothing: 'there were no pipelines',
    series: 'day',
  },
  { things: pipelineRuns, at, weight: null, name: null },
);

/**
 * Those that passed, of all that have finished; canceled and skipped ones have finished too, as in GitLab. https://docs.gitlab.com/user/analytics/ci_cd_analytics/
 */
export const pipelineSuccess = shareMeasure<PipelineRun>(
  {
    id: 'pipeline-success',
    section: 'ci',
    unit: 'share',
    better: 'higher',
    needs: ['pipelines'],
    nothing: 'no pipeline finished',
    series: 'day',
  },
  { things: finished, at, has: ({ result }) => result === 'success', name: null },
);

/** Those that failed, of all that have finished. */
export const pipelineFailure = shareMeasure<PipelineRun>(
  {
    id: 'pipeline-failure',
    section: 'ci',
    unit: 'share',
    better: 'lower',
    needs: ['pipelines'],
    nothing: 'no pipeline finished',
    series: 'day',
  },
  { things: finished, at, has: ({ result }) => result === 'failed', name },
);

/** Those that passed without a job that was tried again, of all that have finished. */
export const firstAttemptSuccess = shareMeasure<PipelineRun>(
  {
    id: 'first-attempt-success',
    section: 'ci',
    unit: 'share',
    better: 'higher',
    needs: ['pipelines', 'jobs'],
    nothing: 'no pipeline with known jobs finished',
    series: 'day',
  },
  {
    things: finished,
    at,
    has: ({ result, hasRetries }) => (hasRetries === null ? null : result === 'success' && !hasRetries),
    name: null,
  },
);

/**
 * From the start of the first job to the end of the last, without the time in which no job ran or waited for a runner;
 * of pipelines that passed or failed.
 */
export const pipelineDuration = valuesMeasure<PipelineRun>(
  {
    id: 'pipeline-duration',
    section: 'ci',
    unit: 'seconds',
    better: 'lower',
    needs: ['pipelines', 'jobs'],
    nothing: 'no pipeline with known jobs finished',
    series: 'day',
  },
  {
    things: (history, settings) => finished(history, settings).filter(({ result }) => result !== 'other'),
    at,
    value: ({ seconds }) => seconds,
    name,
  },
);
