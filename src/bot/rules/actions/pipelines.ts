import * as z from 'zod';
import type { BotAction } from '../../../model/bot-write.ts';
import type { PipelineFacts } from '../../../model/facts.ts';
import type { Job } from '../../../model/pipeline.ts';
import { glob, nameMatcher } from '../globs.ts';
import type { RuleAction } from '../rule.ts';
import { lineTemplate } from '../templates.ts';
import { type ActionSpec, action, onMergeRequest } from './action-spec.ts';

const globs = z.lazy(() =>
  z
    .union([glob, z.array(glob).min(1).max(50)], { error: 'a glob or a list of globs' })
    .transform((value): readonly string[] => (typeof value === 'string' ? [value] : value)),
);

const retried = z.lazy(() =>
  z.strictObject({
    jobs: globs.optional(),
    reasons: globs.optional(),
    'at-most': z.int().min(1).max(5).default(1),
  }),
);

/** Attempts that were already retried. */
function earlierAttempts({ jobs }: PipelineFacts, { name }: Job): number {
  return jobs.filter((job) => job.retried && job.name === name).length;
}

function planRetry(found: PipelineFacts, wanted: z.output<typeof retried>): readonly BotAction[] {
  const isWanted = nameMatcher(wanted.jobs ?? ['*']);
  const isReason = nameMatcher(wanted.reasons ?? ['*']);
  const jobs = found.jobs.filter(
    (job) =>
      job.status === 'failed' &&
      !job.retried &&
      // GitLab does not list the earlier attempts of trigger jobs, so that nothing would bound their number.
      job.trigger === undefined &&
      isWanted(job.name) &&
      (wanted.reasons === undefined || isReason(job.failureReason ?? 'unknown_failure')) &&
      earlierAttempts(found, job) < wanted['at-most'],
  );
  if (jobs.length === 0) return [];
  const { id: pipelineId, projectId: project } = found.pipeline;
  return [{ do: 'retryJobs', project, pipelineId, jobs: jobs.map(({ id, name }) => ({ id, name })) }];
}

export const retryJobsSpec: ActionSpec = {
  key: 'retry-jobs',
  meaning:
    "retries failed jobs of the pipeline, trigger jobs excepted, each at most `at-most` times (1); `jobs` and `reasons` (GitLab's failure reasons) choose which",
  example: '{reasons: [runner_system_failure, stuck_or_timeout_failure]}',
  schema: z.lazy(() =>
    z
      .union([z.literal(true), retried], { error: 'true, or jobs, reasons and at-most' })
      .transform((value) => {
        const wanted = value === true ? { 'at-most': 1 } : value;
        return action('retry-jobs', ['pipeline'], ({ pipeline }) =>
          pipeline === null ? [] : planRetry(pipeline, wanted),
        );
      }),
  ),
};

const refName = z.lazy(() => z.string().regex(/^[\w][\w./+-]{0,254}$/, 'the name of a branch or tag'));
const variableName = z.lazy(() => z.string().regex(/^[A-Za-z_]\w{0,254}$/, 'the name of a variable'));

const day = 24 * 3_600_000;

/**
 * Starts none if a pipeline is newer than the event, so an event that is handled twice starts one pipeline. The sweep
 * checks the same object again and again, so it starts one a day. Commits of a fork run here only after somebody has
 * reviewed that commit.
 */
const ofMergeRequest: RuleAction = onMergeRequest('run-pipeline', [], (mr, { now }, { occurrence }) => {
  const { at, headSha, state, updatedAt, sourceProjectId, targetProjectId } = mr;
  if (headSha === null || state !== 'opened' || sourceProjectId !== targetProjectId) return [];
  const isSweep = occurrence.names.includes('schedule');
  const since = isSweep ? new Date(now.getTime() - day).toISOString() : updatedAt;
  return [{ do: 'runMergeRequestPipeline', on: at, sha: headSha, since }];
});

export const runPipelineSpec: ActionSpec = {
  key: 'run-pipeline',
  meaning:
    'starts a pipeline of the merge request, unless there is one since the event (from `schedule` at most one a day) or it comes from a fork, for which there is the command `ok-to-test`; with `ref` one of that branch or tag, at most one in 15 minutes, with fixed `variables`',
  example: '{ref: main, variables: {SMOKE: "1"}}',
  schema: z.lazy(() =>
    z
      .union(
        [
          z.literal(true),
          z.strictObject({
            ref: refName,
            variables: z.record(variableName, z.string().max(10_000)).default({}),
          }),
        ],
        { error: 'true, or ref and variables' },
      )
      .transform((value): RuleAction => {
        if (value === true) return ofMergeRequest;
        const { ref, variables } = value;
        return action('run-pipeline', [], ({ project }) => [
          { do: 'runPipeline', project: project.id, ref, variables },
        ]);
      }),
  ),
};

const status = z.lazy(() =>
  z.strictObject({
    name: z.string().min(1).max(255),
    state: z.enum(['pending', 'running', 'success', 'failed', 'canceled', 'skipped']),
    description: lineTemplate(255).optional(),
  }),
);

export const setStatusSpec: ActionSpec = {
  key: 'set-status',
  meaning: 'sets a commit status in the head pipeline of the merge request; a failed one fails the pipeline',
  example: "{name: herald/title, state: failed, description: 'not a conventional title'}",
  schema: z.lazy(() =>
    status.transform(({ name, state, description }) => ({
      ...onMergeRequest(
        'set-status',
        description?.needs ?? [],
        ({ headPipeline, url }, facts, { occurrence, rule }) =>
          headPipeline === null
            ? []
            : [
                {
                  do: 'setStatus',
                  status: {
                    projectId: headPipeline.projectId,
                    sha: headPipeline.sha,
                    pipelineId: headPipeline.id,
                    name,
                    state,
                    description: description?.fill(occurrence, facts, rule) ?? '',
                    targetUrl: url.length > 255 ? null : url,
                  },
                },
              ],
      ),
    })),
  ),
};
