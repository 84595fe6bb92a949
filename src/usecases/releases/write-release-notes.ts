import { shippedAction } from '../../bot/shipped-action.ts';
import { UsageError } from '../../errors.ts';
import type { WorkItems } from '../../gitlab/ports/work-items.ts';
import type { BotAction, Cause } from '../../model/bot-write.ts';
import type { Document } from '../../model/document.ts';
import type { MilestoneFacts } from '../../model/facts.ts';
import { addressInProject } from '../../model/project-address.ts';
import type { Release } from '../../model/release.ts';
import { type PerformedWrite, performBotWrites } from '../../publish/perform-bot-writes.ts';
import { renderMarkdown } from '../../render/markdown/render-markdown.ts';

type PerformerWorld = Parameters<typeof performBotWrites>[0];

/** What a script wants to become of the notes. */
export interface NotesWish {
  readonly project: { readonly id: number; readonly url: string };
  readonly toRelease: boolean;
  /** Whether a tag without a release gets one. */
  readonly create: boolean;
  readonly markShipped: boolean;
  readonly labels: readonly string[];
  /** Title; null = none. */
  readonly milestone: string | null;
  readonly dryRun: boolean;
}

const cause: Cause = { by: 'herald release-notes', event: 'command line', config: null, permission: null };

async function milestoneOf(
  { milestone, project }: NotesWish,
  gitlab: Pick<WorkItems, 'fetchMilestones'>,
): Promise<MilestoneFacts | null> {
  if (milestone === null) return null;
  const found = (await gitlab.fetchMilestones(project.id)).find(({ title }) => title === milestone);
  if (found === undefined) throw new UsageError(`no active milestone ${JSON.stringify(milestone)} found`);
  return found;
}

/**
 * Issues of other projects, which are never marked: who may merge here need not have a say there, and would speak there
 * through the bot. In words, once; null where there are none.
 */
function issuesElsewhere({ mergeRequests, commits }: Release, { url }: NotesWish['project']): string | null {
  const names = [...mergeRequests, ...commits]
    .flatMap(({ closes }) => closes)
    .flatMap((one) =>
      one.kind === 'issue' && !one.url.startsWith(`${url}/-/`) ? [`${one.project}#${one.iid}`] : [],
    );
  const [first, ...more] = new Set(names);
  if (first === undefined) return null;
  const rest = more.length === 0 ? '' : ` and ${more.length} more`;
  return `issues of other projects are not marked: ${first}${rest}`;
}

async function actionsOf(
  { release, notes }: { readonly release: Release; readonly notes: Document },
  wish: NotesWish,
  { gitlab, log }: Pick<PerformerWorld, 'gitlab' | 'log'>,
): Promise<readonly BotAction[]> {
  const { project, toRelease, create, markShipped, labels } = wish;
  if (!toRelease && !markShipped) return [];
  const { tag } = release;
  if (tag === null)
    throw new UsageError('what is not released yet has no release', { hint: 'give the tag of a release' });
  const url = addressInProject(project.url, 'releases', tag);
  const written: readonly BotAction[] = toRelease
    ? [{ do: 'writeReleaseNotes', project: project.id, tag, url, document: notes, create }]
    : [];
  if (!markShipped) return written;
  const others = issuesElsewhere(release, project);
  if (others !== null) log.info(others);
  const milestone = await milestoneOf(wish, gitlab);
  const shipped = shippedAction(release, { project, labels, milestone });
  return shipped === null ? written : [...written, shipped];
}

/**
 * Writes notes to their release, and marks what the release brought, as far as it is wanted. Throws `UsageError`, and
 * `GitLabUnreachableError` where it must stop: the next run goes on.
 */
export async function writeReleaseNotes(
  found: { readonly release: Release; readonly notes: Document },
  wish: NotesWish,
  world: Omit<PerformerWorld, 'renderMarkdown'>,
): Promise<readonly PerformedWrite[]> {
  const actions = await actionsOf(found, wish, world);
  const writes = actions.map((action) => ({ action, cause }));
  return performBotWrites({ ...world, renderMarkdown }, writes, { dryRun: wish.dryRun });
}
