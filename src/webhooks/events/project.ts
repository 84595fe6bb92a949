import * as z from 'zod';
import { eventReader, webhookEvents } from '../event.ts';
import { id } from '../fields.ts';

/** A project of a group that was made, renamed, moved, changed or deleted. */
const projectSchema = z.lazy(() =>
  z.object({ project_id: id }).transform((payload) => ({
    kind: 'project' as const,
    project: null,
    user: null,
    confidential: false,
    projectId: payload.project_id,
  })),
);

export type ProjectEvent = z.output<typeof projectSchema>;

export const projectReader = eventReader<ProjectEvent>({
  kind: 'project',
  objectKinds: [],
  eventNames: ['project_create', 'project_destroy', 'project_rename', 'project_transfer', 'project_update'],
  specification: webhookEvents('project-events'),
  schema: projectSchema,
});
