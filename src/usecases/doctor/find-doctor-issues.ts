import type { Users } from '../../gitlab/ports/port.ts';
import type { Search } from '../../gitlab/ports/search.ts';
import type { Triggers } from '../../gitlab/ports/setup.ts';
import type { WorkItems } from '../../gitlab/ports/work-items.ts';
import type { IssueFacts } from '../../model/facts.ts';
import { claimedIssue } from '../../model/issue-marker.ts';
import { accessLevels } from '../../model/person.ts';

/** The key and title of the issue that doctor keeps. */
export const doctorIssue = { key: 'doctor', title: 'Herald needs somebody to look after it' } as const;

/** Issues of that title that are looked at; there is one, and what strangers write to look like it. */
const maxCandidates = 20;

/** An open issue of doctor. */
export interface DoctorIssue {
  readonly iid: number;
  readonly url: string;
  readonly isOwn: boolean;
}

/**
 * Whether an issue is what another token's doctor opened. The proof of another token cannot be checked, so that
 * GitLab's word counts: it names the author that the marker names, the issue is confidential, and its author is a
 * developer of the project, who may see what doctor writes, and may close and edit its issues. Of a stranger's issue
 * none of this is true together.
 */
async function isOfDoctor(facts: IssueFacts, gitlab: Pick<Triggers, 'fetchAccessLevel'>): Promise<boolean> {
  const { at, author, confidential, description } = facts;
  const claim = claimedIssue(description);
  if (claim?.key !== doctorIssue.key || claim.authorId !== author.id) return false;
  if (!confidential || !author.active) return false;
  return (await gitlab.fetchAccessLevel(at.project, author.id)) >= accessLevels.developer;
}

/** Open issues of doctor in a project, whichever token opened them, the oldest first. */
export async function findDoctorIssues(
  project: number,
  gitlab: Pick<Users, 'fetchCurrentUser'> &
    Pick<Search, 'searchIssues'> &
    Pick<Triggers, 'fetchAccessLevel'> &
    Pick<WorkItems, 'fetchOwnIssues' | 'fetchIssueFacts'>,
): Promise<readonly DoctorIssue[]> {
  const own = (await gitlab.fetchOwnIssues(project)).filter(
    ({ key, state }) => key === doctorIssue.key && state === 'opened',
  );
  const issues: DoctorIssue[] = own.map(({ iid, url }) => ({ iid, url, isOwn: true }));
  const { id } = await gitlab.fetchCurrentUser();
  const named = await gitlab.searchIssues(project, { query: doctorIssue.title, limit: maxCandidates });
  for (const { iid, state } of named) {
    if (iid === null || state !== 'opened' || issues.some((one) => one.iid === iid)) continue;
    const facts = await gitlab.fetchIssueFacts(project, iid);
    // One of the own user was opened with the token that he had before.
    if (facts !== null && (await isOfDoctor(facts, gitlab)))
      issues.push({ iid, url: facts.url, isOwn: facts.author.id === id });
  }
  return issues.sort((a, b) => a.iid - b.iid);
}
