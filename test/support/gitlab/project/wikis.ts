import { projectOf } from '../../../../src/demo/find-pipelines.ts';
import { ok } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import { refusals } from '../refusals.ts';
import { type Route, route } from '../route.ts';
import type { EmbeddedState, EmbeddedWikiPage } from '../state/state.ts';

function find(part: string, slug: string, state: EmbeddedState): EmbeddedWikiPage | undefined {
  const at = projectOf(part, state)?.id;
  return state.wikiPages.find((page) => page.project_id === at && page.slug === slug);
}

function textIn(body: unknown, name: 'title' | 'content'): string {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : null;
  return typeof value === 'string' ? value : '';
}

/** Pages of a project's wiki; GitLab strips white space at the end of a page. Source: https://docs.gitlab.com/api/wikis/ */
export const wikiRoutes: readonly Route[] = [
  route('GET', /^\/projects\/([^/]+)\/wikis\/([^/]+)$/, (_request, [part = '', slug = ''], state) => {
    const page = find(part, slug, state);
    return page === undefined ? refused(refusals.noWikiPage) : ok({ ...page, format: 'markdown' });
  }),
  route('POST', /^\/projects\/([^/]+)\/wikis$/, ({ body }, [part = ''], state) => {
    const project = projectOf(part, state);
    if (project === null) return refused(refusals.noProject);
    const title = textIn(body, 'title');
    const page: EmbeddedWikiPage = {
      project_id: project.id,
      slug: title.replaceAll(' ', '-'),
      title: title.replaceAll('-', ' '),
      content: textIn(body, 'content').trimEnd(),
    };
    state.wikiPages.push(page);
    return { status: 201, body: page };
  }),
  route('PUT', /^\/projects\/([^/]+)\/wikis\/([^/]+)$/, ({ body }, [part = '', slug = ''], state) => {
    const page = find(part, slug, state);
    if (page === undefined) return refused(refusals.noWikiPage);
    page.content = textIn(body, 'content').trimEnd();
    return ok(page);
  }),
];
