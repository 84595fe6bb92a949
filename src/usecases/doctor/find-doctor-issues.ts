import type { Users } from '../../gitlab/ports/port.ts';
import type { Search } from '../../gitlab/ports/search.ts';
import type { Triggers } from '../../gitlab/ports/setup.ts';
import type { WorkItems } from '../../gitlab/ports/work-items.ts';
import type { IssueFacts } from '../../model/facts.ts';
import { claimedIssue } from '../../model/issue-marker.ts';
import { accessLevels } from '../../model/person.ts';

/** The key and title of the issue that doctor keeps. */
export const doctorIssue = { key: 'doctor', title: 'Herald needs somebody to look after it' } as const;

/** The number of issues with that title to check; one is doctor's, others may be imitations by strangers. */
const maxCandidates = 20;

/** An open issue of doctor. */
export interface DoctorIssue {
  readonly iid: number;
  readonly url: string;
  readonly isOwn: boolean;
}

/**
 * Whether doctor opened an issue with another token. Nobody can check the proof of another token, so GitLab's answers
 * count: its author is the one in the marker, the issue is confidential, and the author is a Developer of the project,
 * who can see what doctor writes and can close and edit its issues. A stranger's issue never meets all three
 * conditions.
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
    // An issue of the own user was opened with an earlier token.
    if (facts !== null && (await isOfDoctor(facts, gitlab)))
      issues.push({ iid, url: facts.url, isOwn: facts.author.id === id });
  }
  return issues.sort((a, b) => a.iid - b.iid);
}
