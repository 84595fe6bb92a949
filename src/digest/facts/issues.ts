import type { HistoryIssue } from '../../model/project-history.ts';
import { remembered } from './remembered.ts';

/** Incidents that count: all, or those with one of the labels. */
export const incidentsOf = remembered(({ issues }, { incidentLabels }): readonly HistoryIssue[] =>
  issues.filter(
    ({ kind, labels }) =>
      kind === 'incident' &&
      (incidentLabels === null || labels.some((label) => incidentLabels.includes(label))),
  ),
);

/** All that GitLab lists as issues but incidents, which have figures of their own. */
export const issuesOf = remembered(({ issues }): readonly HistoryIssue[] =>
  issues.filter(({ kind }) => kind !== 'incident'),
);

/** As people call it. */
export function nameOfIssue({ iid, title, url }: HistoryIssue): {
  readonly name: string;
  readonly title: string;
  readonly url: string;
} {
  return { name: `#${iid}`, title, url };
}
