import * as z from 'zod';
import { eventReader, webhookEvents } from '../event.ts';
import { id, instant, optional, project, text, user } from '../fields.ts';

const attributes = z.object({
  id,
  iid: optional(id),
  title: text,
  description: text,
  state: text,
  due_date: text,
  start_date: text,
  group_id: optional(id),
  project_id: optional(id),
  created_at: instant,
  updated_at: instant,
});

const milestoneSchema = z
  .object({ action: text, user: optional(user), project: optional(project), object_attributes: attributes })
  .transform(({ object_attributes: milestone, ...payload }) => ({
    kind: 'milestone' as const,
    project: payload.project,
    user: payload.user,
    confidential: false,
    action: payload.action,
    id: milestone.id,
    iid: milestone.iid,
    title: milestone.title ?? '',
    description: milestone.description ?? '',
    state: milestone.state,
    dueDate: milestone.due_date,
    startDate: milestone.start_date,
    groupId: milestone.group_id,
    projectId: milestone.project_id,
    createdAt: milestone.created_at,
    updatedAt: milestone.updated_at,
  }));

export type MilestoneEvent = z.output<typeof milestoneSchema>;

export const milestone = eventReader<MilestoneEvent>({
  kind: 'milestone',
  objectKinds: ['milestone'],
  eventNames: [],
  specification: webhookEvents('milestone-events'),
  schema: milestoneSchema,
});
