/** Puts the receiver together: spool, queue, work and the way in. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { reasonOf } from '../io/file-problem.ts';
import { kindOfEvent } from '../model/event-parts.ts';
import { createQueue, type Queue, type Queued } from '../receiver/queue.ts';
import { type AccessLine, accessLineOf, accessLineOfWork } from './access-line.ts';
import type { AddressList } from './address-list.ts';
import { createHttpServer, type Readiness } from './http-server.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import type { ReceiveSettings } from './receive.ts';
import type { AlertSettings } from './receive-alert.ts';
import { openSpool, type Spool, type SpoolLimits } from './spool.ts';
import { replayDead } from './spool-folders.ts';
import { lockSpool, type SpoolLock } from './spool-lock.ts';
import { createWorkLoop, type Handle, type WorkLoop, waits } from './work-loop.ts';

export interface ReceiverSettings extends ReceiveSettings, AlertSettings {
  readonly host: string;
  readonly port: number;
  readonly spool: string;
  readonly limits: SpoolLimits;
  readonly concurrency: number;
  readonly metricsFrom: AddressList;
  /** First take up what was laid aside. */
  readonly replay: boolean;
  /** Time of day. */
  now(): Date;
  /** Milliseconds of a clock that nobody sets. */
  elapsed(): number;
  /** Calls back after this number of milliseconds; returns what takes it back. */
  callAfter(milliseconds: number, callback: () => void): () => void;
  /** Handles one event; it reports its requests to `metrics`. */
  handlerWith(metrics: Pick<Metrics, 'requested'>): Handle;
  ready(): Promise<Readiness>;
  accessLog(line: AccessLine): void;
  warn(text: string): void;
}

export interface Receiver {
  /** The port that it listens on. */
  readonly port: number;
  /** How many events of an earlier run it takes up. */
  readonly left: number;
  /** Lets no one in any more, ends what runs within this number of milliseconds, and leaves the rest in the spool. */
  stop(milliseconds: number): Promise<void>;
}

async function listen(server: Server, { host, port }: ReceiverSettings): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

/** Requests that are under way are answered; a sender that is slower than this loses the connection. */
async function close(server: Server, milliseconds: number, { callAfter }: ReceiverSettings): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const takeBack = callAfter(milliseconds, () => {
    server.closeAllConnections();
  });
  await closed;
  takeBack();
}

/** Answers of the readiness are kept for a while, so that a probe costs no request each time. */
function cached(
  ask: () => Promise<Readiness>,
  elapsed: () => number,
  milliseconds: number,
): () => Promise<Readiness> {
  let last: { readonly at: number; readonly answer: Promise<Readiness> } | null = null;
  return () => {
    const at = elapsed();
    if (last === null || at - last.at > milliseconds) last = { at, answer: ask() };
    return last.answer;
  };
}

/** Starts a receiver. Throws `UsageError` when another has its spool, and what Node throws for an address in use. */
export async function runReceiver(settings: ReceiverSettings): Promise<Receiver> {
  // First of all: what opening a spool tidies up may be the work of another receiver.
  const lock = await lockSpool(settings.spool);
  try {
    return await runLocked(settings, lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** The spool comes first: without it nothing can be accepted, whatever GitLab says. */
async function readyWith(spool: Spool, { ready }: ReceiverSettings): Promise<Readiness> {
  try {
    await spool.tryOut();
  } catch (error) {
    return { isReady: false, reason: `the spool cannot be written: ${reasonOf(error)}` };
  }
  return ready();
}

/**
 * An event of an earlier run, in the time of this one. The clock may have been set since it failed: it waits at most as
 * long as after the failure.
 */
function sinceStart(one: Queued, { now, elapsed }: ReceiverSettings): Queued {
  const wait = Math.max(0, Math.min(one.notBefore - now().getTime(), waits[one.failures - 1] ?? 0));
  return { ...one, notBefore: elapsed() + wait };
}

interface Parts {
  readonly queue: Queue;
  readonly spool: Spool;
  readonly metrics: Metrics;
}

function metricsOf(queue: Queue, spool: Spool, now: () => Date): Metrics {
  return createMetrics(async () => {
    const oldest = queue.oldestArrival();
    return {
      waiting: queue.waiting,
      running: queue.running,
      oldestAge: oldest === null ? 0 : Math.max(0, (now().getTime() - oldest) / 1000),
      bytes: spool.bytes,
      dead: await spool.deadCount(),
    };
  });
}

function workLoopOf(settings: ReceiverSettings, { queue, spool, metrics }: Parts): WorkLoop {
  return createWorkLoop({
    queue,
    spool,
    handle: settings.handlerWith(metrics),
    concurrency: settings.concurrency,
    now: settings.now,
    elapsed: settings.elapsed,
    callAfter: settings.callAfter,
    ended(one, result, milliseconds) {
      const line = accessLineOfWork(one, result, milliseconds);
      metrics.handled(kindOfEvent(one.event), line.outcome, milliseconds);
      settings.accessLog(line);
    },
    broken(error) {
      settings.warn(`the spool failed: ${error instanceof Error ? error.message : String(error)}`);
    },
  });
}

async function runLocked(settings: ReceiverSettings, lock: SpoolLock): Promise<Receiver> {
  if (settings.replay) await replayDead(settings.spool);
  const spool = await openSpool(settings.spool, settings.limits);
  const queue = createQueue();
  const { now } = settings;
  const metrics = metricsOf(queue, spool, now);
  const loop = workLoopOf(settings, { queue, spool, metrics });
  let isStopping = false;
  const server = createHttpServer({
    ...settings,
    isStopping: () => isStopping,
    ready: cached(() => readyWith(spool, settings), settings.elapsed, 15_000),
    metrics: () => metrics.text(),
    keep: (delivery, body) => spool.keep(delivery, body, now()),
    answered(received, milliseconds) {
      const line = accessLineOf(received, milliseconds);
      const { event = '', project = null } = received.delivery ?? {};
      metrics.answered(kindOfEvent(event), project, line.outcome);
      settings.accessLog(line);
      if (received.outcome === 'queued') loop.add(received.queued);
    },
  });
  const port = await listen(server, settings);
  const waiting: readonly Queued[] = spool.left;
  for (const one of waiting) loop.add(sinceStart(one, settings));
  return {
    port,
    left: waiting.length,
    async stop(milliseconds) {
      isStopping = true;
      await Promise.all([close(server, milliseconds, settings), loop.stop(milliseconds)]);
      await lock.release();
    },
  };
}
