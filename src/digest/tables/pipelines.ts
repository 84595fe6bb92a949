import { grouped } from '../../model/grouped.ts';
import { defaultBranchState } from '../facts/default-branch.ts';
import { causeOf, failedAttempts, minutesOf } from '../facts/jobs.ts';
import { pipelineRuns } from '../facts/pipelines.ts';
import { isWithin, sharedTime } from '../facts/spans.ts';
import { fixOf } from '../metrics/default-branch.ts';
import type { TableSource } from '../table.ts';

/** How many pipelines came to what, in GitLab's words. */
export const pipelinesByResult: TableSource = {
  id: 'pipelines-by-result',
  section: 'ci',
  columns: [
    { id: 'status', unit: 'text' },
    { id: 'pipelines', unit: 'count' },
  ],
  needs: ['pipelines'],
  kind: 'sum',
  rank: 1,
  limit: 20,
  rows: (history, span, settings) => {
    const inSpan = pipelineRuns(history, settings).filter(({ pipeline }) =>
      isWithin(pipeline.createdAt, span),
    );
    return [...grouped(inSpan, ({ pipeline }) => pipeline.status)].map(([status, ones]) => ({
      url: null,
      cells: [status, ones.length],
    }));
  },
};

/** Attempts that failed and were not allowed to, by cause, and their time. */
export const failuresByCause: TableSource = {
  id: 'failures-by-cause',
  section: 'ci',
  columns: [
    { id: 'cause', unit: 'text' },
    { id: 'failed', unit: 'count' },
    { id: 'minutes', unit: 'minutes' },
  ],
  needs: ['jobs', 'pipelines'],
  kind: 'sum',
  rank: 1,
  limit: 20,
  rows: (history, span, settings) => {
    const inSpan = failedAttempts(history, settings).filter(({ job }) => isWithin(job.createdAt, span));
    return [...grouped(inSpan, causeOf)].map(([cause, ones]) => ({
      url: null,
      cells: [cause, ones.length, ones.reduce((sum, { job }) => sum + minutesOf(job), 0)],
    }));
  },
};

/** When the default branch was red, the longest first, and the commit whose pipeline made it green. */
export const redSpans: TableSource = {
  id: 'red-spans',
  section: 'ci',
  columns: [
    { id: 'pipeline', unit: 'text' },
    { id: 'red-for', unit: 'seconds' },
    { id: 'fixed-by', unit: 'text' },
  ],
  needs: ['pipelines'],
  kind: 'worst',
  rank: 1,
  limit: 10,
  rows: (history, span, settings) =>
    defaultBranchState(history, settings).redSpans.flatMap((red) => {
      const whole = { from: red.from, until: red.until ?? history.read.pipelines.until };
      if (sharedTime(whole, span) === 0) return [];
      const seconds = (whole.until - whole.from) / 1000;
      return [{ url: red.failed.url, cells: [`#${red.failed.id}`, seconds, fixOf(red, history) || null] }];
    }),
};
