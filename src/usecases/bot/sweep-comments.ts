import type { RecentComment } from '../../gitlab/ports/activity.ts';
import type { Thread } from '../../gitlab/ports/conversations.ts';
import { type Noteable, noteableName } from '../../model/noteable.ts';
import { answerNote } from './answer-note.ts';
import type { Handled, SweepWorld } from './bot-world.ts';
import type { Desk } from './desk.ts';
import { deskAbout } from './desk-about.ts';
import { mayHoldCommand } from './handle-by-commands.ts';
import { noteToAnswer } from './note-to-answer.ts';
import { onItsOwn } from './on-its-own.ts';

/** Older comments are ignored: their authors have asked again or given up. */
const hours = 24;
const hourMilliseconds = 3_600_000;

function byObject(comments: readonly RecentComment[]): readonly (readonly [Noteable, ReadonlySet<number>])[] {
  const groups = new Map<string, [Noteable, Set<number>]>();
  for (const { on, noteId } of comments) {
    const group = groups.get(noteableName(on)) ?? [on, new Set<number>()];
    group[1].add(noteId);
    groups.set(noteableName(on), group);
  }
  return [...groups.values()];
}

function notesIn(thread: Thread, noteIds: ReadonlySet<number>): readonly [number, Thread][] {
  return thread.notes.flatMap(({ id }): [number, Thread][] => (noteIds.has(id) ? [[id, thread]] : []));
}

/** The threads that hold the notes; pages are read until all are found. */
async function threadsWith(
  on: Noteable,
  noteIds: ReadonlySet<number>,
  { world }: Desk,
): Promise<readonly (readonly [number, Thread])[]> {
  const found: [number, Thread][] = [];
  for await (const page of world.gitlab.fetchThreadPages(on)) {
    for (const thread of page) found.push(...notesIn(thread, noteIds));
    if (found.length === noteIds.size) break;
  }
  return found.sort(([a], [b]) => a - b);
}

interface OneObject {
  readonly on: Noteable;
  readonly noteIds: ReadonlySet<number>;
  readonly now: Date;
}

async function answerOn({ on, noteIds, now }: OneObject, desk: Desk): Promise<readonly Handled[]> {
  const { self, settings } = desk;
  const handled: Handled[] = [];
  for (const [noteId, thread] of await threadsWith(on, noteIds, desk)) {
    const todo = noteToAnswer({ on, thread, noteId }, { self, settings, now });
    if ('pending' in todo)
      handled.push(await answerNote(todo, deskAbout(desk, { event: 'note', object: on })));
  }
  return handled;
}

/** Answers the commands of the last day that nobody has answered, oldest first. */
export async function sweepComments(desk: Desk, world: SweepWorld): Promise<readonly Handled[]> {
  const { self, project, settings } = desk;
  const { gitlab, clock } = world;
  const now = clock.now();
  const since = new Date(now.getTime() - hours * hourMilliseconds);
  const recent = await gitlab.fetchRecentComments(project.id, since);
  const candidates = recent.filter(({ text }) => mayHoldCommand(text, self, settings));
  const handled: Handled[] = [];
  for (const [on, noteIds] of byObject(candidates)) {
    const what = `${project.path}: ${noteableName(on)}`;
    handled.push(...(await onItsOwn(what, () => answerOn({ on, noteIds, now }, desk), world)));
  }
  return handled;
}
