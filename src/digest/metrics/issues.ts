import type { HistoryIssue, ProjectHistory } from '../../model/project-history.ts';
import { issuesOf, nameOfIssue } from '../facts/issues.ts';
import { secondsBetween } from '../facts/spans.ts';
import { byValue, firstOf, offendersKept } from '../facts/worst.ts';
import { countMeasure, countSample, valuesMeasure, valuesSample } from '../item-measures.ts';
import type { Measure } from '../measure.ts';

const head = { section: 'issues', needs: ['issues'] } as const;

/** Issues that were opened in the span, without incidents. */
export const issuesOpened = countMeasure<HistoryIssue>(
  {
    ...head,
    id: 'issues-opened',
    unit: 'count',
    better: null,
    nothing: 'no issue was opened',
    series: 'day',
  },
  { things: issuesOf, at: ({ createdAt }) => createdAt, weight: null, name: null },
);

/** Issues that were closed in the span. */
export const issuesClosed = countMeasure<HistoryIssue>(
  {
    ...head,
    id: 'issues-closed',
    unit: 'count',
    better: null,
    nothing: 'no issue was closed',
    series: 'day',
  },
  { things: issuesOf, at: ({ closedAt }) => closedAt, weight: null, name: null },
);

/** From the opening to the closing. */
export const issueCloseTime = valuesMeasure<HistoryIssue>(
  {
    ...head,
    id: 'issue-close-time',
    unit: 'seconds',
    better: 'lower',
    nothing: 'no issue was closed',
    series: 'week',
  },
  {
    things: issuesOf,
    at: ({ closedAt }) => closedAt,
    value: ({ createdAt, closedAt }) => secondsBetween(createdAt, closedAt),
    name: nameOfIssue,
  },
);

/** Issues that are open now, by GitLab's own count. */
export const issuesOpen: Measure = {
  ...head,
  id: 'issues-open',
  unit: 'count',
  better: null,
  nothing: 'no issue is open',
  isStateNow: true,
  sample: ({ openIssues }) =>
    openIssues === null
      ? { kind: 'none', reason: 'GitLab does not say how many issues are open' }
      : countSample(openIssues),
};

function openOnes(history: ProjectHistory): readonly HistoryIssue[] {
  return history.issues.filter(({ closedAt }) => closedAt === null);
}

function ageOf({ createdAt }: HistoryIssue, { read }: ProjectHistory): number {
  return (read.issues.until - createdAt) / 1000;
}

/** Age of the open issues, where all of them were read: those that nobody touched for long are the oldest. */
export const openIssueAge: Measure = {
  ...head,
  id: 'open-issue-age',
  unit: 'seconds',
  better: 'lower',
  nothing: 'no issue is open',
  isStateNow: true,
  sample: (history) => {
    const { openIssues } = history;
    const open = openOnes(history);
    if (openIssues === null) return { kind: 'none', reason: 'GitLab does not say how many issues are open' };
    if (open.length < openIssues)
      return { kind: 'none', reason: `only ${open.length} of ${openIssues} open issues were read` };
    return valuesSample(open.map((issue) => ageOf(issue, history)));
  },
  offenders: (history) =>
    firstOf(
      openOnes(history).map((issue) => ({ ...nameOfIssue(issue), value: ageOf(issue, history) })),
      byValue,
      offendersKept,
    ),
};
