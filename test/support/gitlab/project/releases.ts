import { projectOf } from '../../../../src/demo/find-pipelines.ts';
import { type EmbeddedAnswer, type EmbeddedRequest, ok, page } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import { refusals } from '../refusals.ts';
import { allowed, developer } from '../roles.ts';
import { type Route, route } from '../route.ts';
import type { EmbeddedState } from '../state/state.ts';

/** Source: `lib/api/releases.rb` (put ":id/releases/:tag_name") */
function changeRelease(
  request: EmbeddedRequest,
  [part = '', tag]: readonly string[],
  state: EmbeddedState,
): EmbeddedAnswer {
  const at = allowed({ request, state }, part, developer);
  if (typeof at !== 'number') return at;
  const found = state.releases.find(({ project_id: of, tag_name: name }) => of === at && name === tag);
  if (found === undefined) return refused(refusals.noRelease);
  const { description } = request.body;
  if (typeof description === 'string') found.description = description;
  return ok(found);
}

/** Makes no tag. Source: `app/services/releases/create_service.rb` */
function makeRelease(
  request: EmbeddedRequest,
  [part = '']: readonly string[],
  state: EmbeddedState,
): EmbeddedAnswer {
  const at = allowed({ request, state }, part, developer);
  if (typeof at !== 'number') return at;
  const { tag_name: tag, name, description } = request.body;
  const found = state.tags.find((one) => one.project_id === at && one.name === tag);
  if (state.releases.some((one) => one.project_id === at && one.tag_name === tag))
    return refused(refusals.releaseThere);
  if (found === undefined) return refused(refusals.releaseWithoutTag);
  const now = new Date().toISOString();
  const release = {
    project_id: at,
    tag_name: found.name,
    name: typeof name === 'string' ? name : found.name,
    description: typeof description === 'string' ? description : '',
    created_at: now,
    released_at: now,
    commit: { id: found.commit },
  };
  state.releases.push(release);
  return { status: 201, body: release };
}

/** Releases of a project, the newest first. Source: https://docs.gitlab.com/api/releases/ */
export const releaseRoutes: readonly Route[] = [
  route('GET', /^\/projects\/([^/]+)\/releases$/, (request, [part = ''], state) => {
    const at = projectOf(part, state)?.id;
    const project = state.projects.find(({ id }) => id === at);
    if (project === undefined) return refused(refusals.noProject);
    const found = state.releases
      .filter(({ project_id: of }) => of === project.id)
      .sort((a, b) => Date.parse(b.released_at) - Date.parse(a.released_at))
      .map((release) => ({
        ...release,
        upcoming_release: Date.parse(release.released_at) > Date.now(),
        _links: { self: `__ORIGIN__/${project.path_with_namespace}/-/releases/${release.tag_name}` },
      }));
    return page(found, request);
  }),
  route('GET', /^\/projects\/([^/]+)\/releases\/([^/]+)$/, (_request, [part = '', tag], state) => {
    const at = projectOf(part, state)?.id;
    const found = state.releases.find(({ project_id: of, tag_name: name }) => of === at && name === tag);
    return found === undefined ? refused(refusals.noRelease) : ok(found);
  }),
  route('POST', /^\/projects\/([^/]+)\/releases$/, makeRelease),
  route('PUT', /^\/projects\/([^/]+)\/releases\/([^/]+)$/, changeRelease),
];
