import type { Context, MergeRequest } from '../model/context.ts';

/**
 * What GitLab takes as the name of a resource group: `environment_name_regex` in `lib/gitlab/regex.rb` of
 * gitlabhq/gitlabhq.
 */
const resourceGroup = /^[\w${}. -](?:[\w/${}. -]*[\w${}. -])?$/;
const maxCharacters = 255;

/** GitLab's `CI_COMMIT_REF_SLUG` of a branch. Source: https://docs.gitlab.com/ci/variables/predefined_variables/ */
function slugOf(branch: string): string {
  return branch
    .toLowerCase()
    .replace(/[^a-z0-9]/gu, '-')
    .slice(0, 63)
    .replace(/^-+|-+$/g, '');
}

/**
 * The resource group in which the component runs the jobs that write the note of this key. Pipelines of a merge request
 * and of its branch both know the source branch, so they share one; its number is known in pipelines of merge requests
 * only. Branches with the same slug share one, too, which only makes them wait.
 */
export function lockNameOf({ sourceBranch }: Pick<MergeRequest, 'sourceBranch'>, key: string): string {
  return `herald/${slugOf(sourceBranch)}/${key}`;
}

/**
 * True when GitLab runs no other report job of this note meanwhile: the job is in the resource group of the note. A
 * name that GitLab refuses makes no group, without an error; and each project has groups of its own, so a fork's holds
 * nothing. Source: `lib/gitlab/ci/pipeline/seed/processable/resource_group.rb` of gitlabhq/gitlabhq.
 */
export function holdsLock(
  { lock, runsInFork }: Pick<Context, 'lock' | 'runsInFork'>,
  mergeRequest: Pick<MergeRequest, 'sourceBranch'>,
  key: string,
): boolean {
  if (lock === null || runsInFork || lock !== lockNameOf(mergeRequest, key)) return false;
  return lock.length <= maxCharacters && resourceGroup.test(lock);
}
