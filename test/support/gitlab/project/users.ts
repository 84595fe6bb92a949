import { ok } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import { refusals } from '../refusals.ts';
import { type Route, route } from '../route.ts';

/** `Job: Read` is `read_job` in answers: lib/api/entities/personal_access_token_granular_scope.rb */
function nameInApi(permission: string): string {
  return permission
    .replace(/^(.*): (.*)$/, '$2_$1')
    .toLowerCase()
    .replaceAll(' ', '_');
}

/** Who asks, by which token, and of which GitLab. Source: https://docs.gitlab.com/api/users/ */
export const userRoutes: readonly Route[] = [
  route('GET', /^\/user$/, ({ user, token }) =>
    user === null || token?.kind === 'job'
      ? refused(refusals.jobToken)
      : ok({ bot: true, state: 'active', ...user }),
  ),
  route('GET', /^\/personal_access_tokens\/self$/, ({ token }, _parts, { granularTokens }) => {
    const permissions = granularTokens.get(token?.value ?? '');
    const facts = { name: 'herald', active: true, revoked: false };
    if (permissions !== undefined)
      return ok({
        ...facts,
        scopes: ['granular'],
        granular_scopes: [{ permissions: permissions.map(nameInApi) }],
      });
    return token?.facts === undefined ? refused(refusals.noTokenFacts) : ok({ ...facts, ...token.facts });
  }),
  route('GET', /^\/version$/, (_request, _parts, { version }) => ok({ version, revision: 'embedded' })),
];
