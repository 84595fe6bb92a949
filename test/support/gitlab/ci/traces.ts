import { refused } from '../../../../src/demo/refusals.ts';
import { traceOf, tracePattern } from '../../../../src/demo/routes-pipelines.ts';
import { refusals } from '../refusals.ts';
import { type Route, route } from '../route.ts';

/** A job token may not read a log. Source: `lib/api/ci/jobs.rb` of GitLab. */
export const traceRoutes: readonly Route[] = [
  route('GET', tracePattern, ({ token }, parts, state) =>
    token?.kind === 'personal' ? traceOf(parts, state) : refused(refusals.jobToken),
  ),
];
