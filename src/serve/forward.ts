/** Hands an event to a pipeline of the bot's project, so that GitLab's runners do the work. */
import { createHash } from 'node:crypto';
import { type PipelineTrigger, queueInput, type TriggerAnswer } from '../gitlab/trigger-pipeline.ts';
import { mayComeFrom } from '../receiver/delivery.ts';
import type { RequestGate } from './request-gate.ts';
import type { Handle, HandlingOutcome } from './work-loop.ts';

/** Names that GitLab's trigger takes for itself, and what Herald's own template calls them. */
const renamed: Readonly<Record<string, string>> = { ref: 'herald_ref' };
const taken = ['id', 'ref', 'variables', 'inputs', 'token'] as const;

/**
 * What a pipeline event holds besides: a thousand jobs make it too large for a variable, and the values of variables
 * may be secrets. The bot asks GitLab for what it needs.
 */
const needless: ReadonlySet<string> = new Set(['builds', 'commit', 'source_pipeline']);

function attributesOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => name !== 'variables' && name !== 'inputs');
  return Object.fromEntries(kept);
}

function withoutNeedless(payload: object): object {
  if (!('object_kind' in payload) || payload.object_kind !== 'pipeline') return payload;
  const kept = Object.entries(payload)
    .filter(([name]) => !needless.has(name))
    .map(([name, value]: [string, unknown]): [string, unknown] =>
      name === 'object_attributes' ? [name, attributesOf(value)] : [name, value],
    );
  return Object.fromEntries(kept);
}

/**
 * The body as the trigger may get it: its own names are taken out, so that nothing in a payload can set variables or
 * inputs of the pipeline, or name another token. Source: https://docs.gitlab.com/ci/triggers/#access-webhook-payload
 */
export function bodyForTrigger(body: Uint8Array): Uint8Array {
  const payload: unknown = JSON.parse(new TextDecoder().decode(body));
  if (typeof payload !== 'object' || payload === null) return body;
  const kept = Object.entries(withoutNeedless(payload)).flatMap(([name, value]: [string, unknown]) => {
    const newName = renamed[name];
    if (newName !== undefined && !Object.hasOwn(payload, newName)) return [[newName, value] as const];
    return taken.some((one) => one === name) ? [] : [[name, value] as const];
  });
  return Buffer.from(JSON.stringify(Object.fromEntries(kept)));
}

/**
 * The queue of an object: always the same, on every receiver, so that its events keep their order. The jobs of a queue
 * run one after another. Null where there is one queue only.
 */
export function queueOf(object: string, queues: number): string | null {
  if (queues < 2) return null;
  return `q${createHash('sha256').update(object).digest().readUInt32BE(0) % queues}`;
}

/** What GitLab's answer means for the event. */
function outcomeOfTrigger(answer: TriggerAnswer): HandlingOutcome {
  if (answer.status === null)
    return { outcome: 'failed', detail: `GitLab could not be reached: ${answer.detail}`, again: true };
  const { status } = answer;
  if (status >= 200 && status < 300) return { outcome: 'handled', detail: 'a pipeline was started' };
  const reasons: Readonly<Record<number, string>> = {
    400: 'GitLab started no pipeline: the branch is missing, or no job is left in it (400)',
    401: 'the trigger token is wrong (401)',
    403: 'GitLab refused the trigger (403)',
    404: 'the bot’s project or its trigger token does not exist (404)',
    413: 'the event is too large for a pipeline (413)',
    429: 'too many pipelines were started (429)',
  };
  const detail = reasons[status] ?? `GitLab answered ${status}`;
  return { outcome: 'failed', detail, again: status !== 413 };
}

/** GitLab's limit on new pipelines counts by the minute, and its answer may not say how long to wait. */
const rateLimitWait = 60_000;

/** Longer than any wait that GitLab asks for in earnest. */
const longestWait = 3_600_000;

/** How long nothing may be sent after an answer, in milliseconds; 0 when the next event may follow. */
function pauseAfter(answer: TriggerAnswer): number {
  if (answer.status === null || (answer.status !== 429 && answer.status < 500)) return 0;
  const asked = answer.waitMs ?? (answer.status === 429 ? rateLimitWait : 0);
  return Math.min(asked, longestWait);
}

export interface Forwarding {
  readonly trigger: PipelineTrigger;
  /** All events together send no more than it lets through. */
  readonly gate: RequestGate;
  /** How many queues the events are spread over. */
  readonly queues: number;
  /** Id or full path of the bot's project: events of its own pipelines would start pipelines without end. */
  readonly ownProject: number | string;
  /** Milliseconds of a clock that nobody sets. */
  now(): number;
  /** Calls back after this number of milliseconds; returns what takes it back. */
  callAfter(milliseconds: number, callback: () => void): () => void;
  warn(text: string): void;
}

/** Resolves when what was begun calls back, or when the signal is given. */
async function unlessAborted(signal: AbortSignal, begin: (done: () => void) => () => void): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      signal.removeEventListener('abort', stop);
      resolve();
    };
    const stop = (): void => {
      takeBack();
      resolve();
    };
    signal.addEventListener('abort', stop, { once: true });
    const takeBack = begin(done);
  });
}

function mayRefuseQueue(answer: TriggerAnswer): boolean {
  return answer.status !== null && answer.refusesQueue;
}

class Forwarder {
  readonly #world: Forwarding;
  /** Until when GitLab asked to be left alone. */
  #pausedUntil = 0;
  #knowsQueues = true;

  constructor(world: Forwarding) {
    this.#world = world;
  }

  /** Sends it once GitLab may be asked; null when the signal came first. */
  async #once(body: Uint8Array, queue: string | null, signal: AbortSignal): Promise<TriggerAnswer | null> {
    const { gate, now, callAfter, trigger } = this.#world;
    for (;;) {
      const pause = this.#pausedUntil - now();
      if (pause > 0) await unlessAborted(signal, (done) => callAfter(pause, done));
      let leave: () => void = () => undefined;
      try {
        await unlessAborted(signal, (done) => {
          leave = gate.enter(done);
          return leave;
        });
        if (signal.aborted) return null;
        // GitLab may have asked another event to wait in the meantime.
        if (this.#pausedUntil <= now()) return await trigger(body, queue);
      } finally {
        leave();
      }
    }
  }

  /** A bot project whose configuration declares no queues has one, and its events are carried all the same. */
  async #inQueue(body: Uint8Array, object: string, signal: AbortSignal): Promise<TriggerAnswer | null> {
    const queue = this.#knowsQueues ? queueOf(object, this.#world.queues) : null;
    const answer = await this.#once(body, queue, signal);
    if (answer === null || !mayRefuseQueue(answer)) return answer;
    const second = await this.#once(body, null, signal);
    const isTheReason = (second?.status ?? 500) < 300;
    if (isTheReason && this.#knowsQueues) {
      this.#knowsQueues = false;
      this.#world.warn(
        `the configuration of the bot’s project does not declare the input "${queueInput}", so all events wait in one queue`,
      );
    }
    return second;
  }

  /** Waits as long as GitLab asks, and then goes on with the same event, so that none overtakes it. */
  async handle(body: Buffer, object: string, signal: AbortSignal): Promise<HandlingOutcome> {
    const forTrigger = bodyForTrigger(body);
    for (;;) {
      const answer = await this.#inQueue(forTrigger, object, signal);
      if (answer === null)
        return { outcome: 'failed', detail: 'GitLab asked to wait for too long', again: true };
      const pause = pauseAfter(answer);
      if (pause === 0) return outcomeOfTrigger(answer);
      this.#pausedUntil = Math.max(this.#pausedUntil, this.#world.now() + pause);
    }
  }
}

/** Makes what hands each event to a pipeline of the bot's project. */
export function createForwarder(world: Forwarding): Handle {
  const forwarder = new Forwarder(world);
  return async (one, body, signal) =>
    // An alert comes from no pipeline.
    one.event !== 'alert' && mayComeFrom(one, world.ownProject)
      ? { outcome: 'ignored', detail: 'it is about the bot’s own project' }
      : forwarder.handle(body, one.object, signal);
}
