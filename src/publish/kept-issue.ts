import type { Users } from '../gitlab/ports/port.ts';
import type { WorkItems } from '../gitlab/ports/work-items.ts';
import type { KeyedIssue } from '../model/facts.ts';
import { withIssueMarker } from '../model/issue-marker.ts';
import { shortMarkerText } from '../model/marker-text.ts';

/** An issue that Herald keeps: one of a key in a project. */
export interface IssuePlace {
  readonly project: number;
  readonly key: string;
}

/** Own issues of the key, the oldest first. */
export async function fetchKeptIssues(
  { project, key }: IssuePlace,
  gitlab: Pick<WorkItems, 'fetchOwnIssues'>,
): Promise<readonly KeyedIssue[]> {
  const name = shortMarkerText(key);
  const own = await gitlab.fetchOwnIssues(project);
  return own.filter((issue) => issue.key === name).sort((a, b) => a.iid - b.iid);
}

/** A description with the marker of the key and the proof that this token wrote it. */
export async function keptDescription(
  body: string,
  { project, key }: IssuePlace,
  gitlab: Users,
): Promise<string> {
  const { id: authorId } = await gitlab.fetchCurrentUser();
  return withIssueMarker({ key, body }, { project, authorId }, (words) => gitlab.signature(words));
}

/**
 * Gives an issue this text and opens it, unless it is open and says so already. True when something was written. Throws
 * GitLab's refusals.
 */
export async function renewKeptIssue(
  issue: KeyedIssue,
  { place, body }: { readonly place: IssuePlace; readonly body: string },
  gitlab: Users & Pick<WorkItems, 'editWorkItem'>,
): Promise<boolean> {
  const description = await keptDescription(body, place, gitlab);
  if (issue.state === 'opened' && issue.description.trim() === description.trim()) return false;
  const { project } = place;
  await gitlab.editWorkItem({ kind: 'issue', project, iid: issue.iid }, { description, state: 'opened' });
  return true;
}
