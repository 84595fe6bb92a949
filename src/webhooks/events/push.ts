import * as z from 'zod';
import { eventReader, webhookEvents } from '../event.ts';
import { commit, id, listOf, number, optional, project, text } from '../fields.ts';

const zeros = /^0+$/;

/** GitLab puts the actor of a push into flat fields. */
const pushPayload = z.object({
  before: text,
  after: text,
  ref: text,
  checkout_sha: text,
  message: text,
  user_id: optional(id),
  user_name: text,
  user_username: text,
  user_email: text,
  user_avatar: text,
  project_id: optional(id),
  project: optional(project),
  commits: listOf(commit),
  total_commits_count: number,
  /** A custom webhook template may save the ref, which the trigger API overwrites. */
  herald_ref: text,
});

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
    user:
      payload.user_id === null && payload.user_username === null
        ? null
        : {
            id: payload.user_id,
            username: payload.user_username ?? '',
            name: payload.user_name,
            email:
              payload.user_email === '' || payload.user_email === '[REDACTED]' ? null : payload.user_email,
            avatarUrl: payload.user_avatar,
          },
    projectId: payload.project_id ?? payload.project?.id ?? null,
    change: changeOf(payload),
    before: payload.before,
    after: payload.after,
    checkoutSha: payload.checkout_sha,
    /** At most 20 of them; `totalCommits` is the real number. */
    commits: payload.commits,
    totalCommits: payload.total_commits_count ?? payload.commits.length,
  } as const;
}

const pushSchema = pushPayload.transform((payload) => ({
  kind: 'push' as const,
  ...common(payload),
  /** Null when the trigger API overwrote it: then the API says which branches hold `after`. */
  branch: refOf(payload, 'refs/heads/'),
}));

const tagPushSchema = pushPayload.transform((payload) => ({
  kind: 'tag_push' as const,
  ...common(payload),
  tag: refOf(payload, 'refs/tags/'),
  message: payload.message,
}));

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
