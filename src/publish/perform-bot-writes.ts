import { GitLabRefusedError } from '../errors.ts';
import type { BotWrite } from '../model/bot-write.ts';
import { performBackport } from './bot-writes/backport.ts';
import { type ActionName, byAction } from './bot-writes/by-action.ts';
import {
  performCancelPipeline,
  performPlayJob,
  performRetryJobs,
  performRunMergeRequestPipeline,
  performRunPipeline,
} from './bot-writes/ci-actions.ts';
import { performCloseReferenced } from './bot-writes/close-referenced.ts';
import { performComment, performReact, performRemoveComment, performUnreact } from './bot-writes/comments.ts';
import {
  performApprove,
  performLabel,
  performSetAssignees,
  performSetMilestone,
  performSetReviewers,
  performSetState,
  performSetTitle,
} from './bot-writes/edits.ts';
import { performCloseIssue, performLinkIssues, performOpenIssue } from './bot-writes/issues.ts';
import { performKeepIssue } from './bot-writes/keep-issue.ts';
import { performMarkFlaky } from './bot-writes/mark-flaky.ts';
import { type Performed, type Performer, type PerformerWorld, refused } from './bot-writes/performer.ts';
import { performQuarantineTest } from './bot-writes/quarantine-test.ts';
import { performMarkShipped, performWriteReleaseNotes } from './bot-writes/releases.ts';
import { performSetStatus } from './bot-writes/statuses.ts';
import { performOpenThread, performResolveThread } from './bot-writes/threads.ts';
import { performTrackDeployments } from './bot-writes/track-deployments.ts';
import { describeBotWrite } from './describe-bot-write.ts';

export interface PerformedWrite {
  readonly write: BotWrite;
  /** `would` in a dry run. */
  readonly outcome: Performed['outcome'] | 'would';
  readonly url: string | null;
  readonly detail: string | null;
  /** True when GitLab refused, false when something had changed in the meantime. */
  readonly refusedByGitLab: boolean;
}

/** The report needs more than a port; callers that have it publish the report. */
const performReport: Performer<'report'> = () =>
  Promise.resolve(refused('Herald cannot make the report here.'));

/** The same of an error tracker, which only the bot is set up for. */
const performTrackRelease: Performer<'trackRelease'> = () =>
  Promise.resolve(refused('Herald knows no error tracker here.'));

const performers: { readonly [Name in ActionName]: Performer<Name> } = {
  comment: performComment,
  removeComment: performRemoveComment,
  label: performLabel,
  setAssignees: performSetAssignees,
  setReviewers: performSetReviewers,
  setMilestone: performSetMilestone,
  setState: performSetState,
  setTitle: performSetTitle,
  openIssue: performOpenIssue,
  closeIssue: performCloseIssue,
  keepIssue: performKeepIssue,
  closeReferenced: performCloseReferenced,
  trackDeployments: performTrackDeployments,
  markFlaky: performMarkFlaky,
  quarantineTest: performQuarantineTest,
  writeReleaseNotes: performWriteReleaseNotes,
  markShipped: performMarkShipped,
  linkIssues: performLinkIssues,
  retryJobs: performRetryJobs,
  cancelPipeline: performCancelPipeline,
  playJob: performPlayJob,
  runMergeRequestPipeline: performRunMergeRequestPipeline,
  runPipeline: performRunPipeline,
  setStatus: performSetStatus,
  react: performReact,
  unreact: performUnreact,
  openThread: performOpenThread,
  resolveThread: performResolveThread,
  approve: performApprove,
  backport: performBackport,
  trackRelease: performTrackRelease,
  report: performReport,
};

async function performOne(
  { action, cause }: BotWrite,
  world: PerformerWorld,
): Promise<Omit<PerformedWrite, 'write'>> {
  try {
    return { ...(await byAction(performers, action, cause, world)), refusedByGitLab: false };
  } catch (error) {
    if (!(error instanceof GitLabRefusedError)) throw error;
    return { ...refused(error.message), refusedByGitLab: true };
  }
}

/**
 * Performs writes in their order; in a dry run none. `detail` has GitLab's refusal, and the other writes continue.
 * Throws `GitLabUnreachableError`: then later writes are not done.
 */
export async function performBotWrites(
  world: PerformerWorld,
  writes: readonly BotWrite[],
  { dryRun }: { readonly dryRun: boolean },
): Promise<readonly PerformedWrite[]> {
  const performed: PerformedWrite[] = [];
  for (const write of writes) {
    const words = describeBotWrite(write);
    if (dryRun) {
      performed.push({ write, outcome: 'would', url: null, detail: words, refusedByGitLab: false });
      continue;
    }
    const result = await performOne(write, world);
    const tell = result.outcome === 'refused' ? world.log.warn : world.log.info;
    const isSecret = 'confidential' in write.action && write.action.confidential;
    const detail =
      result.detail === null || (isSecret && result.outcome !== 'refused') ? '' : ` (${result.detail})`;
    const address = result.url === null ? '' : ` ${result.url}`;
    tell(`${words}: ${result.outcome}${detail}${address}`, { write: write.action.do });
    performed.push({ write, ...result });
  }
  return performed;
}
