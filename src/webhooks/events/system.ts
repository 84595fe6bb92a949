import * as z from 'zod';
import { eventReader } from '../event.ts';
import { id, optional, project } from '../fields.ts';

/** Events that only administrators of an instance get: users, keys, pushes to repositories as a whole. */
const systemSchema = z.lazy(() =>
  z.object({ project: optional(project), project_id: optional(id) }).transform((payload) => ({
    kind: 'system' as const,
    project: payload.project,
    user: null,
    /** Names of users of the instance. */
    confidential: true,
    projectId: payload.project_id ?? payload.project?.id ?? null,
  })),
);

export type SystemEvent = z.output<typeof systemSchema>;

export const system = eventReader<SystemEvent>({
  kind: 'system',
  objectKinds: [],
  eventNames: [
    'user_create',
    'user_destroy',
    'user_failed_login',
    'user_rename',
    'key_create',
    'key_destroy',
    'repository_update',
    'gitlab_subscription_member_approval',
    'gitlab_subscription_member_approvals',
  ],
  specification: 'https://docs.gitlab.com/administration/system_hooks/',
  schema: systemSchema,
});
