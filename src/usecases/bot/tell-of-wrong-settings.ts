import { type CallState, withReplyMarker } from '../../bot/commands/reply-marker.ts';
import type { Occurrence } from '../../bot/occurrence.ts';
import { code, icon, paragraph, text } from '../../model/document.ts';
import { renderMarkdown } from '../../render/markdown/render-markdown.ts';
import type { BotWorld } from './bot-world.ts';
import { findNoteToAnswer } from './handle-by-commands.ts';
import type { NoteToAnswer } from './note-to-answer.ts';
import { deskWithoutSettings } from './open-desk.ts';
import { settleThread, standsAlone } from './settle-thread.ts';
import { writeReply } from './write-reply.ts';

function bodyFor(todo: NoteToAnswer, config: string): string {
  const { on, note, earlier } = todo;
  // The sweep does not look at commits.
  const then =
    on.kind === 'commit'
      ? 'write the command once more'
      : 'the next sweep does this, for comments of the last day';
  const words = [
    icon('warning'),
    text(' Not done yet: the configuration '),
    code(config),
    text(
      ` on the default branch has an error. The log of the bot’s job says where. After it is fixed, ${then}.`,
    ),
  ];
  const marker = {
    noteId: note.id,
    calls: earlier?.marker.calls ?? new Map<string, CallState>(),
    config: null,
    madeThread: earlier?.marker.madeThread ?? standsAlone(todo),
  };
  return withReplyMarker(marker, renderMarkdown([paragraph(...words)]));
}

/**
 * Answers the author of a command that it was not obeyed, because the project's configuration is wrong. Only the job's
 * log says where: not everybody who can comment may read it. The commands stay unanswered, so that the next sweep obeys
 * them after the configuration is fixed.
 */
export async function tellOfWrongSettings(occurrence: Occurrence, world: BotWorld): Promise<void> {
  if (occurrence.note === null || world.dryRun) return;
  const desk = await deskWithoutSettings(occurrence.project, world);
  if (desk === null || occurrence.actorId === desk.self.id) return;
  const todo = await findNoteToAnswer(occurrence, desk);
  if (todo === null || !('pending' in todo)) return;
  const replyId = todo.earlier?.noteId ?? null;
  await writeReply(todo, { replyId, body: bodyFor(todo, world.config) }, desk);
  await settleThread(todo, desk);
}
