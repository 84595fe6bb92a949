import * as z from 'zod';
import { eventReader, webhookEvents } from '../event.ts';
import { optional, project, text, user } from '../fields.ts';

const wikiPageSchema = z.lazy(() =>
  z
    .object({
      user: optional(user),
      project: optional(project),
      object_attributes: z.object({ slug: text, action: text }),
    })
    .transform(({ object_attributes: { slug, action }, ...payload }) => ({
      kind: 'wiki_page' as const,
      project: payload.project,
      user: payload.user,
      confidential: false,
      action: (['create', 'update', 'delete'] as const).find((known) => known === action) ?? null,
      slug,
    })),
);

export type WikiPageEvent = z.output<typeof wikiPageSchema>;

export const wikiPage = eventReader<WikiPageEvent>({
  kind: 'wiki_page',
  objectKinds: ['wiki_page'],
  eventNames: [],
  specification: webhookEvents('wiki-page-events'),
  schema: wikiPageSchema,
});
