import * as z from 'zod';
import { eventReader, webhookEvents } from '../event.ts';
import { id, instant, optional, text } from '../fields.ts';

/** A subgroup that came or went (group hooks), or a group (system hooks). */
const groupSchema = z
  .object({
    event_name: z.string(),
    group_id: id,
    name: text,
    path: text,
    full_path: text,
    old_full_path: text,
    parent_group_id: optional(id),
    parent_full_path: text,
    created_at: instant,
    updated_at: instant,
  })
  .transform((payload) => ({
    kind: 'group' as const,
    project: null,
    user: null,
    confidential: false,
    event: payload.event_name,
    groupId: payload.group_id,
    name: payload.name,
    path: payload.full_path ?? payload.path,
    oldPath: payload.old_full_path,
    parentId: payload.parent_group_id,
    parentPath: payload.parent_full_path,
    createdAt: payload.created_at,
    updatedAt: payload.updated_at,
  }));

export type GroupEvent = z.output<typeof groupSchema>;

export const group = eventReader<GroupEvent>({
  kind: 'group',
  objectKinds: [],
  eventNames: ['subgroup_create', 'subgroup_destroy', 'group_create', 'group_destroy', 'group_rename'],
  specification: webhookEvents('subgroup-events'),
  schema: groupSchema,
});
