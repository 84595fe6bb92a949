import * as z from 'zod';
import type { Pipeline } from '../../model/pipeline.ts';

/** GitLab gives a pipeline inside each job and in lists of pipelines. */
export const pipelineAnswer = z.lazy(() =>
  z.object({
    id: z.number().int(),
    project_id: z.number().int().nullish(),
    web_url: z.string(),
    status: z.string(),
    ref: z.string(),
    sha: z.string(),
    source: z.string().nullish(),
    created_at: z.string().nullish(),
  }),
);

export const jobAnswer = z.object({
  id: z.number().int(),
  name: z.string(),
  stage: z.string(),
  status: z.string(),
  allow_failure: z.boolean().nullish(),
  failure_reason: z.string().nullish(),
  created_at: z.string().nullish(),
  started_at: z.string().nullish(),
  finished_at: z.string().nullish(),
  duration: z.number().nullish(),
  queued_duration: z.number().nullish(),
  web_url: z.string(),
  /** A number, or one as text. */
  coverage: z.union([z.number(), z.string()]).nullish(),
  /** Empty when they expired. */
  artifacts: z
    .array(z.object({ file_type: z.string(), size: z.number().nullish(), filename: z.string().nullish() }))
    .nullish(),
  artifacts_expire_at: z.string().nullish(),
  pipeline: pipelineAnswer,
});

/** The model's pipeline of GitLab's. */
export function pipelineOf(answer: z.infer<typeof pipelineAnswer>, projectId: number): Pipeline {
  return {
    id: answer.id,
    projectId: answer.project_id ?? projectId,
    url: answer.web_url,
    status: answer.status,
    ref: answer.ref,
    sha: answer.sha,
    source: answer.source ?? null,
    createdAt: answer.created_at ?? null,
  };
}
