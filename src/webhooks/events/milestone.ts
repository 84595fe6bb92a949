import * as z from 'zod';
import { eventReader, webhookEvents } from '../event.ts';
import { id, optional, project, text, user } from '../fields.ts';

const attributes = z.lazy(() => z.object({ id, project_id: optional(id) }));

const milestoneSchema = z.lazy(() =>
  z
    .object({ action: text, user: optional(user), project: optional(project), object_attributes: attributes })
    .transform(({ object_attributes: milestone, ...payload }) => ({
      kind: 'milestone' as const,
      project: payload.project,
      user: payload.user,
      confidential: false,
      action: payload.action,
      id: milestone.id,
      projectId: milestone.project_id,
    })),
);

export type MilestoneEvent = z.output<typeof milestoneSchema>;

export const milestone = eventReader<MilestoneEvent>({
  kind: 'milestone',
  objectKinds: ['milestone'],
  eventNames: [],
  specification: webhookEvents('milestone-events'),
  schema: milestoneSchema,
});
