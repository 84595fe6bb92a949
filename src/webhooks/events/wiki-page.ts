import * as z from 'zod';
import { eventReader, webhookEvents } from '../event.ts';
import { optional, project, text, user } from '../fields.ts';

const attributes = z.object({
  title: text,
  content: text,
  format: text,
  message: text,
  slug: text,
  url: text,
  action: text,
  diff_url: text,
});

const wikiPageSchema = z
  .object({
    user: optional(user),
    project: optional(project),
    wiki: optional(z.object({ web_url: text, git_ssh_url: text, git_http_url: text })),
    object_attributes: attributes,
  })
  .transform(({ object_attributes: { diff_url: diffUrl, action, ...page }, ...payload }) => ({
    kind: 'wiki_page' as const,
    project: payload.project,
    user: payload.user,
    confidential: false,
    wikiUrl: payload.wiki?.web_url ?? null,
    action: (['create', 'update', 'delete'] as const).find((known) => known === action) ?? null,
    ...page,
    diffUrl,
  }));

export type WikiPageEvent = z.output<typeof wikiPageSchema>;

export const wikiPage = eventReader<WikiPageEvent>({
  kind: 'wiki_page',
  objectKinds: ['wiki_page'],
  eventNames: [],
  specification: webhookEvents('wiki-page-events'),
  schema: wikiPageSchema,
});
