import type { Span } from '../../model/digest.ts';
import type { HistoryIssue, ProjectHistory } from '../../model/project-history.ts';
import { issuesOf, nameOfIssue } from '../facts/issues.ts';
import { secondsBetween } from '../facts/spans.ts';
import { byValue, firstOf, offendersKept } from '../facts/worst.ts';
import { countMeasure, countSample, valuesMeasure, valuesSample } from '../item-measures.ts';
import type { Measure, MeasureSettings } from '../measure.ts';
import type { NoSample } from '../sample.ts';

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

/**
 * Why nobody knows which issues were open: those that nobody touched for long are in no list of changes; null = known.
 */
function unknownOpen({ openIssues, issues }: ProjectHistory): NoSample | null {
  if (openIssues === null) return { kind: 'none', reason: 'GitLab does not say how many issues are open' };
  const read = issues.filter(({ closedAt }) => closedAt === null).length;
  if (read >= openIssues) return null;
  return { kind: 'none', reason: `only ${read} of ${openIssues} open issues were read` };
}

function openAtEnd(
  history: ProjectHistory,
  { until }: Span,
  settings: MeasureSettings,
): readonly HistoryIssue[] {
  return issuesOf(history, settings).filter(
    ({ createdAt, closedAt }) => createdAt < until && (closedAt === null || closedAt >= until),
  );
}

/** Age at the end of the span, in seconds; at most until the reading. */
function ageOf({ createdAt }: HistoryIssue, { until }: Span, { read }: ProjectHistory): number {
  return (Math.min(until, read.issues.until) - createdAt) / 1000;
}

/** Issues that are open at the end of the span, where all open ones were read. */
export const issuesOpen: Measure = {
  ...head,
  id: 'issues-open',
  unit: 'count',
  better: null,
  nothing: 'no issue was open',
  sample: (history, span, settings) =>
    unknownOpen(history) ?? countSample(openAtEnd(history, span, settings).length),
};

/** How long those had been open. */
export const openIssueAge: Measure = {
  ...head,
  id: 'open-issue-age',
  unit: 'seconds',
  better: 'lower',
  nothing: 'no issue was open',
  sample: (history, span, settings) =>
    unknownOpen(history) ??
    valuesSample(openAtEnd(history, span, settings).map((issue) => ageOf(issue, span, history))),
  offenders: (history, span, settings) =>
    firstOf(
      openAtEnd(history, span, settings).map((issue) => ({
        ...nameOfIssue(issue),
        value: ageOf(issue, span, history),
      })),
      byValue,
      offendersKept,
    ),
};
