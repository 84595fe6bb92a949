import { GitLabRefusedError } from '../errors.ts';
import type { BotWrite } from '../model/bot-write.ts';
import { performApprove } from './bot-writes/approvals.ts';
import { type ActionName, type ActionOf, byAction } from './bot-writes/by-action.ts';
import { performComment, performRemoveComment } from './bot-writes/comments.ts';
import {
  performLabel,
  performSetAssignees,
  performSetMilestone,
  performSetReviewers,
  performSetState,
  performSetTitle,
} from './bot-writes/edits.ts';
import { performCloseIssue, performLinkIssues, performOpenIssue } from './bot-writes/issues.ts';
import { refused } from './bot-writes/performed.ts';
import type { Performed, Performer, PerformerWorld } from './bot-writes/performer.ts';
import { performReact, performUnreact } from './bot-writes/reactions.ts';
import { performSetStatus } from './bot-writes/statuses.ts';
import { performOpenThread, performResolveThread } from './bot-writes/threads.ts';
import { describeBotWrite } from './describe-bot-write.ts';

export interface PerformedWrite {
  readonly write: BotWrite;
  /** `would` in a dry run. */
  readonly outcome: Performed['outcome'] | 'would';
  readonly url: string | null;
  readonly detail: string | null;
}

type Elsewhere =
  | 'retryJobs'
  | 'cancelPipeline'
  | 'playJob'
  | 'runMergeRequestPipeline'
  | 'runPipeline'
  | 'backport';

/** The report takes more than a port; whoever has it makes it. */
const performReport: Performer<'report'> = () => Promise.resolve(refused('The report is not made here.'));

const performers: { readonly [Name in Exclude<ActionName, Elsewhere>]: Performer<Name> } = {
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
  linkIssues: performLinkIssues,
  setStatus: performSetStatus,
  react: performReact,
  unreact: performUnreact,
  openThread: performOpenThread,
  resolveThread: performResolveThread,
  approve: performApprove,
  report: performReport,
};

function isPerformable(action: BotWrite['action']): action is ActionOf<keyof typeof performers> {
  return Object.hasOwn(performers, action.do);
}

async function performOne({ action, cause }: BotWrite, world: PerformerWorld): Promise<Performed> {
  if (!isPerformable(action)) return refused('This cannot be done yet.');
  try {
    return await byAction(performers, action, cause, world);
  } catch (error) {
    if (!(error instanceof GitLabRefusedError)) throw error;
    return refused(error.message);
  }
}

/**
 * Performs writes in their order; in a dry run none. What GitLab refuses is told in `detail` and stops nothing else. Throws
 * `GitLabUnreachableError`: then the writes after it are not done.
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
      performed.push({ write, outcome: 'would', url: null, detail: words });
      continue;
    }
    const result = await performOne(write, world);
    const tell = result.outcome === 'refused' ? world.log.warn : world.log.info;
    tell(`${words}: ${result.outcome}${result.detail === null ? '' : ` (${result.detail})`}`);
    performed.push({ write, ...result });
  }
  return performed;
}
