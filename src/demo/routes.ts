import { ok, page, type Route, route } from './http.ts';
import { refused, serverRefusals } from './refusals.ts';
import { noteRoutes } from './routes-notes.ts';
import { pipelineRoutes } from './routes-pipelines.ts';
import type { DemoState } from './state.ts';

/** All that the report job asks for in the demo; test/support/gitlab/ has the rest of GitLab. */
export const demoRoutes: readonly Route<DemoState>[] = [
  route('GET', /^\/user$/, ({ user }) =>
    user === null ? refused(serverRefusals.unknownToken) : ok({ bot: true, state: 'active', ...user }),
  ),
  // Tests that are known to be flaky have issues; the demo's project has none.
  route('GET', /^\/projects\/([^/]+)\/issues$/, (request) => page([], request)),
  ...noteRoutes,
  ...pipelineRoutes,
];
