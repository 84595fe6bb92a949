/** Starts a pipeline by its trigger address, as a webhook does. Source: https://docs.gitlab.com/ci/triggers/#use-a-webhook */
import type { Log } from '../io/port.ts';
import { userAgent } from '../version.ts';
import { createConnections } from './transport/connections.ts';
import { exchange } from './transport/exchange.ts';
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
}

/** HTTP status of GitLab's answer; null when none came. */
export type TriggerAnswer = { readonly status: number } | { readonly status: null; readonly detail: string };

const timeouts = { connectMs: 10_000, responseMs: 60_000, deadlineMs: 90_000 };

function addressOf({ apiUrl, project, ref }: TriggerTarget): URL {
  const [inProject, inRef] = [String(project), ref].map((part) => encodeURIComponent(part));
  return new URL(`${apiUrl}/projects/${inProject}/ref/${inRef}/trigger/pipeline`);
}

/**
 * Makes the function that starts a pipeline with a body as its `TRIGGER_PAYLOAD`. The header that says which event it
 * is is not sent: GitLab refuses pipeline events by it. It tries once, and throws nothing for an answer that never
 * came.
 */
export function createPipelineTrigger(
  target: TriggerTarget,
  options: TriggerOptions,
): (body: Uint8Array) => Promise<TriggerAnswer> {
  const connections = createConnections(options);
  const url = addressOf(target);
  // Where a webhook has it, too: the body is what strangers wrote.
  url.searchParams.set('token', target.token);
  return async (body) => {
    try {
      const { status } = await exchange({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/json', 'user-agent': userAgent },
        body,
        connection: await connections.to(url),
        timeouts,
        maxBytes: 1024 * 1024,
      });
      return { status };
    } catch (error) {
      if (error instanceof TransportFailure) return { status: null, detail: error.message };
      throw error;
    }
  };
}
