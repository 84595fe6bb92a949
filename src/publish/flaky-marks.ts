import type { Conversations } from '../gitlab/ports/conversations.ts';
import type { Users } from '../gitlab/ports/port.ts';
import type { WorkItems } from '../gitlab/ports/work-items.ts';
import { type FlakyMark, type FlakyMarks, flakyIssue, flakyMarkOf } from '../model/flaky-mark.ts';
import type { Noteable } from '../model/noteable.ts';
import { type MarkOwner, ownBotMark } from './bot-marker.ts';

/** 1,000 comments. */
const maxPages = 10;

type Source = Pick<Users, 'signature'> &
  Pick<Conversations, 'fetchThreadPages'> &
  Pick<WorkItems, 'findOwnIssue'>;

/**
 * The tests of a project that are marked as flaky, only from own comments with an own marker: text that others wrote or
 * pasted does not count. One request while the issue does not exist, else usually two. Throws what the port throws.
 */
export async function fetchFlakyMarks(project: number | string, gitlab: Source): Promise<FlakyMarks> {
  const byKey = new Map<string, FlakyMark>();
  const issue = await gitlab.findOwnIssue(project, flakyIssue);
  if (issue === null) return { on: null, byKey };
  const on: Noteable = { kind: 'issue', project: issue.project, iid: issue.iid };
  const owner: MarkOwner = { on, authorId: issue.authorId, sign: (text) => gitlab.signature(text) };
  let pages = 0;
  for await (const page of gitlab.fetchThreadPages(on)) {
    for (const { body, authorId, system, createdAt } of page.flatMap(({ notes }) => notes)) {
      const own = authorId === owner.authorId && !system ? ownBotMark(body, owner) : null;
      const mark = own?.kind === 'note' ? flakyMarkOf({ ...own, createdAt }) : null;
      if (own !== null && mark !== null && !byKey.has(own.key)) byKey.set(own.key, mark);
    }
    pages += 1;
    if (pages >= maxPages) break;
  }
  return { on, byKey };
}
