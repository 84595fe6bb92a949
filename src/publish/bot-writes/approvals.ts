import { done, gone, refused, there } from './performed.ts';
import type { Performer } from './performer.ts';

/** GitLab checks the head once more when it approves. */
export const performApprove: Performer<'approve'> = async ({ on, sha }, _cause, { gitlab }) => {
  if (on.kind === 'issue') return refused('Only merge requests can be approved.');
  const facts = await gitlab.fetchMergeRequestFacts(on.project, on.iid);
  if (facts === null) return gone(on);
  if (facts.state !== 'opened') return refused(`The merge request is now ${facts.state}.`);
  if (facts.headSha !== sha) return refused('Somebody has pushed to the merge request since then.');
  const outcome = await gitlab.approve(on.project, on.iid, sha);
  return outcome === 'approved' ? done(facts.url) : there(facts.url);
};
