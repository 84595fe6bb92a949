import { ok } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import { refusals } from '../refusals.ts';
import { type Route, route } from '../route.ts';

/** Who asks, by which token, and of which GitLab. Source: https://docs.gitlab.com/api/users/ */
export const userRoutes: readonly Route[] = [
  route('GET', /^\/user$/, ({ user, token }) =>
    user === null || token?.kind === 'job'
      ? refused(refusals.jobToken)
      : ok({ bot: true, state: 'active', ...user }),
  ),
  route('GET', /^\/personal_access_tokens\/self$/, ({ token }) =>
    token?.facts === undefined
      ? refused(refusals.noTokenFacts)
      : ok({ name: 'herald', active: true, revoked: false, ...token.facts }),
  ),
  route('GET', /^\/version$/, (_request, _parts, { version }) => ok({ version, revision: 'embedded' })),
];
