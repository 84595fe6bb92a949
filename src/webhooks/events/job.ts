import * as z from 'zod';
import { eventReader, webhookEvents } from '../event.ts';
import { id, optional, project, user } from '../fields.ts';

/** GitLab calls it `build` and keeps its fields flat. */
const jobSchema = z
  .object({ project_id: optional(id), project: optional(project), user: optional(user) })
  .transform((payload) => ({
    kind: 'job' as const,
    project: payload.project,
    user: payload.user,
    confidential: false,
    projectId: payload.project_id ?? payload.project?.id ?? null,
  }));

export type JobEvent = z.output<typeof jobSchema>;

export const job = eventReader<JobEvent>({
  kind: 'job',
  objectKinds: ['build'],
  eventNames: [],
  specification: webhookEvents('job-events'),
  schema: jobSchema,
});
