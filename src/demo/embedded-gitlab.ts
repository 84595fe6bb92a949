import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import {
  type EmbeddedAnswer,
  type EmbeddedRequest,
  notFound,
  ok,
  type Route,
  readBody,
  refuse,
  send,
  tokenOf,
} from './http.ts';
import { activityRoutes } from './routes-activity.ts';
import { artifactRoutes } from './routes-artifacts.ts';
import { ciRoutes } from './routes-ci.ts';
import { commitRoutes } from './routes-commits.ts';
import { conversationRoutes } from './routes-conversations.ts';
import { diffRoutes } from './routes-diffs.ts';
import { graphqlRoutes } from './routes-graphql.ts';
import { groupRoutes } from './routes-groups.ts';
import { hookRoutes } from './routes-hooks.ts';
import { issueRoutes } from './routes-issues.ts';
import { labelRoutes } from './routes-labels.ts';
import { mergeRequestRoutes } from './routes-merge-requests.ts';
import { noteRoutes } from './routes-notes.ts';
import { peopleRoutes } from './routes-people.ts';
import { pipelineRoutes } from './routes-pipelines.ts';
import { releaseRoutes } from './routes-releases.ts';
import { repositoryRoutes } from './routes-repository.ts';
import { reviewRoutes } from './routes-reviews.ts';
import { scheduleRoutes } from './routes-schedules.ts';
import { settingsRoutes } from './routes-settings.ts';
import { traceRoutes } from './routes-traces.ts';
import { triggerRoutes } from './routes-triggers.ts';
import type { EmbeddedState } from './state.ts';

/** Spoils an answer on its way: what was asked for is done. */
export interface Spoiling {
  readonly spoil: (answer: EmbeddedAnswer) => EmbeddedAnswer;
}

/**
 * What a test may do to a request: answer in GitLab's stead, spoil its answer, cut the connection, or never answer.
 */
export type Intervention = EmbeddedAnswer | Spoiling | 'reset' | 'reset-after' | 'hang' | undefined;

export interface EmbeddedOptions {
  readonly state: EmbeddedState;
  /** Path that the instance lives under, like `/gitlab`; empty for none. */
  readonly relativeRoot?: string;
  /** Added before each answer. */
  readonly latencyMilliseconds?: number;
  readonly routes?: readonly Route[];
  /** Path without the relative root → text that anybody may read, as of a public project. */
  readonly rawFiles?: Readonly<Record<string, string>>;
  readonly beforeRequest?: (request: EmbeddedRequest) => Intervention;
}

export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly tokenKind: 'personal' | 'job' | 'none';
  readonly status: number;
}

export interface EmbeddedGitLab {
  /** `http://127.0.0.1:PORT`, with the relative root. */
  readonly url: string;
  readonly apiUrl: string;
  readonly state: EmbeddedState;
  /** In the order of their answers. */
  readonly requests: readonly RecordedRequest[];
  stop(): Promise<void>;
}

const userRoutes: readonly Route[] = [
  {
    method: 'GET',
    pattern: /^\/user$/,
    answer: ({ user, token }) =>
      user === null || token?.kind === 'job'
        ? refuse(401, '401 Unauthorized')
        : ok({ bot: true, state: 'active', ...user }),
  },
  {
    method: 'GET',
    pattern: /^\/personal_access_tokens\/self$/,
    answer: ({ token }) =>
      token?.facts === undefined
        ? notFound('Token')
        : ok({ name: 'herald', active: true, revoked: false, ...token.facts }),
  },
  { method: 'GET', pattern: /^\/version$/, answer: () => ok({ version: '19.6.0', revision: 'embedded' }) },
];

const topicRoutes: readonly Route[] = [
  ...userRoutes,
  ...noteRoutes,
  ...conversationRoutes,
  ...reviewRoutes,
  ...mergeRequestRoutes,
  ...issueRoutes,
  ...peopleRoutes,
  ...labelRoutes,
  ...pipelineRoutes,
  ...traceRoutes,
  ...artifactRoutes,
  ...commitRoutes,
  ...diffRoutes,
  ...repositoryRoutes,
  ...releaseRoutes,
  ...ciRoutes,
  ...activityRoutes,
  ...hookRoutes,
  ...triggerRoutes,
  ...scheduleRoutes,
  ...settingsRoutes,
  ...groupRoutes,
  ...graphqlRoutes,
];

function answerOf(request: EmbeddedRequest, routes: readonly Route[], state: EmbeddedState): EmbeddedAnswer {
  if (request.token === null) return refuse(401, '401 Unauthorized');
  for (const route of routes) {
    const match = route.method === request.method ? route.pattern.exec(request.path) : null;
    if (match !== null)
      return route.answer(
        request,
        match.slice(1).map((part: string | undefined) => decodeURIComponent(part ?? '')),
        state,
      );
  }
  return { status: 404, body: { error: '404 Not Found' } };
}

async function requestFrom(
  incoming: IncomingMessage,
  root: string,
  state: EmbeddedState,
): Promise<EmbeddedRequest | null> {
  const url = new URL(incoming.url ?? '/', 'http://embedded');
  const prefix = url.pathname === `${root}/api/graphql` ? `${root}/api` : `${root}/api/v4`;
  if (!url.pathname.startsWith(prefix)) return null;
  const token = tokenOf(incoming, state);
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname.slice(prefix.length),
    query: url.searchParams,
    body: await readBody(incoming),
    token,
    user: state.users.find(({ id }) => id === token?.userId) ?? null,
  };
}

function answerUnder(intervention: Intervention, own: () => EmbeddedAnswer): EmbeddedAnswer {
  if (typeof intervention !== 'object') return own();
  return 'spoil' in intervention ? intervention.spoil(own()) : intervention;
}

function delay(milliseconds: number): Promise<void> {
  return milliseconds > 0 ? new Promise((resolve) => setTimeout(resolve, milliseconds)) : Promise.resolve();
}

/** GitLab writes its own address into answers. */
function withOrigin(body: unknown, origin: string): unknown {
  if (typeof body === 'string') return body;
  return JSON.parse(JSON.stringify(body).replaceAll('__ORIGIN__', origin));
}

type Handler = (incoming: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Listens on a free port of the loopback interface. */
async function listen(handle: Handler): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((error: unknown) => {
      send(response, refuse(500, error instanceof Error ? error.message : String(error)), '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

/**
 * Starts a stateful GitLab on loopback: the few routes that Herald uses, with GitLab's refusals, paging and state
 * machine of commit statuses. `herald demo` runs against it, and so do the tests.
 */
export async function startEmbeddedGitLab(options: EmbeddedOptions): Promise<EmbeddedGitLab> {
  const { state, relativeRoot = '', latencyMilliseconds = 0, beforeRequest } = options;
  const routes = [...(options.routes ?? []), ...topicRoutes];
  const requests: RecordedRequest[] = [];
  let origin = '';

  function record(request: EmbeddedRequest, status: number): void {
    const { method, path, query, body, token } = request;
    requests.push({ method, path, query: query.toString(), body, tokenKind: token?.kind ?? 'none', status });
  }

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await requestFrom(incoming, relativeRoot, state);
    if (request === null) {
      const raw = options.rawFiles?.[(incoming.url ?? '').slice(relativeRoot.length)];
      send(response, raw === undefined ? notFound('Page') : ok(raw), origin);
      return;
    }
    await delay(latencyMilliseconds / 2);
    const intervention = beforeRequest?.(request);
    if (intervention === 'hang') return;
    if (intervention === 'reset') {
      incoming.socket.destroy();
      return;
    }
    const answer = answerUnder(intervention, () => answerOf(request, routes, state));
    record(request, answer.status);
    if (intervention === 'reset-after') {
      incoming.socket.destroy();
      return;
    }
    await delay(latencyMilliseconds / 2);
    send(response, { ...answer, body: withOrigin(answer.body, origin) }, origin);
  }

  const { port, stop } = await listen(handle);
  origin = `http://127.0.0.1:${port}${relativeRoot}`;
  return {
    url: origin,
    apiUrl: `${origin}/api/v4`,
    state,
    requests,
    stop,
  };
}
