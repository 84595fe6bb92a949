import * as z from 'zod';
import { eventReader, webhookEvents } from '../event.ts';
import { id, optional } from '../fields.ts';

/** Access to a group or (in system hooks) a project that was given, changed, asked for or taken. */
const memberSchema = z.lazy(() =>
  z.object({ project_id: optional(id) }).transform((payload) => ({
    kind: 'member' as const,
    project: null,
    user: null,
    confidential: false,
    projectId: payload.project_id,
  })),
);

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
