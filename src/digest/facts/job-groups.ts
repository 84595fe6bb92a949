/** Jobs of one name, as tables list them. */
import type { Span } from '../../model/digest.ts';
import { grouped } from '../../model/grouped.ts';
import type { HistoryJob, ProjectHistory } from '../../model/project-history.ts';
import type { MeasureSettings } from '../measure.ts';
import { type Attempt, attemptsOf } from './jobs.ts';
import { isWithin } from './spans.ts';

export interface JobGroup {
  readonly name: string;
  readonly attempts: readonly Attempt[];
  /** Leads to the latest of the attempts that a row is about. */
  readonly urlOf: (attempts: readonly Attempt[]) => string | null;
}

/** Whether an attempt ran to its end. */
export function hasRun({ status }: HistoryJob): boolean {
  return status === 'success' || status === 'failed';
}

/** Attempts of the span by the names of their jobs. */
export function jobGroups(
  history: ProjectHistory,
  span: Span,
  settings: MeasureSettings,
): readonly JobGroup[] {
  const attempts = attemptsOf(history, settings).filter(({ job }) => isWithin(job.createdAt, span));
  return [...grouped(attempts, ({ job }) => job.name)].map(([name, ofName]) => ({
    name,
    attempts: ofName,
    urlOf: (some) => {
      const last = some.at(-1);
      return last === undefined ? null : `${history.project.url}/-/jobs/${last.job.id}`;
    },
  }));
}
