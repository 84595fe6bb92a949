/** One line of the access log; the same names as in the log of `herald bot`. */
import type { Queued } from '../receiver/queue.ts';
import type { Received } from './receive.ts';
import type { WorkResult } from './work-loop.ts';

export interface AccessLine {
  /** `delivery`, when a request was answered; `work`, when an event was handled. */
  readonly step: 'delivery' | 'work';
  /** Null where the proof of a request was not good: then nothing that it says is repeated. */
  readonly delivery: string | null;
  readonly event: string | null;
  readonly action: string | null;
  readonly project: number | null;
  readonly object: string | null;
  readonly outcome: string;
  readonly detail: string;
  readonly ms: number;
}

/** `merge_request.opened` is the event `merge_request` and the action `opened`. */
function partsOf(name: string): Pick<AccessLine, 'event' | 'action'> {
  const [event = name, action = null] = name.split('.');
  return { event, action };
}

function milliseconds(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The line of a request. */
export function accessLineOf(received: Received, took: number): AccessLine {
  const { delivery } = received;
  const outcome = received.outcome === 'refused' ? received.code : received.outcome;
  const base = { step: 'delivery', outcome, detail: '', ms: milliseconds(took) } as const;
  if (delivery === null)
    return { ...base, delivery: null, event: null, action: null, project: null, object: null };
  const { id, event, project, object } = delivery;
  return { ...base, delivery: id, ...partsOf(event), project, object };
}

/** The line of an event that was handled, or not. */
export function accessLineOfWork(one: Queued, { outcome, detail }: WorkResult, took: number): AccessLine {
  const { id, event, project, object } = one;
  return {
    step: 'work',
    delivery: id,
    ...partsOf(event),
    project,
    object,
    outcome,
    detail,
    ms: milliseconds(took),
  };
}
