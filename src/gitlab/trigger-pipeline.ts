/** Starts a pipeline by its trigger address, as a webhook does. Source: https://docs.gitlab.com/ci/triggers/#use-a-webhook */
import type { Log } from '../io/port.ts';
import { userAgent } from '../version.ts';
import { createConnections } from './transport/connections.ts';
import { exchange } from './transport/exchange.ts';
import { askedWaitMs } from './transport/retry.ts';
import { TransportFailure } from './transport/transport-failure.ts';

export interface TriggerTarget {
  /** `https://gitlab.example.com/api/v4` */
  readonly apiUrl: string;
  /** Id or full path. */
  readonly project: number | string;
  readonly ref: string;
  /** The trigger token: it is the only proof that GitLab asks for, and goes nowhere else. */
  readonly token: string;
}

export interface TriggerOptions {
  readonly caFile: string | null;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
  now(): Date;
}

/** GitLab's answer; `status` is null when none came. */
export type TriggerAnswer =
  | {
      readonly status: number;
      /** How long GitLab asks to wait before the next request, in milliseconds; null where it does not say. */
      readonly waitMs: number | null;
      /** Whether the project's configuration may lack the input that names the queue. */
      readonly refusesQueue: boolean;
    }
  | { readonly status: null; readonly detail: string };

/**
 * Starts a pipeline with a body as its payload, in a queue (`q7`), or in none. It tries once, and throws nothing for an
 * answer that never came.
 */
export type PipelineTrigger = (body: Uint8Array, queue: string | null) => Promise<TriggerAnswer>;

/**
 * The input of the bot project's configuration that names a queue. Its values begin with a letter: GitLab would take
 * `7` for a number, which a text input refuses. Source: https://docs.gitlab.com/ci/triggers/#pass-pipeline-inputs-in-the-api-call
 */
export const queueInput = 'queue';

const timeouts = { connectMs: 10_000, responseMs: 60_000, deadlineMs: 90_000 };

function addressOf({ apiUrl, project, ref }: TriggerTarget): URL {
  const [inProject, inRef] = [String(project), ref].map((part) => encodeURIComponent(part));
  return new URL(`${apiUrl}/projects/${inProject}/ref/${inRef}/trigger/pipeline`);
}

/**
 * Whether GitLab may have refused a pipeline because its configuration declares no such input. GitLab's words for that
 * differ, so only the noun is looked for: "unknown input arguments: queue", "Given inputs not defined in …".
 */
function isAboutInputs(status: number, body: Uint8Array): boolean {
  return status === 400 && /\binputs?\b/i.test(new TextDecoder().decode(body));
}

/**
 * Makes the function that starts a pipeline with a body as its `TRIGGER_PAYLOAD`. The header that says which event it
 * is is not sent: GitLab refuses pipeline events by it.
 */
export function createPipelineTrigger(target: TriggerTarget, options: TriggerOptions): PipelineTrigger {
  const connections = createConnections(options);
  return async (body, queue) => {
    const url = addressOf(target);
    // Where a webhook has them, too: the body is what strangers wrote.
    url.searchParams.set('token', target.token);
    if (queue !== null) url.searchParams.set(`inputs[${queueInput}]`, queue);
    try {
      const answer = await exchange({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/json', 'user-agent': userAgent },
        body,
        connection: await connections.to(url),
        timeouts,
        maxBytes: 1024 * 1024,
      });
      const { status, headers } = answer;
      const waitMs = askedWaitMs(headers, options.now());
      return { status, waitMs, refusesQueue: queue !== null && isAboutInputs(status, answer.body) };
    } catch (error) {
      if (error instanceof TransportFailure) return { status: null, detail: error.message };
      throw error;
    }
  };
}
