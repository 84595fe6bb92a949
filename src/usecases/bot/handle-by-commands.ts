import { commands } from '../../bot/commands/registry.ts';
import type { Occurrence } from '../../bot/occurrence.ts';
import type { BotSettings } from '../../bot/settings.ts';
import type { Person } from '../../model/person.ts';
import { answerNote } from './answer-note.ts';
import { type Handled, ignored, type NothingToDo } from './bot-world.ts';
import type { Desk } from './desk.ts';
import { fetchTalk } from './fetch-talk.ts';
import { type AnsweredNote, type NoteToAnswer, noteToAnswer } from './note-to-answer.ts';
import { settleThread } from './settle-thread.ts';
import { showOutcome } from './show-outcome.ts';

/** A comment without prefix and mention cannot contain a command: then its thread is not even fetched. */
export function mayHoldCommand(text: string, self: Person, { commands: { prefix } }: BotSettings): boolean {
  const lower = text.toLowerCase();
  return lower.includes(prefix.toLowerCase()) || lower.includes(`@${self.username.toLowerCase()}`);
}

/** Answers open commands; if a run was interrupted at its very end, corrects the reaction. */
async function answer(todo: NoteToAnswer | AnsweredNote, desk: Desk): Promise<Handled> {
  if ('pending' in todo) return answerNote(todo, desk);
  if (!desk.world.dryRun) {
    await settleThread(todo, desk);
    await showOutcome(todo, desk);
  }
  return ignored('its commands are already answered');
}

/**
 * The open commands of the occurrence's comment, or why there are none; null when the occurrence is not a comment that
 * can contain commands.
 */
export async function findNoteToAnswer(
  { note, subject }: Occurrence,
  desk: Desk,
): Promise<NoteToAnswer | AnsweredNote | NothingToDo | null> {
  const { world, self, settings } = desk;
  const on = subject ?? note?.commit ?? null;
  if (note === null || on === null || note.threadId === null || commands.length === 0) return null;
  if (!mayHoldCommand(note.text, self, settings)) return null;
  const thread = await fetchTalk(on, note.threadId, world.gitlab);
  if (thread === null) return { nothing: 'the comment is gone' };
  const reader = { self, settings, now: world.clock.now() };
  return noteToAnswer({ on, thread, noteId: note.id }, reader);
}

/** Answers the commands of a comment; null when the occurrence is not a comment that can contain any. */
export async function handleByCommands(occurrence: Occurrence, desk: Desk): Promise<Handled | null> {
  const todo = await findNoteToAnswer(occurrence, desk);
  if (todo === null) return null;
  return 'nothing' in todo ? ignored(todo.nothing) : answer(todo, desk);
}
