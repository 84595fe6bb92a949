import { shortMarkerText } from '../../model/marker-text.ts';
import type { Noteable } from '../../model/noteable.ts';
import { accessLevels } from '../../model/person.ts';
import { fetchOwnBotNotes, markOwner } from '../own-bot-notes.ts';
import { writeComment } from './comments.ts';
import {
  done,
  gone,
  type Performed,
  type Performer,
  type PerformerWorld,
  refused,
  there,
} from './performer.ts';

type Closing = Parameters<Performer<'closeReferenced'>>[0];

/**
 * The bot may close issues that the user who merged could not: as with GitLab's own closing, the right of that user
 * counts. GitLab lets a Planner close issues: https://docs.gitlab.com/user/permissions/#project-planning
 */
async function whyNotAllowed(
  { on, iid, mergedById }: Closing,
  project: number,
  { gitlab }: PerformerWorld,
): Promise<Performed | null> {
  if (mergedById === null) return refused(`GitLab does not say who merged !${on.iid}.`);
  const member = await gitlab.fetchMember(project, mergedById);
  if (member !== null && member.active && member.accessLevel >= accessLevels.planner) return null;
  return refused(`The user who merged !${on.iid} cannot close issue #${iid} of project ${project}.`);
}

/**
 * Closed first, and commented then: a second run finds a closed issue and is silent. An issue that has the comment and
 * is open was opened again by somebody: that stays.
 */
export const performCloseReferenced: Performer<'closeReferenced'> = async (action, cause, world) => {
  const { gitlab } = world;
  const { on, iid, document } = action;
  const project =
    typeof action.project === 'number' ? action.project : (await gitlab.fetchProject(action.project)).id;
  const why = await whyNotAllowed(action, project, world);
  if (why !== null) return why;
  const issue: Noteable = { kind: 'issue', project, iid };
  const facts = await gitlab.fetchIssueFacts(project, iid);
  if (facts === null) return gone(issue);
  if (facts.state === 'closed') return there(facts.url);
  const key = `closed-by/${on.project}-${on.iid}`;
  const owner = await markOwner(gitlab, issue);
  const told = await fetchOwnBotNotes(gitlab, owner, { kind: 'note', key: shortMarkerText(key) });
  if (told.length > 0)
    return there(facts.url, 'It was closed for this before, and somebody opened it again.');
  await gitlab.editWorkItem(issue, { state: 'closed' });
  await writeComment({ on: issue, key, text: world.renderMarkdown(document) }, cause, world);
  return done(facts.url);
};
