import * as z from 'zod';
import { eventReader, webhookEvents } from '../event.ts';
import { optional, project, user } from '../fields.ts';

/** Pipeline events can never start a pipeline: https://docs.gitlab.com/ci/triggers/#use-a-webhook. They are read for relays and tests. */
const pipelineSchema = z
  .object({ user: optional(user), project: optional(project) })
  .transform((payload) => ({
    kind: 'pipeline' as const,
    project: payload.project,
    user: payload.user,
    confidential: false,
  }));

export type PipelineEvent = z.output<typeof pipelineSchema>;

export const pipeline = eventReader<PipelineEvent>({
  kind: 'pipeline',
  objectKinds: ['pipeline'],
  eventNames: [],
  specification: webhookEvents('pipeline-events'),
  schema: pipelineSchema,
});
