/** The way in: routes, limits and answers. What a delivery means is decided in `receive.ts`. */
import { createServer, type Server } from 'node:http';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { refusal } from '../receiver/refusal.ts';
import { maxPayloadBytes } from '../webhooks/parse-payload.ts';
import { type AddressList, clientAddress } from './address-list.ts';
import { type IncomingRequest, type Received, type ReceiveWorld, receive, refused } from './receive.ts';

/** Whether the receiver could handle an event now; the reason is for people. */
export interface Readiness {
  readonly isReady: boolean;
  readonly reason: string;
}

export interface ServerWorld extends ReceiveWorld {
  /** Who may read `/metrics`. */
  readonly metricsFrom: AddressList;
  ready(): Promise<Readiness>;
  metrics(): Promise<{ readonly type: string; readonly body: string }>;
  /** Called once for each request to the webhooks' addresses, when its answer is known. */
  answered(received: Received, milliseconds: number): void;
}

type Env = { readonly Bindings: HttpBindings };
type Answer = Context<Env>;

/** How much of bodies may be in memory at once: ten of the largest. */
const maxBytesAtOnce = 10 * maxPayloadBytes;

/** Times in milliseconds. GitLab itself waits ten seconds for an answer. */
const limits = {
  connections: 1_000,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 5_000,
  checkingInterval: 2_000,
} as const;

function requestOf(context: Answer): IncomingRequest {
  return {
    remote: context.env.incoming.socket.remoteAddress ?? '',
    query: new URL(context.req.url).searchParams,
    header: (name) => context.req.header(name) ?? '',
    body: async () => new Uint8Array(await context.req.arrayBuffer()),
  };
}

function answerTo(context: Answer, received: Received): Response {
  if (received.outcome !== 'refused')
    return context.json({ outcome: received.outcome, delivery: received.delivery.id }, 200);
  const { code, status, text } = refusal(received.code);
  const retry: Record<string, string> = status === 503 ? { 'retry-after': '60' } : {};
  const allow: Record<string, string> = status === 405 ? { allow: 'POST' } : {};
  return Response.json({ outcome: code, text }, { status, headers: { ...retry, ...allow } });
}

/** Bodies without a length are counted as the largest. */
function sizeOf(context: Answer): number {
  const length = Number(context.req.header('content-length') ?? Number.NaN);
  return Number.isSafeInteger(length) ? Math.min(length, maxPayloadBytes) : maxPayloadBytes;
}

function addWebhooks(app: Hono<Env>, world: ServerWorld): void {
  let bytesAtOnce = 0;
  const paths = ['/', '/hooks/gitlab'];
  const answer = (context: Answer, received: Received, begin: number): Response => {
    world.answered(received, performance.now() - begin);
    return answerTo(context, received);
  };
  const limited = bodyLimit({
    maxSize: maxPayloadBytes,
    onError: (context: Answer) => answer(context, refused('body-too-large'), performance.now()),
  });
  for (const path of paths) {
    app.post(
      path,
      async (context, next) => {
        const size = sizeOf(context);
        if (bytesAtOnce + size > maxBytesAtOnce)
          return answer(context, refused('too-busy'), performance.now());
        bytesAtOnce += size;
        try {
          return await next();
        } finally {
          bytesAtOnce -= size;
        }
      },
      limited,
      async (context) => {
        const begin = performance.now();
        return answer(context, await receive(requestOf(context), world), begin);
      },
    );
    app.all(path, (context) => answer(context, refused('method-not-allowed'), performance.now()));
  }
}

function addWatching(app: Hono<Env>, world: ServerWorld): void {
  app.get('/healthz', (context) => context.text('alive\n'));
  app.get('/readyz', async (context) => {
    const { isReady, reason } = await world.ready();
    return context.text(`${reason}\n`, isReady ? 200 : 503);
  });
  app.get('/metrics', async (context) => {
    const { remote, header } = requestOf(context);
    const client = clientAddress(remote, header('x-forwarded-for'), world.trustedProxy);
    if (client === null || !world.metricsFrom.has(client))
      return answerTo(context, refused('address-not-allowed'));
    const { type, body } = await world.metrics();
    return context.body(body, 200, { 'content-type': type });
  });
}

/** The server, not yet listening. */
export function createHttpServer(world: ServerWorld): Server {
  const app = new Hono<Env>();
  addWebhooks(app, world);
  addWatching(app, world);
  app.notFound((context) => answerTo(context, refused('not-found')));
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const { headersTimeout, requestTimeout, keepAliveTimeout, checkingInterval } = limits;
  const server = createServer(
    { headersTimeout, requestTimeout, keepAliveTimeout, connectionsCheckingInterval: checkingInterval },
    (incoming, outgoing) => {
      void listener(incoming, outgoing);
    },
  );
  server.maxConnections = limits.connections;
  return server;
}
