/** The way in: routes, limits and answers. What a delivery means is decided in `receive.ts`. */
import { createServer, type Server } from 'node:http';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { alertPlaceOf } from '../receiver/alert-secret.ts';
import { refusal } from '../receiver/refusal.ts';
import { maxPayloadBytes } from '../webhooks/parse-payload.ts';
import { type AddressList, clientAddress } from './address-list.ts';
import { createBodyReader, type ReadBody } from './read-body.ts';
import { type IncomingRequest, type Received, type ReceiveWorld, receive, refused } from './receive.ts';
import { type AlertSettings, receiveAlert } from './receive-alert.ts';

/** Whether the receiver could handle an event now; the reason is for people. */
export interface Readiness {
  readonly isReady: boolean;
  readonly reason: string;
}

export interface ServerWorld extends ReceiveWorld, AlertSettings {
  /** The addresses that may read `/metrics`. */
  readonly metricsFrom: AddressList;
  ready(): Promise<Readiness>;
  metrics(): Promise<{ readonly type: string; readonly body: string }>;
  /** Called once for each request to the webhooks' addresses, when its answer is known. */
  answered(received: Received, milliseconds: number): void;
}

interface Env {
  readonly Bindings: HttpBindings;
}
type Answer = Context<Env>;

/** How much of bodies may be in memory at once: ten of the largest. */
const maxBytesAtOnce = 10 * maxPayloadBytes;

export interface ServerLimits {
  readonly connections: number;
  /** Times in milliseconds: for the headers of a request, for all of it, and between two of one connection. */
  readonly headersTimeout: number;
  readonly requestTimeout: number;
  readonly keepAliveTimeout: number;
  /** How often slow requests are looked for. */
  readonly checkingInterval: number;
}

/** GitLab itself waits ten seconds for an answer. */
const usualLimits: ServerLimits = {
  connections: 1_000,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 5_000,
  checkingInterval: 2_000,
};

function requestOf(context: Answer, readBody: ReadBody): IncomingRequest {
  const { incoming } = context.env;
  return {
    remote: incoming.socket.remoteAddress ?? '',
    query: new URL(context.req.url).searchParams,
    header: (name) => context.req.header(name) ?? '',
    body: () => readBody(incoming),
  };
}

function answerTo(context: Answer, received: Received): Response {
  if (received.outcome !== 'refused')
    return context.json({ outcome: received.outcome, delivery: received.delivery.id }, 200);
  const { code, status, text } = refusal(received.code);
  const retry: Record<string, string> = status === 503 ? { 'retry-after': '60' } : {};
  const allow: Record<string, string> = status === 405 ? { allow: 'POST' } : {};
  // What the sender has not sent yet is not read any more.
  const headers = { connection: 'close', ...retry, ...allow };
  return Response.json({ outcome: code, text }, { status, headers });
}

function addWebhooks(app: Hono<Env>, world: ServerWorld): void {
  const readBody = createBodyReader({ maxBytes: maxPayloadBytes, maxBytesAtOnce });
  for (const path of ['/', '/hooks/gitlab']) {
    app.all(path, async (context) => {
      const begin = performance.now();
      const received =
        context.req.method === 'POST'
          ? await receive(requestOf(context, readBody), world)
          : refused('method-not-allowed');
      world.answered(received, performance.now() - begin);
      return answerTo(context, received);
    });
  }
  app.all('/alerts/:source/:project', async (context) => {
    const begin = performance.now();
    const place = alertPlaceOf(context.req.param('source'), context.req.param('project'));
    if (place === null) return answerTo(context, refused('not-found'));
    const received =
      context.req.method === 'POST'
        ? await receiveAlert(requestOf(context, readBody), place, world)
        : refused('method-not-allowed');
    world.answered(received, performance.now() - begin);
    return answerTo(context, received);
  });
}

function addWatching(app: Hono<Env>, world: ServerWorld): void {
  app.get('/healthz', (context) => context.text('alive\n'));
  app.get('/readyz', async (context) => {
    const { isReady, reason } = await world.ready();
    return context.text(`${reason}\n`, isReady ? 200 : 503);
  });
  app.get('/metrics', async (context) => {
    const remote = context.env.incoming.socket.remoteAddress ?? '';
    const forwarded = context.req.header('x-forwarded-for') ?? '';
    const client = clientAddress(remote, forwarded, world.trustedProxy);
    if (client === null || !world.metricsFrom.has(client))
      return answerTo(context, refused('address-not-allowed'));
    const { type, body } = await world.metrics();
    return context.body(body, 200, { 'content-type': type });
  });
}

/** The server, not yet listening. */
export function createHttpServer(world: ServerWorld, limits: ServerLimits = usualLimits): Server {
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
