import { ProjectWikis } from '@gitbeaker/rest';
import * as z from 'zod';
import type { WikiPage, Wikis } from '../ports/wikis.ts';
import type { Api } from '../transport/api.ts';
import { createOnce } from '../transport/create-once.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly } from '../transport/gitbeaker-requester.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { askJson, send } from '../transport/send-json.ts';

const wikis = new ProjectWikis(requestsOnly);

const pageAnswer = z
  .object({ slug: z.string(), content: z.string().nullish() })
  .transform(({ slug, content }): WikiPage => ({ slug, content: content ?? '' }));

/** The part of the port about wikis. Source: https://docs.gitlab.com/api/wikis/ */
export function createWikis(api: Api): Wikis {
  const fetchWikiPage: Wikis['fetchWikiPage'] = (project, slug) =>
    nullIfGone(getJson(api, wikis.show(project, slug), pageAnswer));

  return {
    fetchWikiPage,

    createWikiPage: (project, { title, content }) =>
      createOnce(
        {
          create: () => askJson(wikis.create(project, content, title), pageAnswer, api),
          findLanded: () => fetchWikiPage(project, title),
        },
        api.clock,
      ),

    async updateWikiPage(project, { slug, content }) {
      await send(wikis.edit(project, slug, { content }), api);
    },
  };
}
