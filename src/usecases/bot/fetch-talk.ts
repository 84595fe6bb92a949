import { parseReplyMarker } from '../../bot/commands/reply-marker.ts';
import type { Conversations, Thread, ThreadNote } from '../../gitlab/ports/conversations.ts';
import type { CommitPlace, TalkPlace } from '../../model/noteable.ts';

type Talks = Pick<Conversations, 'fetchThread' | 'fetchThreadPages'>;

/**
 * All answers to a plain comment on a commit. GitLab takes no reply to one (`app/models/concerns/noteable.rb`,
 * `replyable_types`), so an answer is a thread of its own.
 */
async function fetchAnswers(on: CommitPlace, asked: Thread, gitlab: Talks): Promise<readonly ThreadNote[]> {
  const ids = new Set(asked.notes.map(({ id }) => id));
  const answers: ThreadNote[] = [];
  for await (const page of gitlab.fetchThreadPages(on)) {
    const notes = page.filter(({ id }) => id !== asked.id).flatMap((thread) => thread.notes);
    answers.push(...notes.filter(({ body }) => ids.has(parseReplyMarker(body)?.noteId ?? 0)));
  }
  return answers.sort((a, b) => a.id - b.id);
}

/** The thread with a comment, and the answers to it wherever they are; null when it is gone. */
export async function fetchTalk(on: TalkPlace, threadId: string, gitlab: Talks): Promise<Thread | null> {
  const thread = await gitlab.fetchThread(on, threadId);
  if (on.kind !== 'commit' || thread?.individual !== true) return thread;
  return { ...thread, notes: [...thread.notes, ...(await fetchAnswers(on, thread, gitlab))] };
}
