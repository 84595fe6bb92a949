import type { ReportOptions } from '../../../config/report-options.ts';
import { GitLabError, GitLabRefusedError } from '../../../errors.ts';
import type { HeadPipelines, StandingStatus } from '../../../gitlab/ports/head-pipelines.ts';
import type { GitLab } from '../../../gitlab/ports/port.ts';
import type { Context } from '../../../model/context.ts';
import { failsJob } from '../../../model/gate.ts';
import type { CommitStatus, StatusState } from '../../../model/write.ts';
import { statusName, type WantedStatus } from '../../../publish/plan-status.ts';
import { type PublishedStatus, publishStatus } from '../../../publish/publish-status.ts';
import { checkNames } from '../../../render/comment/check-verdicts.ts';
import { fullReportAddress } from '../../../render/comment/report-address.ts';
import type { Troubles } from '../../troubles.ts';
import type { ConnectedWorld } from '../../world.ts';
import type { Standing } from '../standing-statuses.ts';
import type { ToPublish } from './to-publish.ts';

interface Said {
  /** Null for the status of the whole run. */
  readonly check: string | null;
  readonly state: StatusState;
  readonly words: string;
}

interface StatusRun {
  readonly options: ReportOptions;
  readonly context: Context;
  readonly world: ConnectedWorld;
}

/**
 * Sets the commit statuses, one after the other, as GitLab locks the commit for each. With one status per check, those
 * of this pipeline that somebody set to pending or running and that have no result now are finished as skipped: an open
 * status would keep the merge waiting.
 */
export async function publishStatuses(
  { options, summary, rendered }: ToPublish,
  world: ConnectedWorld,
  troubles: Troubles,
): Promise<readonly PublishedStatus[]> {
  if (options.status === 'none') return [];
  const run = { options, context: summary.context, world };
  const state = summary.gates.some(failsJob) ? 'failed' : 'success';
  const said: readonly Said[] =
    options.status === 'one' ? [{ check: null, state, words: rendered.verdict }] : rendered.checks;
  const done = await setAll(said, run, troubles);
  if (options.status === 'one' || done.length < said.length) return done;
  const words = 'Nothing of this kind was found.';
  const left = await troubles.attempt('the statuses that are still open', () => openChecks(run, said));
  const finished = (left ?? []).map((check) => ({ check, state: 'skipped', words }) as const);
  return [...done, ...(await setAll(finished, run, troubles))];
}

/** Finishes as failed what is still pending or running under this run's names: it ends without a result. */
export async function abandonStatuses(
  { options, context, world }: StatusRun,
  troubles: Troubles,
): Promise<void> {
  if (options.status === 'none' || options.dryRun) return;
  const run = { options, context, world };
  const words = 'Herald ended without a result; see its job.';
  const left = await troubles.attempt('the statuses that are still open', () => openChecks(run, []));
  const failed = (left ?? []).map((check) => ({ check, state: 'failed', words }) as const);
  await setAll(failed, run, troubles);
}

/** Jobs that share a note have a status each: one that passes would hide another one's that failed. */
function keyOf({ key, section }: ReportOptions): string {
  return section === null ? key : `${key}/${section}`;
}

async function openChecks(
  { options, context, world }: StatusRun,
  said: readonly Said[],
): Promise<readonly (string | null)[]> {
  const open = await world.gitlab.fetchOpenStatuses(context.project.id, context.commit.sha);
  const names = open
    .filter(({ pipelineId }) => pipelineId === null || pipelineId === context.pipeline.id)
    .map(({ name }) => name);
  return [null, ...checkNames].filter(
    (check) =>
      names.includes(statusName({ key: keyOf(options), check }, context.job.name)) &&
      !said.some((result) => result.check === check),
  );
}

/** Ends at the first that is refused: the others would be, too. */
async function setAll(
  said: readonly Said[],
  run: StatusRun,
  troubles: Troubles,
): Promise<readonly PublishedStatus[]> {
  const { log } = run.world;
  const done: PublishedStatus[] = [];
  for (const one of said) {
    const published = await troubles.attempt('the commit status', () => setOne(one, run));
    if (published === null) break;
    const say = published.outcome === 'refused' ? log.warn : log.info;
    say(`${published.write.status.name}: ${published.reason}`);
    done.push(published);
    if (published.outcome === 'refused') break;
  }
  return done;
}

/** GitLab knows `skipped` since 17.6; before, a check without a result passes. */
async function setOne(
  { check, state, words }: Said,
  { options, context, world }: StatusRun,
): Promise<PublishedStatus> {
  const targetUrls = [fullReportAddress(context), context.job.url];
  const { dryRun } = options;
  const wanted: WantedStatus = { context, key: keyOf(options), check, state, description: words, targetUrls };
  try {
    return await publishStatus(world, wanted, { dryRun });
  } catch (error) {
    const isUnknown = error instanceof GitLabRefusedError && error.status === 400;
    if (!isUnknown || state !== 'skipped') throw error;
    return publishStatus(world, { ...wanted, state: 'success' }, { dryRun });
  }
}

type Statuses = Pick<GitLab, 'setStatus'>;

function says(standing: StandingStatus, wanted: CommitStatus): boolean {
  return (
    standing.name === wanted.name &&
    (standing.pipelineId === null || standing.pipelineId === wanted.pipelineId) &&
    standing.state === wanted.state &&
    (standing.description ?? '') === wanted.description.trim()
  );
}

/** Null where GitLab does not say: then the status is set, once more at worst. */
async function standingOn(
  { projectId, sha }: Pick<CommitStatus, 'projectId' | 'sha'>,
  gitlab: Pick<HeadPipelines, 'fetchStandingStatuses'>,
): Promise<Standing> {
  try {
    return await gitlab.fetchStandingStatuses(projectId, sha);
  } catch (error) {
    if (!(error instanceof GitLabError)) throw error;
    return null;
  }
}

/**
 * Sets the statuses of one commit that are not yet set. GitLab adds another one each time that a finished status is set
 * again, which a job that runs again would do, and a sweep for ever. One request more where the run did not ask which
 * statuses are set.
 */
export function statusesOnce(
  gitlab: Statuses & Pick<HeadPipelines, 'fetchStandingStatuses'>,
  asked: Promise<Standing> | null,
): Statuses {
  let standing = asked;
  return {
    async setStatus(status) {
      standing ??= standingOn(status, gitlab);
      const isThere = (await standing)?.some((one) => says(one, status)) === true;
      return isThere ? 'unchanged' : gitlab.setStatus(status);
    },
  };
}
