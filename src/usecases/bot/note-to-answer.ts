import type { CommandCall } from '../../bot/commands/command.ts';
import { parseCommands } from '../../bot/commands/parse-commands.ts';
import { type EarlierReply, pendingCommands } from '../../bot/commands/pending-commands.ts';
import { commands } from '../../bot/commands/registry.ts';
import { type CallState, hashOf, parseReplyMarker } from '../../bot/commands/reply-marker.ts';
import type { BotSettings } from '../../bot/settings.ts';
import type { Thread, ThreadNote } from '../../gitlab/ports/conversations.ts';
import type { TalkPlace } from '../../model/noteable.ts';
import type { Person } from '../../model/person.ts';
import type { NothingToDo } from './bot-world.ts';

/** The bot's own answer to a comment. */
export interface OwnReply extends EarlierReply {
  readonly noteId: number;
}

/** A comment with commands that nobody has answered yet. */
export interface NoteToAnswer {
  readonly on: TalkPlace;
  readonly thread: Thread;
  readonly note: ThreadNote;
  readonly pending: readonly CommandCall[];
  /** All calls in the current comment. */
  readonly calls: readonly CommandCall[];
  readonly tooMany: boolean;
  readonly earlier: OwnReply | null;
}

/** A comment whose commands are all answered. */
export interface AnsweredNote {
  readonly on: TalkPlace;
  readonly thread: Thread;
  readonly note: ThreadNote;
  /** How its commands ended. */
  readonly answered: readonly CallState[];
}

/** Accounts of access tokens; no person speaks through them. Source: https://docs.gitlab.com/user/project/settings/project_access_tokens/#bot-users-for-projects */
const tokenAccount = /^(?:project|group)_\d+_bot/;

/** Own answers to a comment, oldest first; if two runs wrote one at once, the first counts. */
export function ownReplies(thread: Thread, noteId: number, self: Person): readonly OwnReply[] {
  return thread.notes.flatMap(({ id, body, authorId, updatedAt }) => {
    const marker = parseReplyMarker(body);
    const isOwn = marker?.noteId === noteId && authorId === self.id;
    return isOwn ? [{ noteId: id, marker, updatedAt }] : [];
  });
}

/**
 * Answers of other bots: of a bot that serves the same project, or of this bot under an earlier token and account.
 * Comments of people do not count.
 */
function foreignReplies(thread: Thread, noteId: number, { self, settings }: Reader): readonly OwnReply[] {
  return thread.notes.flatMap((note) => {
    const marker = parseReplyMarker(note.body);
    const isBot = note.authorId !== self.id && whyNobodysWords(note, self, settings) !== null;
    return isBot && marker?.noteId === noteId ? [{ noteId: note.id, marker, updatedAt: note.updatedAt }] : [];
  });
}

/** Why a note cannot contain commands: GitLab, the bot or another bot wrote it. Null when a person wrote it. */
export function whyNobodysWords(note: ThreadNote, self: Person, { otherBots }: BotSettings): string | null {
  if (note.system) return 'GitLab wrote it';
  if (note.authorId === self.id) return 'the bot wrote it itself';
  const isBot =
    tokenAccount.test(note.authorUsername) ||
    otherBots.some(
      (bot) => bot.toLowerCase() === note.authorUsername.toLowerCase() || bot === String(note.authorId),
    );
  return isBot ? 'another bot wrote it' : null;
}

const hour = 3_600_000;

/** True when the bot has written so often in this thread within the hour that two bots must be answering each other. */
function isRunaway(
  thread: Thread,
  self: Person,
  { now, perHour }: { readonly now: Date; readonly perHour: number },
): boolean {
  const recent = thread.notes.filter(
    ({ authorId, createdAt }) => authorId === self.id && now.getTime() - Date.parse(createdAt) < hour,
  );
  return recent.length >= perHour;
}

export interface Reader {
  readonly self: Person;
  readonly settings: BotSettings;
  readonly now: Date;
}

/** The open commands of a comment, from the thread as GitLab has it, or why there are none. */
export function noteToAnswer(
  { on, thread, noteId }: { readonly on: TalkPlace; readonly thread: Thread; readonly noteId: number },
  { self, settings, now }: Reader,
): NoteToAnswer | AnsweredNote | NothingToDo {
  const note = thread.notes.find(({ id }) => id === noteId);
  if (note === undefined) return { nothing: 'the comment is gone' };
  const nothing = whyNobodysWords(note, self, settings);
  if (nothing !== null) return { nothing };
  const grammar = {
    prefix: settings.commands.prefix,
    username: self.username,
    names: commands.map(({ name }) => name),
  };
  const { calls, tooMany } = parseCommands(note.body, grammar);
  if (calls.length === 0) return { nothing: 'the comment has no command' };
  const [earlier = null] = ownReplies(thread, noteId, self);
  const others = foreignReplies(thread, noteId, { self, settings, now });
  const left = others.reduce((open, reply) => pendingCommands(open, reply, now), calls);
  if (left.length === 0) return { nothing: 'another bot has answered it' };
  const pending = pendingCommands(left, earlier, now);
  const answered = calls.flatMap((call) => earlier?.marker.calls.get(hashOf(call)) ?? []);
  if (pending.length === 0) return { on, thread, note, answered };
  const { perHour } = settings.noise;
  if (isRunaway(thread, self, { now, perHour }))
    return { nothing: `the bot has answered ${perHour} times in this thread within the hour` };
  return { on, thread, note, pending, calls, tooMany, earlier };
}
