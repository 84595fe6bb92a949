import { projectOf } from '../../../src/demo/find-pipelines.ts';
import { type EmbeddedAnswer, type EmbeddedRequest } from '../../../src/demo/http.ts';
import { refused } from '../../../src/demo/refusals.ts';
import { refusals } from './refusals.ts';
import type { EmbeddedState } from './state/state.ts';

export const maintainer = 40;
export const developer = 30;
export const reporter = 20;

/** The access level of a user in a project. */
export function accessLevelOf(userId: number, projectId: number, { ci }: EmbeddedState): number {
  const members = ci.members.filter(({ project_id }) => project_id === projectId);
  if (members.length === 0) return maintainer;
  return members.find(({ user_id }) => user_id === userId)?.access_level ?? 0;
}

/** The id of the project when the request's user has the role there, else GitLab's refusal. */
export function allowed(
  { request, state }: { readonly request: EmbeddedRequest; readonly state: EmbeddedState },
  part: string,
  needed: number,
): number | EmbeddedAnswer {
  const project = projectOf(part, state);
  if (project === null) return refused(refusals.noProject);
  if (request.user === null || request.token?.kind === 'job') return refused(refusals.jobToken);
  const level = accessLevelOf(request.user.id, project.id, state);
  if (level === 0) return refused(refusals.privateProject);
  return level < needed ? refused(refusals.roleTooLow) : project.id;
}
