import type { Conversations } from '../gitlab/ports/conversations.ts';
import type { FoundIssue, Note, Users } from '../gitlab/ports/port.ts';
import type { OwnIssue, WorkItems } from '../gitlab/ports/work-items.ts';
import { type FlakyMark, type FlakyMarks, flakyIssue, flakyMarkOf } from '../model/flaky-mark.ts';
import type { Noteable } from '../model/noteable.ts';
import { type MarkOwner, ownBotMark } from './bot-marker.ts';

/** 1,000 comments. */
const maxPages = 10;

type Source = Pick<Users, 'signature'> &
  Pick<Conversations, 'fetchThreadPages'> &
  Pick<WorkItems, 'findOwnIssue'>;

type Comment = Pick<Note, 'authorId' | 'body' | 'createdAt' | 'id' | 'system'>;

/**
 * The marks among the comments of their issue; of two for one test the older comment's, in whatever order they come.
 */
function marksAmong(
  comments: readonly Comment[],
  issue: OwnIssue,
  gitlab: Pick<Users, 'signature'>,
): FlakyMarks {
  const on: Noteable = { kind: 'issue', project: issue.project, iid: issue.iid };
  const owner: MarkOwner = { on, authorId: issue.authorId, sign: (text) => gitlab.signature(text) };
  const byKey = new Map<string, FlakyMark>();
  for (const { body, authorId, system, createdAt } of comments.toSorted((a, b) => a.id - b.id)) {
    const own = authorId === owner.authorId && !system ? ownBotMark(body, owner) : null;
    const mark = own?.kind === 'note' ? flakyMarkOf({ ...own, createdAt }) : null;
    if (own !== null && mark !== null && !byKey.has(own.key)) byKey.set(own.key, mark);
  }
  return { on, byKey };
}

const noMarks: FlakyMarks = { on: null, byKey: new Map() };

/** The same of an issue that was looked for in another way; null where that does not say. Asks nothing. */
export function flakyMarksOf(found: FoundIssue, gitlab: Pick<Users, 'signature'>): FlakyMarks | null {
  if (found.kind === 'found') return marksAmong(found.comments, found.issue, gitlab);
  return found.kind === 'none' ? noMarks : null;
}

/**
 * The tests of a project that are marked as flaky, only from own comments with an own marker: text that others wrote or
 * pasted does not count. One request while the issue does not exist, else usually two. Throws what the port throws.
 */
export async function fetchFlakyMarks(project: number | string, gitlab: Source): Promise<FlakyMarks> {
  const issue = await gitlab.findOwnIssue(project, flakyIssue);
  if (issue === null) return noMarks;
  const comments: Comment[] = [];
  let pages = 0;
  for await (const page of gitlab.fetchThreadPages({
    kind: 'issue',
    project: issue.project,
    iid: issue.iid,
  })) {
    comments.push(...page.flatMap(({ notes }) => notes));
    pages += 1;
    if (pages >= maxPages) break;
  }
  return marksAmong(comments, issue, gitlab);
}
