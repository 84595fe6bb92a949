import * as z from 'zod';
import { eventReader, webhookEvents } from '../event.ts';
import { id, optional, project, text } from '../fields.ts';

/** A project's or group's access token that will expire soon. */
const accessTokenSchema = z.lazy(() =>
  z
    .object({ project: optional(project), object_attributes: z.object({ id, expires_at: text }) })
    .transform(({ object_attributes: token, ...payload }) => ({
      kind: 'access_token' as const,
      project: payload.project,
      user: null,
      confidential: false,
      id: token.id,
      /** A day: `2024-01-26`. */
      expiresOn: token.expires_at,
    })),
);

export type AccessTokenEvent = z.output<typeof accessTokenSchema>;

export const accessToken = eventReader<AccessTokenEvent>({
  kind: 'access_token',
  objectKinds: ['access_token'],
  eventNames: ['expiring_access_token'],
  specification: webhookEvents('project-and-group-access-token-events'),
  schema: accessTokenSchema,
});
