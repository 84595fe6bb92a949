import { GitLabRefusedError } from '../errors.ts';
import type { Statuses } from '../gitlab/ports/port.ts';
import type { Log } from '../io/port.ts';
import type { Context } from '../model/context.ts';
import type { Write } from '../model/write.ts';
import { describeWrite } from './describe-write.ts';
import { planStatus, type WantedStatus } from './plan-status.ts';

export interface PublishStatusWorld {
  readonly gitlab: Statuses;
  readonly log: Log;
}

export interface PublishedStatus {
  /** `unchanged` = the status had that state already; `planned` = it was a dry run. */
  readonly outcome: 'set' | 'unchanged' | 'refused' | 'planned';
  /** Why, as a sentence for the log. */
  readonly reason: string;
  /** The write that was made, or in a dry run would be made. */
  readonly write: Extract<Write, { readonly do: 'setStatus' }>;
}

/**
 * Sets a commit status on the pipeline's own commit. In pipelines of forks the token often has no rights, and GitLab
 * says 403 or 404: that is an outcome, no error, as the note says the same. So is a 403 on the default branch, which
 * GitLab protects from the start: the role that Herald asks for may not push there. Throws `GitLabRefusedError` for
 * every other refusal and `GitLabUnreachableError`.
 * Source: https://docs.gitlab.com/api/commits/#set-commit-pipeline-status
 */
export async function publishStatus(
  { gitlab, log }: PublishStatusWorld,
  wanted: WantedStatus,
  { dryRun }: { readonly dryRun: boolean },
): Promise<PublishedStatus> {
  const write = planStatus(wanted);
  if (dryRun) return { outcome: 'planned', reason: 'Dry run: no status is set.', write };
  log.debug(describeWrite(write));
  try {
    const outcome = await gitlab.setStatus(write.status);
    const reason =
      outcome === 'set' ? `The status is ${wanted.state}.` : `The status was already ${wanted.state}.`;
    return { outcome, reason, write };
  } catch (error) {
    const reason = error instanceof GitLabRefusedError ? reasonOfRefusal(error, wanted.context) : null;
    if (reason === null) throw error;
    return { outcome: 'refused', reason, write };
  }
}

/** Why GitLab refuses a status that no better token could set, or only one with more than Herald needs; else null. */
function reasonOfRefusal(
  { status, message }: GitLabRefusedError,
  { runsInFork, mergeRequest, commit, project }: Context,
): string | null {
  if ((runsInFork || mergeRequest?.fork === true) && (status === 403 || status === 404))
    return `GitLab does not let this token set a status on the pipeline of a fork (HTTP ${status}); the note says the same.`;
  const { defaultBranch } = project;
  const isProtected = commit.branch === defaultBranch && !message.includes('insufficient_scope');
  if (status !== 403 || !isProtected) return null;
  return (
    `GitLab lets nobody set a status on ${defaultBranch}, which is protected, who may not push or merge there (HTTP 403). ` +
    "Let the bot's user merge there (Settings > Repository > Protected branches; the user needs the role Developer), " +
    'or set "status: none" for the default branch.'
  );
}
