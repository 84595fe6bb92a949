import type { MergeRequestAddress, NotePlace } from '../model/context.ts';
import { counted } from '../model/plural.ts';
import type { Write } from '../model/write.ts';

const characterForms = { one: 'character', other: 'characters' };

/** Describes a write on one line, for the log and for dry runs: what, where, how much; never a note's text. */
export function describeWrite(write: Write): string {
  return describe(write)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

const ofThread = {
  updateThread: 'update',
  resolveThread: 'resolve, because its cause is gone,',
  reopenThread: 'reopen, because its cause is back,',
  deleteThread: 'delete, because an older one says the same,',
} as const;

function describe(write: Write): string {
  if ('threadId' in write)
    return `${ofThread[write.do]} comment ${write.noteId} on a line of ${where(write.mergeRequest)}`;
  switch (write.do) {
    case 'createNote':
      return `create the note "${write.key}" on ${placeOf(write.place)} (${counted(write.body.length, characterForms)})`;
    case 'updateNote':
      return `update note ${write.noteId} "${write.key}" on ${placeOf(write.place)} (${counted(write.body.length, characterForms)})`;
    case 'deleteNote':
      return `delete note ${write.noteId}, a duplicate of "${write.key}", on ${placeOf(write.place)}`;
    case 'startThread':
      return `comment on line ${write.line} of ${write.path} on ${where(write.mergeRequest)} (${counted(write.body.length, characterForms)})`;
    case 'setStatus': {
      const { name, state, sha, pipelineId, projectId, description } = write.status;
      const commit = `commit ${sha.slice(0, 8)} (pipeline ${pipelineId}, project ${projectId})`;
      return `set the status ${name} of ${commit} to ${state}: ${description}`;
    }
    case 'changeLabels': {
      const changes = [
        ...(write.add.length === 0 ? [] : [`add ${write.add.join(', ')}`]),
        ...(write.remove.length === 0 ? [] : [`remove ${write.remove.join(', ')}`]),
      ];
      return `change the labels of ${where(write.mergeRequest)}: ${changes.join('; ')}`;
    }
  }
}

function placeOf(place: NotePlace): string {
  if (!('sha' in place)) return where(place);
  const { project, sha } = place;
  const commit = `commit ${sha.slice(0, 8)}`;
  return typeof project === 'number' ? `${commit} of project ${project}` : `${commit} of ${project}`;
}

function where({ project, iid }: MergeRequestAddress): string {
  return typeof project === 'number' ? `!${iid} of project ${project}` : `${project}!${iid}`;
}
