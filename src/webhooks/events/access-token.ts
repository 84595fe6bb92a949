import * as z from 'zod';
import { eventReader, webhookEvents } from '../event.ts';
import { id, instant, optional, project, text } from '../fields.ts';

const group = z.object({ group_id: optional(id), group_name: text, group_path: text, full_path: text });

/** A project's or group's access token that will expire soon. */
const accessTokenSchema = z
  .object({
    event_name: text,
    project: optional(project),
    group: optional(group),
    object_attributes: z.object({
      id,
      user_id: optional(id),
      name: text,
      created_at: instant,
      expires_at: text,
    }),
  })
  .transform(({ object_attributes: token, ...payload }) => ({
    kind: 'access_token' as const,
    project: payload.project,
    user: null,
    confidential: false,
    event: payload.event_name,
    id: token.id,
    userId: token.user_id,
    name: token.name,
    createdAt: token.created_at,
    /** A day: `2024-01-26`. */
    expiresOn: token.expires_at,
    group: payload.group,
  }));

export type AccessTokenEvent = z.output<typeof accessTokenSchema>;

export const accessToken = eventReader<AccessTokenEvent>({
  kind: 'access_token',
  objectKinds: ['access_token'],
  eventNames: ['expiring_access_token'],
  specification: webhookEvents('project-and-group-access-token-events'),
  schema: accessTokenSchema,
});
