import type { WriteTarget } from '../context/write-target.ts';
import { UsageError } from '../errors.ts';
import type { MergeRequests, Statuses } from '../gitlab/ports/port.ts';
import type { Clock, Log } from '../io/port.ts';
import type { MergeRequest } from '../model/context.ts';
import { droppedLabels, whyDropped } from '../model/dropped-labels.ts';
import type { StatusState, Write } from '../model/write.ts';
import { planLabels } from '../publish/plan-labels.ts';
import { planStatusOf } from '../publish/plan-status.ts';
import { publishNote } from '../publish/publish-note.ts';
import { type PublishSectionWorld, publishSection } from '../publish/publish-section.ts';
import { findQuickActions } from '../render/markdown/find-quick-actions.ts';

export interface ScriptWorld {
  readonly gitlab: PublishSectionWorld['gitlab'] & MergeRequests & Pick<Statuses, 'setStatus'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly target: WriteTarget;
  readonly dryRun: boolean;
  /** What a script hands over may be the output of any tool: secrets in it are masked before it is written. */
  readonly mask: (text: string) => string;
}

async function mergeRequestOf({ gitlab, target }: ScriptWorld): Promise<MergeRequest> {
  const { project, mergeRequest: iid, sha } = target;
  if (iid !== null) return gitlab.fetchMergeRequest({ project, iid });
  if (sha !== null && typeof project === 'number') {
    const [only, ...others] = await gitlab.fetchOpenMergeRequestsOfCommit(project, sha);
    if (only !== undefined && others.length === 0) return only;
  }
  throw new UsageError('no merge request given', {
    hint: 'give --merge-request with its number',
  });
}

export interface ScriptComment {
  readonly markdown: string;
  readonly key: string;
  readonly section: string | null;
  readonly maxCharacters: number;
}

/**
 * Keeps a note with a text of a script's own. The text is parsed as Markdown and written again, like that of `append`:
 * it can hold headings, lists, tables, code and links, and neither HTML, mentions nor quick actions. What is beyond
 * `maxCharacters` is omitted, and the note and the log say how much that is.
 */
export async function writeComment(
  world: ScriptWorld,
  { markdown, key, section, maxCharacters }: ScriptComment,
): Promise<readonly Write[]> {
  const { target, dryRun, log, mask } = world;
  const mergeRequest = await mergeRequestOf(world);
  const { fitMarkdown } = await import('../render/markdown/fit-markdown.ts');
  const { body, omitted, total } = fitMarkdown(mask(markdown), maxCharacters);
  if (omitted > 0)
    log.warn(
      `the comment omits ${omitted} of ${total} characters, because it has room for ${maxCharacters}: write less, or raise --max-characters`,
    );
  const sha = target.sha ?? mergeRequest.headSha ?? '0'.repeat(40);
  const wanted = { place: mergeRequest, key, body, pipelineId: target.pipelineId ?? 0, sha };
  const how = { dryRun, findQuickActions, createMissing: true, locked: false };
  const published =
    section === null
      ? await publishNote(world, wanted, how)
      : await publishSection(world, { ...wanted, section }, how);
  log.info(published.reason);
  if (published.noteUrl !== null) log.info(`comment: ${published.noteUrl}`);
  return published.writes;
}

export interface ScriptStatus {
  readonly name: string;
  readonly state: StatusState;
  readonly description: string;
  readonly targetUrl: string | null;
}

/**
 * Sets a commit status of one pipeline; without a pipeline's id GitLab might make a new one, so that it is asked for.
 */
export async function writeStatus(
  { gitlab, log, target, dryRun, mask }: ScriptWorld,
  { name, state, description, targetUrl }: ScriptStatus,
): Promise<readonly Write[]> {
  const { project, sha, pipelineId, jobName } = target;
  if (sha === null || pipelineId === null)
    throw new UsageError('no pipeline given', { hint: 'give --sha and --pipeline' });
  const targetUrls = targetUrl === null ? [] : [mask(targetUrl)];
  const where = { projectId: project, sha, pipelineId, jobName };
  const write = planStatusOf(where, {
    name: mask(name),
    state,
    description: mask(description),
    targetUrls,
  });
  if (!dryRun) {
    const outcome = await gitlab.setStatus(write.status);
    log.info(outcome === 'set' ? `The status is ${state}.` : `The status was already ${state}.`);
  }
  return [write];
}

/** Adds and removes labels; writes nothing when they are already up to date. */
export async function writeLabels(
  world: ScriptWorld,
  { add, remove }: { readonly add: readonly string[]; readonly remove: readonly string[] },
): Promise<readonly Write[]> {
  if (add.length + remove.length === 0) throw new UsageError('herald label needs --add or --remove');
  const both = add.find((label) => remove.includes(label));
  if (both !== undefined) throw new UsageError(`"${both}" cannot be both added and removed`);
  const mergeRequest = await mergeRequestOf(world);
  const wanted = [
    ...add.map((label) => ({ label, present: true })),
    ...remove.map((label) => ({ label, present: false })),
  ];
  const write = planLabels(wanted, mergeRequest.labels, mergeRequest);
  if (write === null) {
    world.log.info('The labels are already up to date.');
    return [];
  }
  if (world.dryRun) return [write];
  const dropped = droppedLabels(write.add, await world.gitlab.changeLabels(write.mergeRequest, write));
  if (dropped.length > 0) world.log.warn(whyDropped(dropped));
  return [write];
}
