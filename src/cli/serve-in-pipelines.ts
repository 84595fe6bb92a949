/** `herald serve --deliver pipeline`: pipelines of the bot's project handle the events. */
import type { ServeOptions } from '../config/serve-options.ts';
import { refuseForeignCode } from '../context/runtime-variables.ts';
import { placeFrom } from '../context/write-target.ts';
import { UsageError } from '../errors.ts';
import type { Log } from '../io/port.ts';
import type { Readiness } from '../serve/http-server.ts';
import type { Handle } from '../serve/work-loop.ts';
import type { Host } from './host.ts';

/** What both ways of handling events are made of. */
export interface ServeWorld {
  readonly options: ServeOptions;
  readonly host: Host;
  readonly log: Log;
  readonly apiUrl: string;
}

/** One way of handling events. */
export interface Way {
  readonly handlerWith: (metrics: { requested(count: number, remaining: number | null): void }) => Handle;
  readonly ready: () => Promise<Readiness>;
  /** Begins to sweep, and returns what ends it; null where pipelines do that. */
  readonly startSweeping: (() => () => Promise<void>) | null;
}

/** Calls back after this number of milliseconds; returns what takes it back. */
export function callAfter(milliseconds: number, callback: () => void): () => void {
  const timer = setTimeout(callback, milliseconds);
  return () => {
    clearTimeout(timer);
  };
}

/** Pipelines of the bot's project handle the events: all that is here is the token that starts them. */
export async function pipelineWay({ options, host, log, apiUrl }: ServeWorld): Promise<Way> {
  const { variables } = host;
  refuseForeignCode(variables);
  const token = variables['HERALD_TRIGGER_TOKEN'] ?? '';
  if (token === '')
    throw new UsageError('no trigger token found', {
      hint: 'put a pipeline trigger token of the bot’s project into the variable HERALD_TRIGGER_TOKEN',
    });
  const { project } = placeFrom(
    { ...options, mergeRequest: null, sha: null, pipeline: null },
    {},
    'pipeline',
  );
  if (options.ref === null)
    throw new UsageError('no branch is named', {
      hint: 'give the branch of the bot’s project with --ref: a trigger token cannot ask which one is the default',
    });
  const { createPipelineTrigger } = await import('../gitlab/trigger-pipeline.ts');
  const { createForwarder } = await import('../serve/forward.ts');
  const { createRequestGate } = await import('../serve/request-gate.ts');
  const caFile = variables['CI_SERVER_TLS_CA_FILE'] ?? null;
  const target = { apiUrl, project, ref: options.ref, token };
  const clock = { now: () => performance.now(), callAfter };
  const forward = createForwarder({
    ...clock,
    trigger: createPipelineTrigger(target, { caFile, variables, log, now: () => host.clock.now() }),
    gate: createRequestGate(options, clock),
    queues: options.queues,
    ownProject: project,
    warn: (text) => {
      log.warn(text);
    },
  });
  let last: Readiness = { isReady: true, reason: 'ready' };
  return {
    handlerWith: () => async (one, body, signal) => {
      const outcome = await forward(one, body, signal);
      if (outcome.outcome !== 'ignored')
        last =
          outcome.outcome === 'failed'
            ? { isReady: false, reason: outcome.detail }
            : { isReady: true, reason: 'ready' };
      return outcome;
    },
    ready: () => Promise.resolve(last),
    startSweeping: null,
  };
}
