import * as z from 'zod';
import { eventReader, webhookEvents } from '../event.ts';
import { commit, instant, listOf, number, optional, project, text } from '../fields.ts';

const assets = z.object({
  count: number,
  links: listOf(z.object({ name: text, url: text, link_type: text })),
  sources: listOf(z.object({ format: text, url: text })),
});

/** `id` is overwritten by the trigger API with the project's, so it is not read: a release is known by its tag. */
const releaseSchema = z
  .object({
    action: text,
    tag: z.string(),
    name: text,
    description: text,
    url: text,
    created_at: instant,
    released_at: instant,
    project: optional(project),
    assets: optional(assets),
    commit: optional(commit),
  })
  .transform((payload) => ({
    kind: 'release' as const,
    project: payload.project,
    user: null,
    confidential: false,
    action: (['create', 'update', 'delete'] as const).find((known) => known === payload.action) ?? null,
    tag: payload.tag,
    name: payload.name ?? payload.tag,
    description: payload.description ?? '',
    url: payload.url,
    createdAt: payload.created_at,
    releasedAt: payload.released_at,
    assets: payload.assets,
    commit: payload.commit,
  }));

export type ReleaseEvent = z.output<typeof releaseSchema>;

export const release = eventReader<ReleaseEvent>({
  kind: 'release',
  objectKinds: ['release'],
  eventNames: [],
  specification: webhookEvents('release-events'),
  schema: releaseSchema,
});
