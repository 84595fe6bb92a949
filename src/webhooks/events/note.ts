import * as z from 'zod';
import { eventReader, webhookEvents } from '../event.ts';
import { flag, id, number, optional, project, text, user } from '../fields.ts';

const position = z.lazy(() => z.object({ new_path: text, new_line: number }));

const attributes = z.lazy(() =>
  z.object({
    id,
    note: text,
    description: text,
    noteable_type: text,
    action: text,
    type: text,
    discussion_id: text,
    system: flag,
    internal: flag,
    confidential: flag,
    commit_id: text,
    position: optional(position),
    project_id: optional(id),
  }),
);

const target = z.lazy(() => z.object({ iid: optional(id), confidential: flag }));

const noteables: Readonly<Record<string, 'merge_request' | 'issue' | 'commit' | 'snippet' | 'design'>> = {
  MergeRequest: 'merge_request',
  Issue: 'issue',
  WorkItem: 'issue',
  Commit: 'commit',
  Snippet: 'snippet',
  ProjectSnippet: 'snippet',
  'DesignManagement::Design': 'design',
};

const notePayload = z.lazy(() =>
  z.object({
    event_type: text,
    user: optional(user),
    project: optional(project),
    project_id: optional(id),
    object_attributes: attributes,
    merge_request: optional(target),
    issue: optional(target),
    work_item: optional(target),
    commit: optional(z.object({ id: text })),
  }),
);

type NotePayload = z.output<typeof notePayload>;

/** Newer versions call every issue a work item. */
function issueOf({ issue, work_item: workItem }: NotePayload): NotePayload['issue'] {
  return issue ?? workItem;
}

function noteableOf(type: string): (typeof noteables)[string] | null {
  return Object.hasOwn(noteables, type) ? (noteables[type] ?? null) : null;
}

/** What the note is on. */
function placeOf(payload: NotePayload) {
  const { merge_request: mergeRequest, commit: on, object_attributes: attributesOfNote } = payload;
  const object = mergeRequest ?? issueOf(payload);
  return {
    noteable: noteableOf(attributesOfNote.noteable_type ?? ''),
    /** Of the merge request or issue; null for commits and snippets. */
    iid: object?.iid ?? null,
    commitSha: on?.id ?? attributesOfNote.commit_id,
  };
}

function isConfidential(payload: NotePayload): boolean {
  const { internal, confidential } = payload.object_attributes;
  const isOnSecret = issueOf(payload)?.confidential === true;
  return internal || confidential || isOnSecret || payload.event_type === 'confidential_note';
}

/** A note's text is in one of two fields, and so is its project. */
function contentOf({ object_attributes: attributesOfNote, project_id: projectId, project: of }: NotePayload) {
  return {
    /** The current text. */
    note: attributesOfNote.note ?? attributesOfNote.description ?? '',
    projectId: projectId ?? attributesOfNote.project_id ?? of?.id ?? null,
    /** `create` where the version does not say (before 16.11). */
    action: attributesOfNote.action === 'update' ? ('update' as const) : ('create' as const),
  };
}

const noteSchema = z.lazy(() =>
  notePayload.transform((payload) => {
    const { object_attributes: attributesOfNote } = payload;
    return {
      kind: 'note' as const,
      project: payload.project,
      user: payload.user,
      confidential: isConfidential(payload),
      ...contentOf(payload),
      id: attributesOfNote.id,
      ...placeOf(payload),
      isDiffNote: attributesOfNote.type === 'DiffNote',
      position: attributesOfNote.position,
      discussionId: attributesOfNote.discussion_id,
      /** Made by GitLab itself: never a command. */
      system: attributesOfNote.system,
    };
  }),
);

export type NoteEvent = z.output<typeof noteSchema>;

export const note = eventReader<NoteEvent>({
  kind: 'note',
  objectKinds: ['note'],
  eventNames: [],
  specification: webhookEvents('comment-events'),
  schema: noteSchema,
});
