import * as z from 'zod';
import { eventReader, webhookEvents } from '../event.ts';
import { id, instant, text } from '../fields.ts';

/** A project of a group that was made, renamed, moved, changed or deleted. */
const projectSchema = z
  .object({
    event_name: z.string(),
    project_id: id,
    name: text,
    path: text,
    path_with_namespace: text,
    old_path_with_namespace: text,
    project_visibility: text,
    created_at: instant,
    updated_at: instant,
  })
  .transform((payload) => ({
    kind: 'project' as const,
    project: null,
    user: null,
    confidential: false,
    event: payload.event_name,
    projectId: payload.project_id,
    name: payload.name,
    path: payload.path_with_namespace ?? payload.path,
    oldPath: payload.old_path_with_namespace,
    visibility: payload.project_visibility,
    createdAt: payload.created_at,
    updatedAt: payload.updated_at,
  }));

export type ProjectEvent = z.output<typeof projectSchema>;

export const projectReader = eventReader<ProjectEvent>({
  kind: 'project',
  objectKinds: [],
  eventNames: ['project_create', 'project_destroy', 'project_rename', 'project_transfer', 'project_update'],
  specification: webhookEvents('project-events'),
  schema: projectSchema,
});
