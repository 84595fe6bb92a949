/** One line of the access log; the same names and forms as in the log of `herald bot`. */
import { actionOfEvent } from '../model/event-parts.ts';
import type { Delivery } from '../receiver/delivery.ts';
import type { Queued } from '../receiver/queue.ts';
import type { Received } from './receive.ts';
import type { WorkResult } from './work-loop.ts';

export interface AccessLine {
  /** `delivery`, when a request was answered; `work`, when an event was handled. */
  readonly step: 'delivery' | 'work';
  /** Null where the proof of a request was not good: then nothing that it says is repeated. */
  readonly delivery: string | null;
  /** `merge_request.opened` */
  readonly event: string | null;
  /** `opened` */
  readonly action: string | null;
  /** Full path as the payload claims it, or the id. */
  readonly project: string | number | null;
  /** `!7`, `#3`, or what else it is about. */
  readonly object: string | null;
  readonly outcome: string;
  readonly detail: string;
  readonly ms: number;
}

type About = Pick<AccessLine, 'delivery' | 'event' | 'action' | 'project' | 'object'>;

const nothing: About = { delivery: null, event: null, action: null, project: null, object: null };

function aboutOf({ id, event, project, path, object }: Delivery): About {
  return {
    delivery: id,
    event,
    action: actionOfEvent(event),
    project: path ?? project,
    object: object.replace(/^(?:merge_request|issue) \d+(?=[!#])/, ''),
  };
}

function milliseconds(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The line of a request. */
export function accessLineOf(received: Received, took: number): AccessLine {
  const { delivery } = received;
  const outcome = received.outcome === 'refused' ? received.code : received.outcome;
  const about = delivery === null ? nothing : aboutOf(delivery);
  return { step: 'delivery', ...about, outcome, detail: '', ms: milliseconds(took) };
}

/** The line of an event that was handled, or not. */
export function accessLineOfWork(one: Queued, { outcome, detail }: WorkResult, took: number): AccessLine {
  return { step: 'work', ...aboutOf(one), outcome, detail, ms: milliseconds(took) };
}
