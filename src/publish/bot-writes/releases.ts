import { GitLabRefusedError } from '../../errors.ts';
import type { Cause, ShippedItem } from '../../model/bot-write.ts';
import { counted } from '../../model/plural.ts';
import { planReleaseText } from '../plan-release-text.ts';
import { commentOnce } from './comments.ts';
import { done, type Performed, type Performer, type PerformerWorld, refused, there } from './performer.ts';

/** Its notes are between marks, so that people can write around them. */
export const performWriteReleaseNotes: Performer<'writeReleaseNotes'> = async (action, _cause, world) => {
  const { gitlab, renderMarkdown } = world;
  const { project, tag, url, document, create } = action;
  const notes = renderMarkdown(document);
  const found = await gitlab.fetchReleaseText(project, tag);
  if (found === null && !create)
    return refused(
      `The tag ${tag} has no release: make it first, or let Herald make it (--create, or create: true in a rule).`,
    );
  if (found === null) {
    const plan = planReleaseText('', notes);
    const description = plan.kind === 'write' ? plan.description : '';
    if ((await gitlab.createRelease(project, tag, description)) === 'created') return done(url);
  }
  // Another run made it in between.
  const release = found ?? (await gitlab.fetchReleaseText(project, tag));
  if (release === null) return refused(`The release of ${tag} is gone again.`);
  const plan = planReleaseText(release.description, notes);
  if (plan.kind === 'same') return there(url);
  if (plan.kind === 'edited')
    return there(
      url,
      'Somebody edited the release notes: they stay. Delete them, and Herald writes new ones.',
    );
  await gitlab.updateReleaseText(project, tag, plan.description);
  return done(url);
};

/** The key of the comment by which a merge request or an issue says that a release has it. */
function shippedKey(tag: string): string {
  return `shipped/${tag}`;
}

interface Marking {
  readonly tag: string;
  readonly text: string;
  readonly cause: Cause;
  readonly world: PerformerWorld;
}

/**
 * True where something was written. The comment comes last: what has it is done, and a run that was stopped goes on
 * with what has none. Labels that people take off later stay off.
 */
async function markOne(
  { on, addLabels, milestoneId }: ShippedItem,
  { tag, text, cause, world }: Marking,
): Promise<boolean> {
  const before = async (): Promise<void> => {
    if (addLabels.length === 0 && milestoneId === null) return;
    await world.gitlab.editWorkItem(on, {
      ...(addLabels.length === 0 ? {} : { addLabels }),
      ...(milestoneId === null ? {} : { milestoneId }),
    });
  };
  return commentOnce({ on, key: shippedKey(tag), text }, cause, { ...world, before });
}

interface Counts {
  marked: number;
  there: number;
  readonly refusals: string[];
}

function outcomeOf({ marked, there: already, refusals }: Counts): Performed {
  const [first] = refusals;
  if (first !== undefined && marked + already === 0) return refused(first);
  const parts = [
    ...(marked === 0 ? [] : [`${marked} marked`]),
    ...(already === 0 ? [] : [`${already} already marked`]),
    ...(first === undefined
      ? []
      : [`${counted(refusals.length, { one: 'was', other: 'were' })} refused, the first because: ${first}`]),
  ];
  return marked === 0 ? there(null, parts.join(', ')) : done(null, parts.join(', '));
}

/**
 * One after the other: GitLab counts the notes of a user by the minute, and the transport waits as long as it asks.
 * What GitLab refuses for one does not stop the others; a GitLab that cannot be reached does, and the next run finds
 * what is done.
 */
export const performMarkShipped: Performer<'markShipped'> = async (action, cause, world) => {
  const { tag, items, document } = action;
  const marking = { tag, text: world.renderMarkdown(document), cause, world };
  const counts: Counts = { marked: 0, there: 0, refusals: [] };
  for (const item of items) {
    try {
      if (await markOne(item, marking)) counts.marked += 1;
      else counts.there += 1;
    } catch (error) {
      if (!(error instanceof GitLabRefusedError)) throw error;
      counts.refusals.push(error.message);
    }
  }
  return outcomeOf(counts);
};
