import * as z from 'zod';
import { eventReader, webhookEvents } from '../event.ts';
import { id, number, optional, project, text, user } from '../fields.ts';

/** GitLab calls it `build` and keeps its fields flat. Only a receiver gets them. */
const jobSchema = z.lazy(() =>
  z
    .object({
      project_id: optional(id),
      project: optional(project),
      user: optional(user),
      build_id: optional(id),
      build_status: text,
      retries_count: number,
      pipeline_id: optional(id),
      sha: text,
    })
    .transform((payload) => ({
      kind: 'job' as const,
      project: payload.project,
      user: payload.user,
      confidential: false,
      id: payload.build_id,
      /** `failed`, `success`, … */
      status: payload.build_status,
      /** How often it was run before; null in old payloads. */
      retries: payload.retries_count,
      pipelineId: payload.pipeline_id,
      /** The pipeline's commit. */
      sha: payload.sha,
      projectId: payload.project_id ?? payload.project?.id ?? null,
    })),
);

export type JobEvent = z.output<typeof jobSchema>;

export const job = eventReader<JobEvent>({
  kind: 'job',
  objectKinds: ['build'],
  eventNames: [],
  specification: webhookEvents('job-events'),
  schema: jobSchema,
});
