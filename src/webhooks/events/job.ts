import * as z from 'zod';
import { eventReader, webhookEvents } from '../event.ts';
import { flag, id, instant, number, optional, project, runner, text, user } from '../fields.ts';

/** GitLab calls it `build` and keeps its fields flat. The commit's `id` is the pipeline's. */
const jobSchema = z
  .object({
    ref: text,
    tag: flag,
    sha: text,
    before_sha: text,
    build_id: id,
    build_name: text,
    build_stage: text,
    build_status: text,
    build_created_at: instant,
    build_started_at: instant,
    build_finished_at: instant,
    build_duration: number,
    build_queued_duration: number,
    build_allow_failure: flag,
    build_failure_reason: text,
    retries_count: number,
    pipeline_id: optional(id),
    project_id: optional(id),
    project: optional(project),
    user: optional(user),
    runner: optional(runner),
    commit: optional(z.object({ id: optional(id), sha: text, message: text })),
    environment: optional(z.object({ name: text, action: text, deployment_tier: text })),
  })
  .transform((payload) => ({
    kind: 'job' as const,
    project: payload.project,
    user: payload.user,
    confidential: false,
    projectId: payload.project_id ?? payload.project?.id ?? null,
    /** Overwritten by the trigger API. */
    ref: payload.ref,
    isTag: payload.tag,
    sha: payload.sha,
    beforeSha: payload.before_sha,
    id: payload.build_id,
    name: payload.build_name,
    stage: payload.build_stage,
    status: payload.build_status,
    createdAt: payload.build_created_at,
    startedAt: payload.build_started_at,
    finishedAt: payload.build_finished_at,
    durationSeconds: payload.build_duration,
    queuedSeconds: payload.build_queued_duration,
    allowFailure: payload.build_allow_failure,
    failureReason: payload.build_failure_reason,
    retries: payload.retries_count,
    pipelineId: payload.pipeline_id ?? payload.commit?.id ?? null,
    runner: payload.runner,
    environment: payload.environment,
  }));

export type JobEvent = z.output<typeof jobSchema>;

export const job = eventReader<JobEvent>({
  kind: 'job',
  objectKinds: ['build'],
  eventNames: [],
  specification: webhookEvents('job-events'),
  schema: jobSchema,
});
