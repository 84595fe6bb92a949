import { createHash } from 'node:crypto';
import type { BotAction } from '../../model/bot-write.ts';
import { quarantinePath as path } from '../../model/quarantine.ts';
import { done, type Performed, type Performer, type PerformerWorld, refused, there } from './performer.ts';

type Quarantine = Extract<BotAction, { readonly do: 'quarantineTest' }>;

const maxBytes = 512 * 1024;

/** Branches below `herald/` are the bot's own; one for a test and a day, so that a second wish finds the first. */
function branchOf({ test, expires }: Quarantine): string {
  const hash = createHash('sha256').update(`${test}\n${expires}`).digest('hex');
  return `herald/quarantine-${hash.slice(0, 12)}`;
}

async function commitAndOpen(
  action: Quarantine,
  source: string,
  { gitlab, renderMarkdown }: PerformerWorld,
): Promise<Performed> {
  const { project, branch, before, after, expires, title, document } = action;
  const file = { path, content: new TextEncoder().encode(after) };
  try {
    // No word of strangers: a commit can close issues and mention people.
    await gitlab.commitFiles(project, {
      branch: source,
      message: `Quarantine a failing test until ${expires}`,
      actions: [{ action: before === null ? 'create' : 'update', file }],
    });
  } catch (error) {
    await gitlab.removeBranch(project, source);
    throw error;
  }
  const { url } = await gitlab.createMergeRequest(project, {
    sourceBranch: source,
    targetBranch: branch,
    title,
    description: renderMarkdown(document),
  });
  return done(url);
}

/**
 * A branch from the target with the changed file, and a merge request, once for a test and a day. Nothing where the
 * file is no longer as it was when the change was planned.
 */
export const performQuarantineTest: Performer<'quarantineTest'> = async (action, _cause, world) => {
  const { project, branch, before } = action;
  const { gitlab } = world;
  const source = branchOf(action);
  const earlier = await gitlab.findMergeRequest(project, { source, target: branch });
  if (earlier?.isOpen === true) return there(earlier.url);
  if (await gitlab.fetchBranchExists(project, source)) {
    if (earlier !== null)
      return refused(
        `the branch ${source} of !${earlier.iid}, which is no longer open, still exists: reopen the merge request, or delete the branch`,
        earlier.url,
      );
    // A killed run left it.
    await gitlab.removeBranch(project, source);
  }
  const now = await gitlab.fetchFile({ project, path, ref: `refs/heads/${branch}` }, maxBytes);
  if ((now === null ? null : new TextDecoder().decode(now)) !== before)
    return refused(`${path} changed in the meantime: say it again`);
  await gitlab.createBranch(project, source, branch);
  return commitAndOpen(action, source, world);
};
