import { englishDigestCi } from './english-digest-ci.ts';
import type { MeasureWords } from './measure-words.ts';

/** The names of the figures of a digest, and how each is counted, by their ids. */
export const englishDigestMeasures = {
  deployments: {
    name: 'Deployments a day',
    method:
      'Successful deployments to production, divided by the days of the period; one that brought the commit that was there already does not count.',
  },
  'deploy-days': {
    name: 'Deploy days a week',
    method:
      'Days with at least one successful deployment, a week; of a group, days on which any of its projects deployed.',
  },
  redeployments: {
    name: 'Deployed again',
    method: 'Successful deployments of the commit that was there already; the frequency does not count them.',
  },
  'lead-time-from-merge': {
    name: 'Lead time from the merge',
    method:
      'From the merge to the end of the first deployment whose commit contains it; median. The first deployment of an environment does not count.',
  },
  'lead-time-from-first-commit': {
    name: 'Lead time from the first commit',
    method:
      'From the first commit of a merge request to the end of the first deployment that contains it; median. The first deployment of an environment does not count.',
  },
  'change-failure-rate': {
    name: 'Change failure rate',
    method:
      'Deployments with at least one cause (incident, rollback, revert, failed deployment, hotfix), divided by all of them.',
  },
  'change-failures-by-incident': {
    name: 'Deployments with an incident',
    method: 'Deployments that were the last one before an incident was opened.',
  },
  'change-failures-by-rollback': {
    name: 'Deployments rolled back',
    method: 'Deployments after which an older commit was deployed.',
  },
  'change-failures-by-revert': {
    name: 'Deployments with a revert',
    method: 'Deployments that brought a merge request which was reverted later.',
  },
  'change-failures-by-failed-deployment': {
    name: 'Failed deployments',
    method: 'Deployments that failed.',
  },
  'change-failures-by-hotfix': {
    name: 'Deployments with a hotfix',
    method: 'Deployments that were the last one before a merge request with a hotfix label was opened.',
  },
  'time-to-restore': {
    name: 'Time to restore',
    method: 'How long the incidents that were closed in the period had been open; median.',
  },
  'deployment-recovery': {
    name: 'Recovery from failed deployments',
    method: 'From a failed deployment to the next successful one of the same environment; median.',
  },
  'merge-requests-opened': {
    name: 'Merge requests opened',
    method: 'Merge requests that were opened in the period.',
  },
  'merge-requests-merged': {
    name: 'Merge requests merged',
    method: 'Merge requests that were merged in the period.',
  },
  throughput: {
    name: 'Merged a week',
    method: 'Merge requests that were merged, a week.',
  },
  'merge-requests-open': {
    name: 'Merge requests open',
    method: 'Merge requests that are open at the end of the period.',
  },
  'open-merge-request-age': {
    name: 'Age of open merge requests',
    method: 'How long they had been open at the end of the period; median.',
  },
  'merge-requests-abandoned': {
    name: 'Abandoned merge requests',
    method: 'Of those that ended in the period, the share that was closed without a merge.',
  },
  'merge-requests-reopened': {
    name: 'Reopened merge requests',
    method: 'Of those that were merged, the share that had been closed before.',
  },
  'cycle-time': {
    name: 'Cycle time',
    method:
      'From the first commit to the merge; median. After a force-push the first commit is the first that is left.',
  },
  'coding-time': {
    name: 'Coding time',
    method: 'From the first commit to the opening; median.',
  },
  'draft-time': {
    name: 'Draft time',
    method: 'From the opening to the last time that it was marked as ready before its first review; median.',
  },
  'pickup-time': {
    name: 'Wait for a review',
    method: 'From then to the first comment or approval of a person who is not the author; median.',
  },
  'review-time': {
    name: 'Review time',
    method: 'From the first review to the first approval; median.',
  },
  'rework-time': {
    name: 'Rework time',
    method: 'From the first review to the last push before the merge; median.',
  },
  'merge-time': {
    name: 'Approval to merge',
    method: 'From the first approval to the merge; median.',
  },
  'deploy-time': {
    name: 'Merge to deployment',
    method:
      'From the merge to the end of the first deployment that contains it, of those that were merged in the period; median.',
  },
  'time-to-merge': {
    name: 'Time to merge',
    method: 'From the opening to the merge; median.',
  },
  'review-rounds': {
    name: 'Review rounds',
    method: 'Pushes after the first review; median.',
  },
  'review-comments': {
    name: 'Review comments',
    method: 'Comments of people, without those of the author; median.',
  },
  'merged-without-review': {
    name: 'Merged without review',
    method: 'Share of the merged ones on which nobody but the author commented and that nobody approved.',
  },
  'merge-request-size': {
    name: 'Size of merge requests',
    method:
      'Lines added and removed; median. Without lock files and generated files, by name and by .gitattributes of the default branch; where GitLab did not list the files, all lines of the commits count.',
  },
  'issues-opened': {
    name: 'Issues opened',
    method: 'Issues that were opened in the period, without confidential ones.',
  },
  'issues-closed': {
    name: 'Issues closed',
    method: 'Issues that were closed in the period, without confidential ones.',
  },
  'issue-close-time': {
    name: 'Time to close an issue',
    method: 'From the opening to the closing, of those that were closed in the period; median.',
  },
  'issues-open': {
    name: 'Issues open',
    method: 'Issues that are open at the end of the period.',
  },
  'open-issue-age': {
    name: 'Age of open issues',
    method: 'How long they had been open at the end of the period; median.',
  },
  ...englishDigestCi,
} satisfies Readonly<Record<string, MeasureWords>>;

export type MeasureId = keyof typeof englishDigestMeasures;
