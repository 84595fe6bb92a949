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
 * says 403 or 404: that is an outcome, not an error, because the note says the same. Throws `GitLabRefusedError` for
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
    if (!isForkRefusal(error, wanted.context)) throw error;
    const reason =
      `GitLab does not let this token set a status on the pipeline of a fork (HTTP ${error.status ?? 0}); ` +
      'the note says the same.';
    return { outcome: 'refused', reason, write };
  }
}

function isForkRefusal(error: unknown, { runsInFork, mergeRequest }: Context): error is GitLabRefusedError {
  const isOfFork = runsInFork || mergeRequest?.fork === true;
  return isOfFork && error instanceof GitLabRefusedError && (error.status === 403 || error.status === 404);
}
