import * as z from 'zod';
import { changeOf, changes, labelChange } from '../changes.ts';
import { eventReader, webhookEvents } from '../event.ts';
import { flag, id, instant, label, labelTitles, listOf, optional, project, text, user } from '../fields.ts';

const attributes = z.object({
  id,
  iid: id,
  title: text,
  description: text,
  state: text,
  action: text,
  type: text,
  url: text,
  author_id: optional(id),
  assignee_ids: listOf(id),
  milestone_id: optional(id),
  project_id: optional(id),
  confidential: flag,
  labels: labelTitles,
  created_at: instant,
  updated_at: instant,
});

const actions = ['open', 'close', 'reopen', 'update'] as const;

/** Issues, incidents, tasks: GitLab sends `work_item` for the newer types. */
const issueSchema = z
  .object({
    event_type: text,
    user: optional(user),
    project: optional(project),
    object_attributes: attributes,
    assignees: listOf(user),
    labels: listOf(label),
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
      type: (issue.type ?? 'issue').toLowerCase(),
      id: issue.id,
      iid: issue.iid,
      title: issue.title ?? '',
      description: issue.description ?? '',
      state: issue.state,
      url: issue.url,
      authorId: issue.author_id,
      assigneeIds: issue.assignee_ids,
      assignees: payload.assignees,
      milestoneId: issue.milestone_id,
      projectId: issue.project_id ?? payload.project?.id ?? null,
      labels: issue.labels.length > 0 ? issue.labels : payload.labels.flatMap(({ title }) => title ?? []),
      createdAt: issue.created_at,
      updatedAt: issue.updated_at,
      labelChange: labelChange(payload.changes),
      retitled: changeOf(payload.changes, 'title') !== null,
      changed: Object.keys(payload.changes),
    };
  });

export type IssueEvent = z.output<typeof issueSchema>;

export const issue = eventReader<IssueEvent>({
  kind: 'issue',
  objectKinds: ['issue', 'work_item'],
  eventNames: [],
  specification: webhookEvents('work-item-events'),
  schema: issueSchema,
});
