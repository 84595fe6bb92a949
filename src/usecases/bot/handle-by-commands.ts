import { commands } from '../../bot/commands/registry.ts';
import type { Occurrence } from '../../bot/occurrence.ts';
import type { BotSettings } from '../../bot/settings.ts';
import type { Person } from '../../model/person.ts';
import { answerNote, type Desk } from './answer-note.ts';
import { type Handled, ignored } from './bot-world.ts';
import { noteToAnswer } from './note-to-answer.ts';

/** A comment without prefix and mention can hold no command: then its thread is not even asked for. */
export function mayHoldCommand(text: string, self: Person, { commands: { prefix } }: BotSettings): boolean {
  const lower = text.toLowerCase();
  return lower.includes(prefix.toLowerCase()) || lower.includes(`@${self.username.toLowerCase()}`);
}

/** Answers the commands of a comment; null when the occurrence is no comment that could hold any. */
export async function handleByCommands(occurrence: Occurrence, desk: Desk): Promise<Handled | null> {
  const { note, subject: on } = occurrence;
  const { world, self, settings } = desk;
  if (note === null || on === null || note.threadId === null || commands.length === 0) return null;
  if (!mayHoldCommand(note.text, self, settings)) return null;
  const thread = await world.gitlab.fetchThread(on, note.threadId);
  if (thread === null) return ignored('the comment is gone');
  const reader = { self, settings, now: world.clock.now() };
  const todo = noteToAnswer({ on, thread, noteId: note.id }, reader);
  return typeof todo === 'string' ? ignored(todo) : answerNote(todo, desk);
}
