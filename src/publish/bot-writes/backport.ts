import { GitLabRefusedError } from '../../errors.ts';
import type { BotAction } from '../../model/bot-write.ts';
import { done, type Performed, type Performer, type PerformerWorld, refused, there } from './performer.ts';

type Backport = Extract<BotAction, { readonly do: 'backport' }>;

/**
 * Branches below `herald/` are the bot's own: a branch that a killed run left is created again. A branch of a closed or
 * merged merge request may contain work of people.
 */
function branchOf({ on, branch }: Backport): string {
  return `herald/backport-${on.iid}-to-${branch}`;
}

/** The first commit that does not apply, null when all did. */
async function pickAll(
  { on, shas }: Backport,
  source: string,
  { gitlab }: PerformerWorld,
): Promise<string | null> {
  for (const sha of shas)
    try {
      await gitlab.cherryPick(on.project, sha, source);
    } catch (error) {
      if (error instanceof GitLabRefusedError && error.status === 400) return sha;
      throw error;
    }
  return null;
}

async function openMergeRequest(
  action: Backport,
  source: string,
  { gitlab }: PerformerWorld,
): Promise<Performed> {
  const { on, branch, title } = action;
  const { url } = await gitlab.createMergeRequest(on.project, {
    sourceBranch: source,
    targetBranch: branch,
    title,
    description: `Backport of !${on.iid}.`,
  });
  return done(url);
}

function leftBehind(source: string, iid: number): string {
  return `the branch ${source} of !${iid}, which is no longer open, still exists: reopen the merge request, or delete the branch`;
}

/**
 * Creates a branch from the target with the cherry-picked commits, and a merge request; leaves nothing when a commit
 * does not apply.
 */
export const performBackport: Performer<'backport'> = async (action, _cause, world) => {
  const { on, branch } = action;
  const { gitlab } = world;
  const source = branchOf(action);
  const earlier = await gitlab.findMergeRequest(on.project, { source, target: branch });
  if (earlier?.isOpen === true) return there(earlier.url);
  if (!(await gitlab.fetchBranchExists(on.project, branch))) return refused(`branch ${branch} not found`);
  if (await gitlab.fetchBranchExists(on.project, source)) {
    if (earlier !== null) return refused(leftBehind(source, earlier.iid), earlier.url);
    await gitlab.removeBranch(on.project, source);
  }
  await gitlab.createBranch(on.project, source, branch);
  const conflict = await pickAll(action, source, world);
  if (conflict === null) return openMergeRequest(action, source, world);
  await gitlab.removeBranch(on.project, source);
  return refused(
    `commit ${conflict.slice(0, 8)} does not apply to ${branch}: cherry-pick it by hand with git cherry-pick -x, and open a merge request`,
  );
};
