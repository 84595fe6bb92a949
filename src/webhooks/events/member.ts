import * as z from 'zod';
import { eventReader, webhookEvents } from '../event.ts';
import { id, instant, optional, text } from '../fields.ts';

/** Access to a group or (in system hooks) a project that was given, changed, asked for or taken. */
const memberSchema = z
  .object({
    event_name: z.string(),
    created_at: instant,
    updated_at: instant,
    expires_at: instant,
    user_id: optional(id),
    user_username: text,
    user_name: text,
    group_id: optional(id),
    group_name: text,
    group_path: text,
    group_access: text,
    project_id: optional(id),
    project_path_with_namespace: text,
    access_level: text,
  })
  .transform((payload) => ({
    kind: 'member' as const,
    project: null,
    user: null,
    confidential: false,
    event: payload.event_name,
    memberId: payload.user_id,
    username: payload.user_username,
    name: payload.user_name,
    access: payload.group_access ?? payload.access_level,
    groupId: payload.group_id,
    groupPath: payload.group_path,
    projectId: payload.project_id,
    projectPath: payload.project_path_with_namespace,
    createdAt: payload.created_at,
    updatedAt: payload.updated_at,
    expiresAt: payload.expires_at,
  }));

export type MemberEvent = z.output<typeof memberSchema>;

export const member = eventReader<MemberEvent>({
  kind: 'member',
  objectKinds: [],
  eventNames: [
    'user_add_to_group',
    'user_update_for_group',
    'user_remove_from_group',
    'user_access_request_to_group',
    'user_access_request_denied_for_group',
    'user_add_to_team',
    'user_update_for_team',
    'user_remove_from_team',
    'user_access_request_to_project',
    'user_access_request_denied_for_project',
  ],
  specification: webhookEvents('group-member-events'),
  schema: memberSchema,
});
