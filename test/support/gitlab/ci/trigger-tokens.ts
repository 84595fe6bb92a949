import { randomBytes } from 'node:crypto';
import { type EmbeddedAnswer, type EmbeddedRequest, page } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import { refusals } from '../refusals.ts';
import { allowed, maintainer } from '../roles.ts';
import type { Route } from '../route.ts';
import type { EmbeddedTrigger } from '../state/ci.ts';
import type { EmbeddedState } from '../state/state.ts';

/** The whole token for its owner, four characters for everybody else. */
function triggerJson(trigger: EmbeddedTrigger, request: EmbeddedRequest, state: EmbeddedState): object {
  const { owner_id, project_id: _project, token, ...fields } = trigger;
  const owner = state.users.find(({ id }) => id === owner_id);
  return {
    ...fields,
    token: owner_id === request.user?.id ? token : token.slice(0, 4),
    owner: owner === undefined ? null : { state: 'active', ...owner },
  };
}

function createTrigger(request: EmbeddedRequest, projectId: number, state: EmbeddedState): EmbeddedAnswer {
  const { description } = request.body;
  if (typeof description !== 'string' || description === '')
    return refused(refusals.missingField, 'description');
  if (request.user === null) return refused(refusals.jobToken);
  state.nextId += 1;
  const trigger: EmbeddedTrigger = {
    id: state.nextId,
    project_id: projectId,
    token: `glptt-${randomBytes(20).toString('hex')}`,
    description,
    owner_id: request.user.id,
    expires_at: null,
  };
  state.ci.triggers.push(trigger);
  return { status: 201, body: triggerJson(trigger, request, state) };
}

/** Pipeline trigger tokens. Source: https://docs.gitlab.com/api/pipeline_triggers/ */
export const triggerTokenRoutes: readonly Route[] = ['GET', 'POST', 'DELETE'].map((method) => ({
  method,
  pattern: /^\/projects\/([^/]+)\/triggers(?:\/(\d+))?$/,
  answer(request, [part = '', id = ''], state) {
    const projectId = allowed({ request, state }, part, maintainer);
    if (typeof projectId !== 'number') return projectId;
    const triggers = state.ci.triggers.filter(({ project_id }) => project_id === projectId);
    if (id === '')
      return method === 'POST'
        ? createTrigger(request, projectId, state)
        : page(
            triggers.map((trigger) => triggerJson(trigger, request, state)),
            request,
          );
    const trigger = triggers.find((one) => String(one.id) === id);
    if (trigger === undefined) return refused(refusals.noTrigger);
    state.ci.triggers.splice(state.ci.triggers.indexOf(trigger), 1);
    return { status: 204, body: '' };
  },
}));
