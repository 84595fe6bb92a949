/** What the receiver counts, in the OpenMetrics format: https://prometheus.io/docs/specs/om/open_metrics_spec/ */
import { Counter, Gauge, Histogram, type OpenMetricsContentType, Registry } from 'prom-client';

export interface Metrics {
  /** One delivery was answered. The outcome is `queued`, `duplicate`, `ignored` or a refusal's code. */
  answered(event: string, project: number | null, outcome: string): void;
  /** One event was handled, or not, in this number of milliseconds. */
  handled(event: string, outcome: string, milliseconds: number): void;
  /** What the handler's requests to GitLab were. */
  requested(count: number, remaining: number | null): void;
  /** The media type and the text of all of it. */
  text(): Promise<{ readonly type: string; readonly body: string }>;
}

export interface QueueState {
  readonly waiting: number;
  readonly running: number;
  /** Seconds. */
  readonly oldestAge: number;
  readonly bytes: number;
  readonly dead: number;
}

/** Each project is some lines of every answer. A sender for a group could name any number of them. */
const maxProjects = 10_000;

/** The label of a project: its id, or `other` for all that come after the first 10,000. */
function createProjectLabel(): (project: number | null) => string {
  const known = new Set<number>();
  return (project) => {
    if (project === null) return '';
    if (known.size < maxProjects) known.add(project);
    return known.has(project) ? String(project) : 'other';
  };
}

/** From an answer at once to the limit of a handler, in seconds. */
const buckets = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

const gauges = [
  ['herald_queue_waiting', 'Events that wait.', ({ waiting }: QueueState) => waiting],
  ['herald_queue_running', 'Events that are being handled.', ({ running }: QueueState) => running],
  [
    'herald_queue_oldest_seconds',
    'Age of the oldest event that waits.',
    ({ oldestAge }: QueueState) => oldestAge,
  ],
  ['herald_spool_bytes', 'Size of the events on disk.', ({ bytes }: QueueState) => bytes],
  ['herald_dead_letters', 'Events that were given up.', ({ dead }: QueueState) => dead],
] as const;

function instrumentsOf(registry: Registry<OpenMetricsContentType>) {
  const registers = [registry];
  const deliveries = new Counter({
    name: 'herald_deliveries',
    help: 'Deliveries that were answered, by event, project and outcome.',
    labelNames: ['event', 'project', 'outcome'],
    registers,
  });
  const handling = new Histogram({
    name: 'herald_handling_seconds',
    help: 'Time from the beginning to the end of handling an event.',
    labelNames: ['event', 'outcome'],
    buckets,
    registers,
  });
  const requests = new Counter({
    name: 'herald_gitlab_requests',
    help: 'Requests to GitLab.',
    registers,
  });
  const remaining = new Gauge({
    name: 'herald_gitlab_rate_limit_remaining',
    help: 'Requests that GitLab still allows, as its last answer says.',
    registers,
  });
  const states = gauges.map(([name, help, valueOf]) => ({
    gauge: new Gauge({ name, help, registers }),
    valueOf,
  }));
  return { deliveries, handling, requests, remaining, states };
}

/** @param stateNow asked when somebody reads the metrics */
export function createMetrics(stateNow: () => Promise<QueueState>): Metrics {
  const registry = new Registry<OpenMetricsContentType>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  const { deliveries, handling, requests, remaining, states } = instrumentsOf(registry);
  const labelOf = createProjectLabel();
  return {
    answered(event, project, outcome) {
      deliveries.inc({ event, project: labelOf(project), outcome });
    },
    handled(event, outcome, milliseconds) {
      handling.observe({ event, outcome }, milliseconds / 1000);
    },
    requested(count, left) {
      requests.inc(count);
      if (left !== null) remaining.set(left);
    },
    async text() {
      const state = await stateNow();
      for (const { gauge, valueOf } of states) gauge.set(valueOf(state));
      return { type: registry.contentType, body: await registry.metrics() };
    },
  };
}
