import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import {
  type EmbeddedAnswer,
  type EmbeddedRequest,
  ok,
  type Route,
  readBody,
  send,
  tokenOf,
} from './http.ts';
import { refused, serverRefusals } from './refusals.ts';
import type { DemoState } from './state.ts';

/** Spoils an answer on its way: what was asked for is done. */
export interface Spoiling {
  readonly spoil: (answer: EmbeddedAnswer) => EmbeddedAnswer;
}

/**
 * What a test may do to a request: answer in GitLab's stead, spoil its answer, cut the connection, or never answer.
 */
export type Intervention = EmbeddedAnswer | Spoiling | 'reset' | 'reset-after' | 'hang' | undefined;

export interface ServerOptions<State> {
  readonly state: State;
  /** The first one that fits answers. */
  readonly routes: readonly Route<State>[];
  /** Path that the instance lives under, like `/gitlab`; empty for none. */
  readonly relativeRoot?: string;
  /** Added before each answer. */
  readonly latencyMilliseconds?: number;
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

export interface EmbeddedServer<State> {
  /** `http://127.0.0.1:PORT`, with the relative root. */
  readonly url: string;
  readonly apiUrl: string;
  readonly state: State;
  /** In the order of their answers. */
  readonly requests: readonly RecordedRequest[];
  stop(): Promise<void>;
}

function answerOf<State>(
  request: EmbeddedRequest,
  routes: readonly Route<State>[],
  state: State,
): EmbeddedAnswer {
  if (request.token === null) return refused(serverRefusals.unknownToken);
  for (const route of routes) {
    const match = route.method === request.method ? route.pattern.exec(request.path) : null;
    if (match !== null)
      return route.answer(
        request,
        match.slice(1).map((part: string | undefined) => decodeURIComponent(part ?? '')),
        state,
      );
  }
  return refused(serverRefusals.unknownPath);
}

async function requestFrom(
  incoming: IncomingMessage,
  root: string,
  state: DemoState,
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
  if (typeof body === 'string' || body instanceof Uint8Array) return body;
  return JSON.parse(JSON.stringify(body).replaceAll('__ORIGIN__', origin));
}

type Handler = (incoming: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Listens on a free port of the loopback interface. */
async function listen(handle: Handler): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((error: unknown) => {
      send(
        response,
        { status: 500, body: { message: error instanceof Error ? error.message : String(error) } },
        '',
      );
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
 * Starts a server on loopback that answers as GitLab does: tokens, paging and a record of what was asked. What it knows
 * is in the state and the routes that it is given. `herald demo` runs against it, and so do the tests.
 */
export async function startServer<State extends DemoState>(
  options: ServerOptions<State>,
): Promise<EmbeddedServer<State>> {
  const { state, routes, relativeRoot = '', latencyMilliseconds = 0, beforeRequest } = options;
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
      send(response, raw === undefined ? refused(serverRefusals.unknownPath) : ok(raw), origin);
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
