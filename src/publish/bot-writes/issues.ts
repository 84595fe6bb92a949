import { createHash } from 'node:crypto';
import type { Cause } from '../../model/bot-write.ts';
import type { Document } from '../../model/document.ts';
import type { KeyedIssue } from '../../model/facts.ts';
import { withIssueMarker } from '../../model/issue-marker.ts';
import { shortMarkerText } from '../../model/marker-text.ts';
import type { Noteable } from '../../model/noteable.ts';
import { writeComment } from './comments.ts';
import { done, type Performed, type Performer, type PerformerWorld, refused, there } from './performer.ts';

interface IssueKey {
  readonly project: number;
  readonly key: string;
}

/** Own issues of a key, the first one first. */
async function fetchIssuesOf(
  { project, key }: IssueKey,
  { gitlab }: PerformerWorld,
): Promise<readonly KeyedIssue[]> {
  const own = await gitlab.fetchOwnIssues(project);
  const name = shortMarkerText(key);
  return own.filter((issue) => issue.key === name).sort((a, b) => a.iid - b.iid);
}

function noteableOf({ project }: IssueKey, { iid }: { readonly iid: number }): Noteable {
  return { kind: 'issue', project, iid };
}

interface Saying {
  readonly on: Noteable;
  /** The cause of the comment: a second comment for the same cause is not written. */
  readonly occasion: string;
  readonly document: Document;
}

function say({ on, occasion, document }: Saying, cause: Cause, world: PerformerWorld): Promise<Performed> {
  const text = world.renderMarkdown(document);
  return writeComment({ on, key: `issue/${occasion}`, text }, cause, world);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

type OpenIssue = Parameters<Performer<'openIssue'>>[0];

/** Confidential things are not written into an issue of that key that everybody can read: then there are two issues. */
async function fetchFitting(action: OpenIssue, world: PerformerWorld): Promise<readonly KeyedIssue[]> {
  const issues = await fetchIssuesOf(action, world);
  return issues.filter((issue) => issue.confidential || !action.confidential);
}

/**
 * If two runs open one at the same time, the first issue stays; issues cannot be deleted, so the other one is closed
 * and points to it.
 */
async function create(action: OpenIssue, world: PerformerWorld): Promise<Performed> {
  const { gitlab } = world;
  const { project, key, title, labels, assigneeIds, confidential } = action;
  const { id: authorId } = await gitlab.fetchCurrentUser();
  const body = world.renderMarkdown(action.document);
  const description = withIssueMarker({ key, body }, { project, authorId }, (text) => gitlab.signature(text));
  const issue = { title, description, labels, assigneeIds, confidential };
  const created = await gitlab.createIssue(project, issue);
  const [first] = (await fetchFitting(action, world)).filter(({ iid }) => iid < created.iid);
  if (first === undefined) return done(created.url, title);
  const pointer = `Duplicate of #${first.iid}.`;
  await gitlab.editWorkItem(noteableOf(action, created), { description: pointer, state: 'closed' });
  return there(first.url, title);
}

/** Reopens a closed issue with the reason; comments on an open one only if there is something new. */
async function renew(
  issue: KeyedIssue,
  action: OpenIssue,
  { cause, world }: { readonly cause: Cause; readonly world: PerformerWorld },
): Promise<Performed> {
  const on = noteableOf(action, issue);
  const { repeat, title } = action;
  if (issue.state === 'closed') {
    await world.gitlab.editWorkItem(on, { state: 'opened' });
    const document = repeat ?? action.document;
    await say({ on, occasion: `reopened/${issue.updatedAt}`, document }, cause, world);
    return done(issue.url, title);
  }
  if (repeat === null) return there(issue.url, title);
  const occasion = `repeated/${hashOf(world.renderMarkdown(repeat))}`;
  const { outcome } = await say({ on, occasion, document: repeat }, cause, world);
  return { outcome, url: issue.url, detail: title };
}

export const performOpenIssue: Performer<'openIssue'> = async (action, cause, world) => {
  const issues = await fetchFitting(action, world);
  const issue = issues.find(({ state }) => state === 'opened') ?? issues[0];
  return issue === undefined ? create(action, world) : renew(issue, action, { cause, world });
};

export const performCloseIssue: Performer<'closeIssue'> = async (action, cause, world) => {
  const open = (await fetchIssuesOf(action, world)).filter(({ state }) => state === 'opened');
  for (const issue of open) {
    const on = noteableOf(action, issue);
    // Closed first: a second run finds no open issue, so it does not repeat the comment.
    await world.gitlab.editWorkItem(on, { state: 'closed' });
    const { document } = action;
    if (document !== null) await say({ on, occasion: `closed/${issue.updatedAt}`, document }, cause, world);
  }
  const [first] = open;
  return first === undefined ? there() : done(first.url);
};

export const performLinkIssues: Performer<'linkIssues'> = async ({ from, to }, _cause, { gitlab }) => {
  if (from.kind !== 'issue' || to.kind !== 'issue') return refused('GitLab links only issues with issues.');
  const outcome = await gitlab.linkIssues(from, to);
  return outcome === 'linked' ? done() : there();
};
