import * as z from 'zod';
import { type Changes, changeOf, changes, labelChange, reviewChange } from '../changes.ts';
import { eventReader, webhookEvents } from '../event.ts';
import { id, optional, project, text, user } from '../fields.ts';

const given = z.lazy(() =>
  z.object({
    iid: optional(id),
    action: text,
    url: text,
    target_project_id: optional(id),
    oldrev: text,
  }),
);

/** Some group hooks leave the number out; the address ends with it. */
const attributes = z.lazy(() =>
  given.transform((value, check) => {
    const iid = value.iid ?? Number(/\/merge_requests\/(\d{1,15})$/.exec(value.url ?? '')?.[1] ?? 0);
    if (iid > 0) return { ...value, iid };
    check.addIssue({ code: 'custom', message: 'a number is missing', path: ['iid'] });
    return z.NEVER;
  }),
);

type Attributes = z.output<typeof attributes>;

/** What happened, in words with one meaning each; one event can have several. */
export const mergeRequestActions = [
  'opened',
  'new-commits',
  'ready',
  'draft',
  'retitled',
  'labels',
  'reviewers',
  'reviewed',
  'changes-requested',
  'assignees',
  'approved',
  'unapproved',
  'merged',
  'closed',
  'reopened',
  'edited',
] as const;

export type MergeRequestAction = (typeof mergeRequestActions)[number];

/** GitLab's `approval` is one approval, `approved` the last that was needed. */
const byAction: Readonly<Record<string, MergeRequestAction>> = {
  open: 'opened',
  reopen: 'reopened',
  close: 'closed',
  merge: 'merged',
  approved: 'approved',
  approval: 'approved',
  unapproved: 'unapproved',
  unapproval: 'unapproved',
};

const draftTitle = /^\s*(?:\[draft\]|\(draft\)|draft:|\[wip\]|wip:)/i;

/** Older versions only report the title, which contains the mark. */
function draftChange(all: Changes): MergeRequestAction | null {
  const pair = changeOf(all, 'draft') ?? changeOf(all, 'work_in_progress');
  if (typeof pair?.current === 'boolean') return pair.current ? 'draft' : 'ready';
  const title = changeOf(all, 'title');
  if (typeof title?.previous !== 'string' || typeof title.current !== 'string') return null;
  const before = draftTitle.test(title.previous);
  const now = draftTitle.test(title.current);
  return before === now ? null : now ? 'draft' : 'ready';
}

const noise = new Set([
  'reviewers',
  'updated_at',
  'updated_by_id',
  'last_edited_at',
  'last_edited_by_id',
  'merge_status',
  'state_id',
]);

/** Attributes of `changes` that make an action, newer name first. */
const byChange: readonly (readonly [MergeRequestAction, readonly string[]])[] = [
  ['labels', ['labels']],
  ['assignees', ['assignees', 'assignee_id']],
];

function reviewsOf(all: Changes): readonly MergeRequestAction[] {
  const change = reviewChange(all);
  if (change === null) return changeOf(all, 'reviewer_ids') === null ? [] : ['reviewers'];
  const { isOtherPeople, isReview, asksForChanges } = change;
  return [
    ...(isOtherPeople ? (['reviewers'] as const) : []),
    ...(isReview ? (['reviewed'] as const) : []),
    ...(asksForChanges ? (['changes-requested'] as const) : []),
  ];
}

function updatesOf(oldHead: string | null, all: Changes): readonly MergeRequestAction[] {
  const marked = draftChange(all);
  const isRetitled = changeOf(all, 'title') !== null && marked === null;
  const found: readonly MergeRequestAction[] = [
    ...(oldHead === null ? [] : (['new-commits'] as const)),
    ...(marked === null ? [] : [marked]),
    ...(isRetitled ? (['retitled'] as const) : []),
    ...reviewsOf(all),
    ...byChange.flatMap(([action, names]) =>
      names.some((name) => changeOf(all, name) !== null) ? [action] : [],
    ),
  ];
  if (found.length > 0) return found;
  return Object.keys(all).some((name) => !noise.has(name)) ? ['edited'] : [];
}

function actionsOf({ action, oldrev }: Attributes, all: Changes): readonly MergeRequestAction[] {
  const named = Object.hasOwn(byAction, action ?? '') ? byAction[action ?? ''] : undefined;
  if (named !== undefined) return [named];
  return action === 'update' ? updatesOf(oldrev, all) : [];
}

const mergeRequestSchema = z.lazy(() =>
  z
    .object({ user: optional(user), project: optional(project), object_attributes: attributes, changes })
    .transform((payload) => {
      const { object_attributes: mr } = payload;
      return {
        kind: 'merge_request' as const,
        project: payload.project,
        user: payload.user,
        confidential: false,
        actions: actionsOf(mr, payload.changes),
        iid: mr.iid,
        targetProjectId: mr.target_project_id ?? payload.project?.id ?? null,
        labelChange: labelChange(payload.changes),
      };
    }),
);

export type MergeRequestEvent = z.output<typeof mergeRequestSchema>;

export const mergeRequest = eventReader<MergeRequestEvent>({
  kind: 'merge_request',
  objectKinds: ['merge_request'],
  eventNames: ['merge_request'],
  specification: webhookEvents('merge-request-events'),
  schema: mergeRequestSchema,
});
