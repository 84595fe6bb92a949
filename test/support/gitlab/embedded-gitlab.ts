import { demoRoutes } from '../../../src/demo/routes.ts';
import { type EmbeddedServer, type ServerOptions, startServer } from '../../../src/demo/server.ts';
import { artifactRoutes } from './ci/artifacts.ts';
import { deploymentRoutes } from './ci/deployments.ts';
import { jobRoutes } from './ci/jobs.ts';
import { pipelineRoutes } from './ci/pipelines.ts';
import { scheduleRoutes } from './ci/schedules.ts';
import { startAndStopRoutes } from './ci/start-and-stop.ts';
import { traceRoutes } from './ci/traces.ts';
import { triggerJobRoutes } from './ci/trigger-jobs.ts';
import { triggerTokenRoutes } from './ci/trigger-tokens.ts';
import { whyNotCovered } from './covered.ts';
import { accessTokenRoutes } from './project/access-tokens.ts';
import { activityRoutes } from './project/activity.ts';
import { commitDiscussionRoutes } from './project/commit-discussions.ts';
import { commitRoutes } from './project/commits.ts';
import { componentProjectRoutes } from './project/component-projects.ts';
import { graphqlRoutes } from './project/graphql.ts';
import { groupRoutes } from './project/groups.ts';
import { hookRoutes } from './project/hooks.ts';
import { peopleRoutes } from './project/people.ts';
import { refRoutes } from './project/refs.ts';
import { releaseRoutes } from './project/releases.ts';
import { repositoryRoutes } from './project/repository.ts';
import { settingsRoutes } from './project/settings.ts';
import { userRoutes } from './project/users.ts';
import { wikiRoutes } from './project/wikis.ts';
import type { Route } from './route.ts';
import { refusedAsMalformed, refusedByScope } from './scopes.ts';
import type { EmbeddedState } from './state/state.ts';
import { conversationRoutes } from './work-items/conversations.ts';
import { diffRoutes } from './work-items/diffs.ts';
import { issueRoutes } from './work-items/issues.ts';
import { labelEventRoutes } from './work-items/label-events.ts';
import { mergeRequestRoutes } from './work-items/merge-requests.ts';
import { noteRoutes } from './work-items/notes.ts';
import { reviewRoutes } from './work-items/reviews.ts';

export type EmbeddedGitLab = EmbeddedServer<EmbeddedState>;

export interface EmbeddedOptions extends Omit<ServerOptions<EmbeddedState>, 'routes'> {
  /** They answer before GitLab's. */
  readonly routes?: readonly Route[];
  /** The test itself asks, and not Herald: anything, then. */
  readonly askedByHand?: boolean;
}

/** What the demo does not ask for comes first, and what it asks for with GitLab's refusals. */
const allRoutes: readonly Route[] = [
  ...userRoutes,
  ...noteRoutes,
  ...conversationRoutes,
  ...reviewRoutes,
  ...mergeRequestRoutes,
  ...issueRoutes,
  ...peopleRoutes,
  ...labelEventRoutes,
  ...pipelineRoutes,
  ...triggerJobRoutes,
  ...traceRoutes,
  ...artifactRoutes,
  ...commitRoutes,
  ...commitDiscussionRoutes,
  ...diffRoutes,
  ...repositoryRoutes,
  ...releaseRoutes,
  ...wikiRoutes,
  ...refRoutes,
  ...jobRoutes,
  ...deploymentRoutes,
  ...startAndStopRoutes,
  ...activityRoutes,
  ...hookRoutes,
  ...triggerTokenRoutes,
  ...scheduleRoutes,
  ...settingsRoutes,
  ...groupRoutes,
  ...accessTokenRoutes,
  ...componentProjectRoutes,
  ...graphqlRoutes,
  ...demoRoutes,
];

/**
 * Starts a stateful GitLab on loopback: the routes that Herald uses, with GitLab's refusals, paging and state machine
 * of commit statuses. It is the server of `herald demo` with more routes. Its end fails with the requests that the
 * table of rights does not know.
 */
export async function startEmbeddedGitLab({
  routes = [],
  beforeRequest,
  askedByHand = false,
  ...options
}: EmbeddedOptions): Promise<EmbeddedGitLab> {
  const server = await startServer({
    ...options,
    routes: [...routes, ...allRoutes],
    beforeRequest: (request) =>
      beforeRequest?.(request) ?? refusedAsMalformed(request) ?? refusedByScope(request, options.state),
  });
  return {
    ...server,
    async stop() {
      await server.stop();
      const why = askedByHand ? null : whyNotCovered(server.requests);
      if (why !== null) throw new Error(why);
    },
  };
}
