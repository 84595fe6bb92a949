import * as z from 'zod';
import { eventReader, webhookEvents } from '../event.ts';
import { flag, id, optional, project, text, user } from '../fields.ts';

const target = z.lazy(() => z.object({ iid: optional(id), confidential: flag }));

/** An emoji reaction that was given or taken back. */
const emojiPayload = z.lazy(() =>
  z.object({
    event_type: text,
    user: optional(user),
    project: optional(project),
    project_id: optional(id),
    object_attributes: z.object({ id }),
    merge_request: optional(target),
    issue: optional(target),
    work_item: optional(target),
    note: optional(z.object({ id: optional(id), internal: flag })),
  }),
);

/** What the emoji is on. */
function placeOf(payload: z.output<typeof emojiPayload>) {
  const issue = payload.issue ?? payload.work_item;
  return {
    confidential: issue?.confidential === true || payload.note?.internal === true,
    mergeRequestIid: payload.merge_request?.iid ?? null,
    issueIid: issue?.iid ?? null,
    noteId: payload.note?.id ?? null,
  };
}

const emojiSchema = z.lazy(() =>
  emojiPayload.transform((payload) => ({
    kind: 'emoji' as const,
    project: payload.project,
    user: payload.user,
    ...placeOf(payload),
    action: payload.event_type === 'revoke' ? ('revoke' as const) : ('award' as const),
    id: payload.object_attributes.id,
    projectId: payload.project_id ?? payload.project?.id ?? null,
  })),
);

export type EmojiEvent = z.output<typeof emojiSchema>;

export const emoji = eventReader<EmojiEvent>({
  kind: 'emoji',
  objectKinds: ['emoji'],
  eventNames: [],
  specification: webhookEvents('emoji-events'),
  schema: emojiSchema,
});
