import * as z from 'zod';
import { changes, labelChange } from '../changes.ts';
import { eventReader, webhookEvents } from '../event.ts';
import { flag, id, optional, project, text, user } from '../fields.ts';

const attributes = z.lazy(() =>
  z.object({ iid: id, action: text, project_id: optional(id), confidential: flag }),
);

const actions = ['open', 'close', 'reopen', 'update'] as const;

/** Issues, incidents, tasks: GitLab sends `work_item` for the newer types. */
const issueSchema = z.lazy(() =>
  z
    .object({
      event_type: text,
      user: optional(user),
      project: optional(project),
      object_attributes: attributes,
      changes,
    })
    .transform((payload) => {
      const { object_attributes: issue } = payload;
      const confidential = issue.confidential || payload.event_type?.startsWith('confidential_') === true;
      return {
        kind: 'issue' as const,
        project: payload.project,
        user: payload.user,
        confidential,
        /** Null for system events, which have none. */
        action: actions.find((known) => known === issue.action) ?? null,
        iid: issue.iid,
        projectId: issue.project_id ?? payload.project?.id ?? null,
        labelChange: labelChange(payload.changes),
      };
    }),
);

export type IssueEvent = z.output<typeof issueSchema>;

export const issue = eventReader<IssueEvent>({
  kind: 'issue',
  objectKinds: ['issue', 'work_item'],
  eventNames: [],
  specification: webhookEvents('work-item-events'),
  schema: issueSchema,
});
