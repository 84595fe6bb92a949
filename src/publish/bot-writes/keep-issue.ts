import type { KeyedIssue } from '../../model/facts.ts';
import { withIssueMarker } from '../../model/issue-marker.ts';
import { withIssueRecord } from '../../model/issue-record.ts';
import { shortMarkerText } from '../../model/marker-text.ts';
import { fetchKeptIssues } from '../kept-issue.ts';
import { writeComment } from './comments.ts';
import { done, type Performed, type Performer, type PerformerWorld, there } from './performer.ts';

type KeepIssue = Parameters<Performer<'keepIssue'>>[0];

async function descriptionOf(
  { project, key, document, record }: KeepIssue,
  { gitlab, renderMarkdown }: PerformerWorld,
): Promise<string> {
  const { id: authorId } = await gitlab.fetchCurrentUser();
  const sign = (words: string): string => gitlab.signature(words);
  const name = shortMarkerText(key);
  const body = renderMarkdown(document);
  const withRecord = withIssueRecord({ record, body }, { project, authorId, key: name }, sign);
  return withIssueMarker({ key: name, body: withRecord }, { project, authorId }, sign);
}

/** Those that can have the words: what is confidential stays out of an issue that everybody can read. */
async function fetchFitting(
  { project, key, confidential }: KeepIssue,
  { gitlab }: PerformerWorld,
): Promise<readonly KeyedIssue[]> {
  const issues = await fetchKeptIssues({ project, key }, gitlab);
  return issues.filter((issue) => issue.confidential || !confidential);
}

/**
 * If two runs open one at the same time, the first issue stays; issues cannot be deleted, so the other one is closed
 * and points to it.
 */
async function open(action: KeepIssue, world: PerformerWorld): Promise<Performed> {
  const { gitlab } = world;
  const { project, title, labels, assigneeIds, confidential } = action;
  const [standing] = await fetchFitting(action, world);
  if (standing !== undefined) return there(standing.url, title);
  const description = await descriptionOf(action, world);
  const created = await gitlab.createIssue(project, {
    title,
    description,
    labels,
    assigneeIds,
    confidential,
  });
  const [first] = (await fetchFitting(action, world)).filter(({ iid }) => iid < created.iid);
  if (first === undefined) return done(created.url, title);
  const on = { kind: 'issue', project, iid: created.iid } as const;
  await gitlab.editWorkItem(on, { description: `Duplicate of #${first.iid}.`, state: 'closed' });
  return there(first.url, title);
}

export const performKeepIssue: Performer<'keepIssue'> = async (action, cause, world) => {
  const { project, iid, state, comment } = action;
  if (iid === null) return state === 'closed' ? there() : open(action, world);
  const on = { kind: 'issue', project, iid } as const;
  // First, so that a run that is stopped in between writes it when it is tried again.
  if (comment !== null)
    await writeComment({ on, key: comment.key, text: world.renderMarkdown(comment.document) }, cause, world);
  await world.gitlab.editWorkItem(on, { description: await descriptionOf(action, world), state });
  return done(null, action.title);
};
