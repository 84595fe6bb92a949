import type http from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import type { Connection } from './connections.ts';
import { TransportFailure, transportFailureOf } from './transport-failure.ts';

export interface ExchangeTimeouts {
  /** Until the connection is open, including TLS and proxy. */
  readonly connectMs: number;
  /** Until the answer starts, and between two pieces of it. */
  readonly responseMs: number;
  /** For the whole exchange. */
  readonly deadlineMs: number;
}

/** Takes the body of a successful answer piece by piece, so that none of it is kept. */
export interface BodySink {
  /** A body begins; earlier data belongs to an interrupted answer. */
  begin(): void;
  /** `enough` stops reading the answer. */
  write(piece: Uint8Array): 'more' | 'enough';
}

export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
  readonly connection: Connection;
  readonly timeouts: ExchangeTimeouts;
  /** The decoded answer may not be larger. */
  readonly maxBytes: number;
  /** Gets the body of a success, which is then empty in the answer and not bounded by `maxBytes`. */
  readonly sink?: BodySink | undefined;
  /** Once it is given, the exchange is broken off. */
  readonly end?: AbortSignal | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case; of repeated ones all values, joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/**
 * One HTTP request and its answer, whatever its status; redirects are not followed. Throws `TransportFailure`, and
 * nothing else, when no whole answer came. On node:http, since Node 20's `fetch` knows neither proxies nor certificates
 * given at run time.
 */
export async function exchange(request: HttpRequest): Promise<HttpAnswer> {
  const progress = { sent: false };
  try {
    if (request.end?.aborted === true) throw brokenOff(progress);
    return await send(request, open(request), progress);
  } catch (error) {
    throw transportFailureOf(error, progress.sent);
  }
}

function expired({ sent }: { readonly sent: boolean }, milliseconds: number): TransportFailure {
  const kind = sent ? 'response-timeout' : 'connect-timeout';
  return new TransportFailure(kind, { sent, detail: `${milliseconds / 1000} s` });
}

function brokenOff({ sent }: { readonly sent: boolean }): TransportFailure {
  return new TransportFailure('broken', { sent, detail: 'this run is over' });
}

/** Sends the request; afterwards `progress` shows, whatever the outcome, whether any byte may have been sent. */
function send(
  request: HttpRequest,
  outgoing: http.ClientRequest,
  progress: { sent: boolean },
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      timers.stop();
      reject(error);
      outgoing.destroy();
    };
    const timers = createTimers(request, progress, fail);
    const connected = (): void => {
      progress.sent = true;
      timers.restart('responseMs');
    };
    outgoing.on('error', fail);
    outgoing.once('socket', (socket) => {
      const secure = request.url.protocol === 'https:';
      if (outgoing.reusedSocket || (!secure && !socket.connecting)) connected();
      else socket.once(secure ? 'secureConnect' : 'connect', connected);
    });
    // An answer of the proxy looks like one from GitLab.
    const failByProxy = (status: number): void => {
      fail(new TransportFailure('proxy', { sent: false, detail: `it answered ${status}` }));
    };
    outgoing.once('proxyConnect', (answer: unknown) => {
      const status = proxyRefusal(answer);
      if (status !== null) failByProxy(status);
    });
    outgoing.once('response', (incoming) => {
      connected();
      if (incoming.statusCode === 407) failByProxy(407);
      const onPiece = (): void => {
        timers.restart('responseMs');
      };
      bodyOf(incoming, request, onPiece).then((body) => {
        timers.stop();
        resolve({ status: incoming.statusCode ?? 0, headers: flatHeaders(incoming.headers), body });
      }, fail);
    });
    outgoing.end(request.body ?? undefined);
  });
}

interface Timers {
  /** Now waits for the next piece of the answer instead of the connection. */
  restart(name: 'responseMs'): void;
  stop(): void;
}

/** Fails the exchange when one of its times is over, or the run. */
function createTimers(
  { timeouts, end }: Pick<HttpRequest, 'timeouts' | 'end'>,
  progress: { readonly sent: boolean },
  fail: (error: TransportFailure) => void,
): Timers {
  const start = (name: keyof ExchangeTimeouts): NodeJS.Timeout =>
    setTimeout(() => {
      fail(expired(progress, timeouts[name]));
    }, timeouts[name]);
  const onEnd = (): void => {
    fail(brokenOff(progress));
  };
  const deadline = start('deadlineMs');
  let current = start('connectMs');
  let stopped = false;
  end?.addEventListener('abort', onEnd);
  return {
    restart(name) {
      clearTimeout(current);
      if (!stopped) current = start(name);
    },
    stop() {
      stopped = true;
      end?.removeEventListener('abort', onEnd);
      clearTimeout(deadline);
      clearTimeout(current);
    },
  };
}

function open({ method, url, headers, body, connection }: HttpRequest): http.ClientRequest {
  const length = body === null ? {} : { 'content-length': String(body.byteLength) };
  return connection.request(url, {
    method,
    agent: connection.agent,
    headers: { ...headers, ...length, 'accept-encoding': 'gzip' },
    ...connection.tls,
  });
}

function proxyRefusal(answer: unknown): number | null {
  if (typeof answer !== 'object' || answer === null || !('statusCode' in answer)) return null;
  const { statusCode } = answer;
  return typeof statusCode === 'number' && statusCode !== 200 ? statusCode : null;
}

function flatHeaders(headers: http.IncomingHttpHeaders): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

function isSuccess({ statusCode = 0 }: http.IncomingMessage): boolean {
  return statusCode >= 200 && statusCode < 300;
}

function bodyOf(
  incoming: http.IncomingMessage,
  { method, sink, maxBytes }: HttpRequest,
  onPiece: () => void,
): Promise<Uint8Array> {
  // The headers are those of an answer that is not sent: nothing follows that could be too large, or unpacked.
  if (method === 'HEAD') {
    incoming.resume();
    return Promise.resolve(new Uint8Array(0));
  }
  return sink !== undefined && isSuccess(incoming)
    ? pour(incoming, sink, onPiece)
    : readBody(incoming, maxBytes, onPiece);
}

async function pour(
  incoming: http.IncomingMessage,
  sink: BodySink,
  onPiece: () => void,
): Promise<Uint8Array> {
  sink.begin();
  for await (const piece of await decoded(incoming)) {
    onPiece();
    if (piece instanceof Uint8Array && sink.write(piece) === 'enough') break;
  }
  return new Uint8Array(0);
}

/** The start of an error's body has everything that matters. */
const maxErrorBytes = 64 * 1024;

/** The decoded body, never more than `maxBytes` and one piece in memory; of an error only the start. */
async function readBody(
  incoming: http.IncomingMessage,
  maxBytes: number,
  onPiece: () => void,
): Promise<Uint8Array> {
  const tooLarge = (): TransportFailure =>
    new TransportFailure('too-large', { sent: true, detail: `more than ${maxBytes} bytes` });
  const succeeded = isSuccess(incoming);
  if (succeeded && Number(incoming.headers['content-length'] ?? 0) > maxBytes) throw tooLarge();
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of await decoded(incoming)) {
    onPiece();
    if (!(piece instanceof Uint8Array)) continue;
    size += piece.byteLength;
    if (succeeded && size > maxBytes) throw tooLarge();
    pieces.push(piece);
    if (!succeeded && size >= maxErrorBytes) break;
  }
  return Buffer.concat(pieces);
}

async function decoded(incoming: http.IncomingMessage): Promise<AsyncIterable<unknown>> {
  const encoding = (incoming.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const isEmpty = incoming.statusCode === 204 || incoming.headers['content-length'] === '0';
  if (encoding === 'identity' || encoding === '' || isEmpty) return incoming;
  if (encoding !== 'gzip' && encoding !== 'x-gzip') {
    throw new TransportFailure('undecodable', { sent: true, detail: `Content-Encoding ${encoding}` });
  }
  // The first request does not wait for this to load.
  const { createGunzip } = await import('node:zlib');
  // Errors of either end reach the reader through the last stream.
  const gunzip: Readable = pipeline(incoming, createGunzip(), () => undefined);
  return gunzip;
}
