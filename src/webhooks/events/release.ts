import * as z from 'zod';
import { eventReader, webhookEvents } from '../event.ts';
import { optional, project, text } from '../fields.ts';

/** `id` is overwritten by the trigger API with the project's, so it is not read: a release is known by its tag. */
const releaseSchema = z.lazy(() =>
  z.object({ action: text, tag: z.string(), project: optional(project) }).transform((payload) => ({
    kind: 'release' as const,
    project: payload.project,
    user: null,
    confidential: false,
    action: (['create', 'update', 'delete'] as const).find((known) => known === payload.action) ?? null,
    tag: payload.tag,
  })),
);

export type ReleaseEvent = z.output<typeof releaseSchema>;

export const release = eventReader<ReleaseEvent>({
  kind: 'release',
  objectKinds: ['release'],
  eventNames: [],
  specification: webhookEvents('release-events'),
  schema: releaseSchema,
});
