import * as z from 'zod';
import { eventReader, webhookEvents } from '../event.ts';
import { id, number, optional, project, text } from '../fields.ts';

const zeros = /^0+$/;

/** GitLab puts the actor of a push into flat fields. */
const pushPayload = z.lazy(() =>
  z.object({
    before: text,
    after: text,
    ref: text,
    checkout_sha: text,
    user_id: optional(id),
    project_id: optional(id),
    project: optional(project),
    total_commits_count: number,
    /** A custom webhook template may save the ref, which the trigger API overwrites. */
    herald_ref: text,
  }),
);

type PushPayload = z.output<typeof pushPayload>;

function changeOf({ before, after }: PushPayload): 'created' | 'deleted' | 'updated' {
  if (after !== null && zeros.test(after)) return 'deleted';
  return before !== null && zeros.test(before) ? 'created' : 'updated';
}

/** The trigger API puts the ref of its own address in place of the payload's: only full names are a push's own. */
function refOf({ ref, herald_ref: saved }: PushPayload, prefix: string): string | null {
  const name = saved ?? ref ?? '';
  return name.startsWith(prefix) ? name.slice(prefix.length) : null;
}

function common(payload: PushPayload) {
  return {
    project: payload.project,
    confidential: false,
    user: { id: payload.user_id },
    projectId: payload.project_id ?? payload.project?.id ?? null,
    change: changeOf(payload),
    before: payload.before,
    after: payload.after,
    checkoutSha: payload.checkout_sha,
    /** The payload lists at most 20 of them. */
    totalCommits: payload.total_commits_count,
  } as const;
}

const pushSchema = z.lazy(() =>
  pushPayload.transform((payload) => ({
    kind: 'push' as const,
    ...common(payload),
    /** Null when the trigger API overwrote it: then the API says which branches hold `after`. */
    branch: refOf(payload, 'refs/heads/'),
  })),
);

const tagPushSchema = z.lazy(() =>
  pushPayload.transform((payload) => ({
    kind: 'tag_push' as const,
    ...common(payload),
    tag: refOf(payload, 'refs/tags/'),
  })),
);

export type PushEvent = z.output<typeof pushSchema>;
export type TagPushEvent = z.output<typeof tagPushSchema>;

export const push = eventReader<PushEvent>({
  kind: 'push',
  objectKinds: ['push'],
  eventNames: ['push'],
  specification: webhookEvents('push-events'),
  schema: pushSchema,
});

export const tagPush = eventReader<TagPushEvent>({
  kind: 'tag_push',
  objectKinds: ['tag_push'],
  eventNames: ['tag_push'],
  specification: webhookEvents('tag-events'),
  schema: tagPushSchema,
});
