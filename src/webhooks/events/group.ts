import * as z from 'zod';
import { eventReader, webhookEvents } from '../event.ts';

/** A subgroup that came or went (group hooks), or a group (system hooks). */
const groupSchema = z.lazy(() =>
  z.object({}).transform(() => ({
    kind: 'group' as const,
    project: null,
    user: null,
    confidential: false,
  })),
);

export type GroupEvent = z.output<typeof groupSchema>;

export const group = eventReader<GroupEvent>({
  kind: 'group',
  objectKinds: [],
  eventNames: ['subgroup_create', 'subgroup_destroy', 'group_create', 'group_destroy', 'group_rename'],
  specification: webhookEvents('subgroup-events'),
  schema: groupSchema,
});
