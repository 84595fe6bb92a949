import type { ScheduledPipeline } from '../gitlab/ports/setup.ts';
import { type Check, fine, problem, type Topic, warning } from './check.ts';

export interface SweepSigns {
  /** When GitLab starts the next one, ISO 8601; null where it does not say. */
  readonly nextRunAt: string | null;
  /** Those that schedules started, newest first. */
  readonly pipelines: readonly Omit<ScheduledPipeline, 'id'>[];
  readonly now: Date;
}

const hour = 3_600_000;

/** Hours, or days where there are many. */
function spanOf(milliseconds: number): string {
  const hours = Math.max(1, Math.round(milliseconds / hour));
  if (hours < 48) return hours === 1 ? 'an hour' : `${hours} hours`;
  return `${Math.round(hours / 24)} days`;
}

function timeOf(text: string | null): number | null {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? null : time;
}

/**
 * How much time may be between two sweeps, in milliseconds: what was between the last two, or what is left until the
 * next one, whichever is longer. A schedule does not show it, and GitLab's own interval for schedules can stretch it.
 */
function intervalOf({ nextRunAt, pipelines, now }: SweepSigns): number {
  const [newest = null, before = null] = pipelines.map(({ createdAt }) => timeOf(createdAt));
  const between = newest === null || before === null ? 0 : newest - before;
  const left = (timeOf(nextRunAt) ?? 0) - now.getTime();
  return Math.max(between, left, 0);
}

/** Why no sweep began when one should have, in words; null where that is not so. */
function whyLate(signs: SweepSigns): string | null {
  const { nextRunAt, pipelines, now } = signs;
  const next = timeOf(nextRunAt);
  const overdue = next === null ? 0 : now.getTime() - next;
  if (overdue > hour)
    return `the next sweep has been due for ${spanOf(overdue)}, and GitLab does not start it`;
  const last = timeOf(pipelines[0]?.createdAt ?? null);
  if (last === null) return null;
  const age = now.getTime() - last;
  return age > 2 * intervalOf(signs) + hour
    ? `the last sweep began ${spanOf(age)} ago, though the schedule is active`
    : null;
}

/**
 * Whether the schedule of the bot has its effect: whether sweeps begin, and whether the last one succeeded. Nothing
 * where none has run yet and none is overdue.
 */
export function checkSweeps(project: string, signs: SweepSigns): readonly Check[] {
  const topic: Topic = { project, about: 'sweeps' };
  const late = whyLate(signs);
  const lateCheck =
    late === null
      ? []
      : [
          problem(
            topic,
            late,
            'look at Build > Pipeline schedules: the owner must be able to start pipelines on the branch, and its rules must let one job run; on an instance of your own, also at its background jobs',
          ),
        ];
  const ended = signs.pipelines.find(({ status }) =>
    ['success', 'failed', 'canceled', 'skipped'].includes(status),
  );
  if (ended === undefined) return lateCheck;
  if (ended.status === 'success')
    return late === null ? [fine(project, topic.about, 'the last one succeeded')] : lateCheck;
  const tell = ended.status === 'failed' ? problem : warning;
  const words = `the last one ended as ${ended.status}: ${ended.url}`;
  return [
    ...lateCheck,
    tell(topic, words, 'read the log of its job; run the pipeline again when the cause is gone'),
  ];
}
