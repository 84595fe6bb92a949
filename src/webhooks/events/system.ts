import * as z from 'zod';
import { eventReader } from '../event.ts';
import { id, instant, listOf, optional, project, text } from '../fields.ts';

/** Events that only administrators of an instance get: users, keys, pushes to repositories as a whole. */
const systemSchema = z
  .object({
    event_name: z.string(),
    created_at: instant,
    updated_at: instant,
    user_id: optional(id),
    username: text,
    old_username: text,
    name: text,
    project: optional(project),
    project_id: optional(id),
    refs: listOf(z.string()),
  })
  .transform((payload) => ({
    kind: 'system' as const,
    project: payload.project,
    user: null,
    /** Names of users of the instance. */
    confidential: true,
    event: payload.event_name,
    userId: payload.user_id,
    username: payload.username,
    oldUsername: payload.old_username,
    projectId: payload.project_id ?? payload.project?.id ?? null,
    refs: payload.refs,
    createdAt: payload.created_at,
    updatedAt: payload.updated_at,
  }));

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
