import type { ThreadNote } from '../../../gitlab/ports/conversations.ts';
import type { GitLab, Notes } from '../../../gitlab/ports/port.ts';
import type { Repository } from '../../../gitlab/ports/repository.ts';
import type { Log } from '../../../io/port.ts';
import type { Noteable } from '../../../model/noteable.ts';
import type { Summary } from '../../../model/summary.ts';
import { verdictOf } from '../../../render/comment/verdict.ts';
import type { Troubles } from '../../troubles.ts';
import type { ConnectedWorld } from '../../world.ts';
import { isOpen, type States } from './is-open.ts';
import { noteableOfMergeRequest } from './noteable-of-merge-request.ts';

/** What the thread of a comment is found and settled with. */
interface Threads {
  fetchThreadPages(on: Noteable): AsyncIterable<readonly SeenThread[]>;
  setThreadResolved(on: Noteable, threadId: string, resolved: boolean): Promise<void>;
}

interface SeenThread {
  readonly id: string;
  readonly notes: readonly SeenNote[];
}

type SeenNote = Pick<ThreadNote, 'authorId' | 'id' | 'resolvable' | 'resolved' | 'resolvedById'>;

interface SettlingWorld {
  readonly gitlab: Threads & Pick<Repository, 'fetchProject'> & States;
  readonly log: Log;
}

/** Notes whose first comment starts a thread. A comment that exists stays what it is: GitLab cannot change its kind. */
export function startingThreads({ gitlab, log }: ConnectedWorld): GitLab {
  const createNote: Notes['createNote'] = async (place, body) => {
    // A commit has neither an end nor a thread that can be resolved.
    if ('sha' in place) return gitlab.createNote(place, body);
    if (!(await isOpen(place, 'the comment starts as a note', { gitlab, log })))
      return gitlab.createNote(place, body);
    const on = await noteableOfMergeRequest(place, gitlab);
    const { notes } = await gitlab.startThread(on, body);
    const [note] = notes;
    // GitLab answers with the note that it made.
    return note ?? gitlab.createNote(place, body);
  };
  return { ...gitlab, createNote };
}

/** The thread that begins with the note; null for a note that is not a thread. */
async function threadOf(on: Noteable, noteId: number, gitlab: Threads) {
  for await (const page of gitlab.fetchThreadPages(on)) {
    for (const { id, notes } of page) {
      const [first] = notes;
      if (first?.id === noteId) return first.resolvable ? { id, first } : null;
    }
  }
  return null;
}

/**
 * Opens the thread of the comment while something fails, and resolves it otherwise. One that a person resolved stays
 * resolved. Source: https://docs.gitlab.com/api/discussions/#resolve-a-merge-request-thread
 */
export async function settleSummaryThread(
  { summary, noteId }: { readonly summary: Summary; readonly noteId: number | null },
  { gitlab, log }: SettlingWorld,
  troubles: Pick<Troubles, 'attempt'>,
): Promise<void> {
  const { mergeRequest } = summary;
  if (mergeRequest === null || noteId === null) return;
  await troubles.attempt('the thread of the comment', async () => {
    const on = await noteableOfMergeRequest(mergeRequest, gitlab);
    const thread = await threadOf(on, noteId, gitlab);
    if (thread === null) return;
    const { id, first } = thread;
    const isFine = verdictOf(summary) !== 'failed';
    const isOfPerson = first.resolved && first.resolvedById !== first.authorId;
    if (first.resolved === isFine || isOfPerson) return;
    if (isFine || (await isOpen(mergeRequest, 'its thread stays resolved', { gitlab, log })))
      await gitlab.setThreadResolved(on, id, isFine);
  });
}
