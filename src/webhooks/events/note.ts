import * as z from 'zod';
import { eventReader, webhookEvents } from '../event.ts';
import { flag, id, instant, number, optional, project, text, user } from '../fields.ts';

const position = z.object({
  old_path: text,
  new_path: text,
  old_line: number,
  new_line: number,
  head_sha: text,
});

const attributes = z.object({
  id,
  note: text,
  description: text,
  noteable_type: text,
  action: text,
  type: text,
  discussion_id: text,
  author_id: optional(id),
  system: flag,
  internal: flag,
  confidential: flag,
  commit_id: text,
  position: optional(position),
  project_id: optional(id),
  url: text,
  created_at: instant,
  updated_at: instant,
});

const target = z.object({ id: optional(id), iid: optional(id), title: text, confidential: flag });

const noteables: Readonly<Record<string, 'merge_request' | 'issue' | 'commit' | 'snippet' | 'design'>> = {
  MergeRequest: 'merge_request',
  Issue: 'issue',
  WorkItem: 'issue',
  Commit: 'commit',
  Snippet: 'snippet',
  ProjectSnippet: 'snippet',
  'DesignManagement::Design': 'design',
};

const noteSchema = z
  .object({
    event_type: text,
    user: optional(user),
    project: optional(project),
    project_id: optional(id),
    object_attributes: attributes,
    merge_request: optional(target),
    issue: optional(target),
    work_item: optional(target),
    snippet: optional(target),
    commit: optional(z.object({ id: text, title: text, message: text })),
  })
  .transform((payload) => {
    const { object_attributes: note } = payload;
    const issue = payload.issue ?? payload.work_item;
    const noteable = Object.hasOwn(noteables, note.noteable_type ?? '')
      ? (noteables[note.noteable_type ?? ''] ?? null)
      : null;
    return {
      kind: 'note' as const,
      project: payload.project,
      user: payload.user,
      confidential:
        note.internal ||
        note.confidential ||
        issue?.confidential === true ||
        payload.event_type === 'confidential_note',
      /** `create` where the version does not say (before 16.11). */
      action: note.action === 'update' ? ('update' as const) : ('create' as const),
      id: note.id,
      /** The text as it stands now. */
      note: note.note ?? note.description ?? '',
      noteable,
      /** Of the merge request or issue; null for commits and snippets. */
      iid: payload.merge_request?.iid ?? issue?.iid ?? null,
      noteableId: payload.merge_request?.id ?? issue?.id ?? payload.snippet?.id ?? null,
      commitSha: payload.commit?.id ?? note.commit_id,
      isDiffNote: note.type === 'DiffNote',
      position: note.position,
      discussionId: note.discussion_id,
      authorId: note.author_id,
      /** Made by GitLab itself: never a command. */
      system: note.system,
      projectId: payload.project_id ?? note.project_id ?? payload.project?.id ?? null,
      url: note.url,
      createdAt: note.created_at,
      updatedAt: note.updated_at,
    };
  });

export type NoteEvent = z.output<typeof noteSchema>;

export const note = eventReader<NoteEvent>({
  kind: 'note',
  objectKinds: ['note'],
  eventNames: [],
  specification: webhookEvents('comment-events'),
  schema: noteSchema,
});
