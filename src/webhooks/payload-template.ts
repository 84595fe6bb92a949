/**
 * The custom webhook template that `herald setup` gives a webhook, and how a payload that it made is read again. A
 * triggered pipeline carries the whole payload as a variable, and some runners break at about 128 kB: so it contains
 * only what Herald reads, without descriptions, commits and timestamps, which Herald gets from the API. The trigger API
 * also overwrites `id`, `ref`, `variables`, `inputs` and `token`: the ref of a push is saved as `herald_ref`, which the reader of pushes knows. Sources: https://docs.gitlab.com/user/project/integrations/webhooks/#custom-webhook-template (JSON values from 18.6 on) and
 * https://docs.gitlab.com/ci/triggers/#use-a-webhook-payload
 */

/** Shows that a payload came through the template, and through which version. */
const templateMark = 'herald_template';
const templateVersion = 1;

/**
 * Fields by the object they are in. `texts` are in quotes, so a missing one arrives as the word `null`; `values` are
 * plain JSON: numbers, flags, whole lists and objects. A path must never lead through a list or a text in any event:
 * then GitLab delivers nothing.
 */
interface Fields {
  readonly texts: readonly string[];
  readonly values: readonly string[];
}

const fieldsByObject: Readonly<Record<string, Fields>> = {
  '': {
    texts: [
      'object_kind',
      'event_name',
      'event_type',
      'before',
      'after',
      'checkout_sha',
      'user_username',
      'action',
      'tag',
      'name',
      'url',
      'status',
      'environment',
      'environment_tier',
      'short_sha',
    ],
    values: ['user_id', 'project_id', 'total_commits_count', 'deployment_id', 'deployable_id', 'labels'],
  },
  user: { texts: ['username', 'name'], values: ['id'] },
  project: { texts: ['path_with_namespace', 'web_url', 'default_branch'], values: ['id'] },
  object_attributes: {
    texts: [
      'title',
      'expires_at',
      'state',
      'action',
      'type',
      'url',
      'source_branch',
      'target_branch',
      'oldrev',
      'merge_commit_sha',
      'note',
      'noteable_type',
      'discussion_id',
      'commit_id',
      'name',
      'awardable_type',
      'slug',
      'severity',
    ],
    values: [
      'id',
      'iid',
      'author_id',
      'project_id',
      'source_project_id',
      'target_project_id',
      'milestone_id',
      'assignee_ids',
      'reviewer_ids',
      'draft',
      'system',
      'internal',
      'confidential',
      'position',
      'user_id',
      'awardable_id',
      'active',
    ],
  },
  'object_attributes.last_commit': { texts: ['id'], values: [] },
  merge_request: { texts: [], values: ['id', 'iid'] },
  issue: { texts: [], values: ['id', 'iid', 'confidential'] },
  note: { texts: [], values: ['id', 'internal'] },
  snippet: { texts: [], values: ['id'] },
  commit: { texts: ['id'], values: [] },
  changes: {
    texts: [],
    values: [
      'labels',
      'draft',
      'title',
      'assignees',
      'reviewers',
      'milestone_id',
      'confidential',
      'last_edited_at',
    ],
  },
};

/**
 * Saved under another name: `variables`, `inputs` and `token` are in no event, and the `id` of a release is never read.
 */
const saved: Readonly<Record<string, string>> = { herald_ref: 'ref' };

const none: Fields = { texts: [], values: [] };

function linesOf(object: string): readonly string[] {
  const { texts, values } = fieldsByObject[object] ?? none;
  const path = (name: string): string => (object === '' ? name : `${object}.${name}`);
  const inner = Object.keys(fieldsByObject).filter(
    (other) => other !== '' && other.slice(0, Math.max(0, other.lastIndexOf('.'))) === object,
  );
  return [
    ...texts.map((name) => `"${name}":"{{${path(name)}}}"`),
    ...values.map((name) => `"${name}":{{${path(name)}}}`),
    ...inner.map((other) => `"${other.slice(other.lastIndexOf('.') + 1)}":{${linesOf(other).join(',')}}`),
  ];
}

/**
 * The template's text, within the 4096 characters that GitLab takes. It is not JSON itself: GitLab puts JSON in place
 * of each `{{path}}`.
 */
export const payloadTemplate = `{${[
  `"${templateMark}":${templateVersion}`,
  ...Object.entries(saved).map(([name, path]) => `"${name}":"{{${path}}}"`),
  ...linesOf(''),
].join(',')}}`;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Null for fields that the event did not have: a text `null`, and an object without remaining fields. */
function restoreObject(
  value: Readonly<Record<string, unknown>>,
  object: string,
): Readonly<Record<string, unknown>> | null {
  const { texts } = fieldsByObject[object] ?? none;
  const entries = Object.entries(value).map(([name, part]): [string, unknown] => {
    if (part === 'null' && (texts.includes(name) || (object === '' && Object.hasOwn(saved, name))))
      return [name, null];
    const inner = object === '' ? name : `${object}.${name}`;
    const isObject = isRecord(part) && Object.hasOwn(fieldsByObject, inner);
    return [name, isObject ? restoreObject(part, inner) : part];
  });
  return entries.every(([, part]) => part === null) ? null : Object.fromEntries(entries);
}

/** GitLab notes when a title or description was last edited; the description's change itself is too large to send. */
function withEdits(payload: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { changes } = payload;
  if (!isRecord(changes) || !isRecord(changes['last_edited_at']) || isRecord(changes['title']))
    return payload;
  return { ...payload, changes: { ...changes, description: { previous: null, current: null } } };
}

/**
 * The payload as GitLab's documentation has it, as far as the template kept it; a complete payload is returned
 * unchanged.
 */
export function restorePayload(payload: object): object {
  const whole = Object.fromEntries(Object.entries(payload));
  if (typeof whole[templateMark] !== 'number') return payload;
  return withEdits(restoreObject(whole, '') ?? {});
}
