import * as z from 'zod';
import { eventReader, webhookEvents } from '../event.ts';
import {
  commit,
  flag,
  id,
  instant,
  listOf,
  number,
  optional,
  project,
  runner,
  text,
  user,
} from '../fields.ts';

const build = z
  .object({
    id,
    stage: text,
    name: text,
    status: text,
    duration: number,
    queued_duration: number,
    when: text,
    manual: flag,
    allow_failure: flag,
    failure_reason: text,
    created_at: instant,
    started_at: instant,
    finished_at: instant,
    runner: optional(runner),
    environment: optional(z.object({ name: text, action: text, deployment_tier: text })),
    artifacts_file: optional(z.object({ filename: text, size: number })),
  })
  .transform((value) => ({
    id: value.id,
    stage: value.stage,
    name: value.name,
    status: value.status,
    durationSeconds: value.duration,
    queuedSeconds: value.queued_duration,
    when: value.when,
    manual: value.manual,
    allowFailure: value.allow_failure,
    failureReason: value.failure_reason,
    createdAt: value.created_at,
    startedAt: value.started_at,
    finishedAt: value.finished_at,
    runner: value.runner,
    environment: value.environment,
    artifactsFile: value.artifacts_file,
  }));

const attributes = z.object({
  id,
  iid: optional(id),
  name: text,
  ref: text,
  tag: flag,
  sha: text,
  before_sha: text,
  source: text,
  status: text,
  detailed_status: text,
  stages: listOf(z.string()),
  created_at: instant,
  finished_at: instant,
  duration: number,
  queued_duration: number,
  /** Keys only: values may be secrets. */
  variables: listOf(z.object({ key: z.string() })),
  url: text,
});

const mergeRequest = z.object({
  id: optional(id),
  iid: optional(id),
  title: text,
  source_branch: text,
  target_branch: text,
  target_project_id: optional(id),
});

/** Pipeline events can never start a pipeline: https://docs.gitlab.com/ci/triggers/#use-a-webhook. They are read for relays and tests. */
const pipelineSchema = z
  .object({
    user: optional(user),
    project: optional(project),
    object_attributes: attributes,
    merge_request: optional(mergeRequest),
    commit: optional(commit),
    builds: listOf(build),
  })
  .transform(({ object_attributes: pipeline, ...payload }) => ({
    kind: 'pipeline' as const,
    project: payload.project,
    user: payload.user,
    confidential: false,
    id: pipeline.id,
    iid: pipeline.iid,
    name: pipeline.name,
    ref: pipeline.ref,
    isTag: pipeline.tag,
    sha: pipeline.sha,
    beforeSha: pipeline.before_sha,
    source: pipeline.source,
    status: pipeline.status,
    detailedStatus: pipeline.detailed_status,
    stages: pipeline.stages,
    createdAt: pipeline.created_at,
    finishedAt: pipeline.finished_at,
    durationSeconds: pipeline.duration,
    queuedSeconds: pipeline.queued_duration,
    variableKeys: pipeline.variables.map(({ key }) => key),
    url: pipeline.url,
    mergeRequest: payload.merge_request,
    commit: payload.commit,
    jobs: payload.builds,
  }));

export type PipelineEvent = z.output<typeof pipelineSchema>;

export const pipeline = eventReader<PipelineEvent>({
  kind: 'pipeline',
  objectKinds: ['pipeline'],
  eventNames: [],
  specification: webhookEvents('pipeline-events'),
  schema: pipelineSchema,
});
