import { refuse } from '../../../../src/demo/http.ts';
import { traceOf, tracePattern } from '../../../../src/demo/routes-pipelines.ts';
import { type Route, route } from '../route.ts';

/** A job token may not read a log. Source: `lib/api/ci/jobs.rb` of GitLab. */
export const traceRoutes: readonly Route[] = [
  route('GET', tracePattern, ({ token }, parts, state) =>
    token?.kind === 'personal' ? traceOf(parts, state) : refuse(403, '403 Forbidden'),
  ),
];
