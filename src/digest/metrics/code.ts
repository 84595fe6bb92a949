import type {
  HistoryBranch,
  HistoryCommit,
  HistoryRelease,
  HistoryTag,
  ProjectHistory,
} from '../../model/project-history.ts';
import { byText, firstOf, offendersKept } from '../facts/worst.ts';
import { countMeasure, countSample } from '../item-measures.ts';
import type { Measure, MeasureSettings } from '../measure.ts';

const day = 86_400_000;
const head = { section: 'code', unit: 'count', better: null } as const;

/** Commits that came to the default branch, by the time they were committed; merge commits count. */
export const commits = countMeasure<HistoryCommit>(
  { ...head, id: 'commits', needs: ['commits'], nothing: 'there were no commits', series: 'day' },
  { things: (history) => history.commits, at: ({ committedAt }) => committedAt, weight: null, name: null },
);

/** Tags that were made. */
export const tags = countMeasure<HistoryTag>(
  { ...head, id: 'tags', needs: ['tags'], nothing: 'there were no tags' },
  { things: (history) => history.tags, at: ({ at }) => at, weight: null, name: null },
);

/** Releases that came out. */
export const releases = countMeasure<HistoryRelease>(
  { ...head, id: 'releases', needs: ['releases'], nothing: 'there were no releases', better: 'higher' },
  {
    things: (history) => history.releases,
    at: ({ releasedAt }) => releasedAt,
    weight: null,
    name: null,
  },
);

/** Branches that exist now. */
export const branches: Measure = {
  ...head,
  id: 'branches',
  needs: ['branches'],
  nothing: 'there are no branches',
  isStateNow: true,
  sample: (history) => countSample(history.branches.length),
};

function staleOnes(
  { branches: all, read }: ProjectHistory,
  { staleDays }: MeasureSettings,
): readonly HistoryBranch[] {
  const limit = read.branches.until - staleDays * day;
  return all.filter(
    ({ isDefault, isProtected, committedAt }) => !isDefault && !isProtected && committedAt < limit,
  );
}

/** Branches without a commit for so many days, without the default branch and protected ones. */
export const staleBranches: Measure = {
  ...head,
  id: 'stale-branches',
  better: 'lower',
  needs: ['branches'],
  nothing: 'there are no branches',
  isStateNow: true,
  sample: (history, _span, settings) => countSample(staleOnes(history, settings).length),
  offenders: (history, _span, settings) =>
    firstOf(
      staleOnes(history, settings),
      (one, other) => one.committedAt - other.committedAt || byText(one.name, other.name),
      offendersKept,
    ).map(({ name, isMerged }) => ({
      name,
      title: isMerged ? 'merged' : '',
      url: `${history.project.url}/-/tree/${pathOf(name)}`,
      value: null,
    })),
};

/** Half a character, which JSON can contain, has no place in an address. */
function pathOf(branch: string): string {
  return branch
    .replaceAll(/[\ud800-\udfff]/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
}
