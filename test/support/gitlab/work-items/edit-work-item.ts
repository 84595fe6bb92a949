import type { EmbeddedRequest } from '../../../../src/demo/http.ts';
import type { EmbeddedState, EmbeddedWorkItem } from '../state/state.ts';

function namesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string'
    ? value
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '')
    : [];
}

/** Users that exist; one at most, where GitLab has no licence for several. A lone 0 is nobody. */
export function usersIn(value: unknown, state: EmbeddedState): number[] {
  const ids = Array.isArray(value) ? value.map(Number) : namesIn(value).map(Number);
  const known = ids.filter((id) => state.users.some((user) => user.id === id));
  return state.hasSeveralAssignees ? known : known.slice(0, 1);
}

/** From 19.5 archived labels are kept where they are and left out where they would be new, without a word. */
function labelsAfter(
  item: EmbeddedWorkItem,
  body: EmbeddedRequest['body'],
  { archivedLabels }: EmbeddedState,
): string[] {
  const base = body['labels'] === undefined ? item.labels : namesIn(body['labels']);
  const removed = namesIn(body['remove_labels']);
  return [...new Set([...base, ...namesIn(body['add_labels'])])].filter(
    (label) => !removed.includes(label) && (item.labels.includes(label) || !archivedLabels.has(label)),
  );
}

const fields = [
  'title',
  'description',
  'labels',
  'add_labels',
  'remove_labels',
  'assignee_ids',
  'reviewer_ids',
  'milestone_id',
  'state_event',
];

/** Edits what merge requests and issues have in common; false when the request names nothing to edit. */
export function editWorkItem(
  item: EmbeddedWorkItem,
  { body }: EmbeddedRequest,
  state: EmbeddedState,
): boolean {
  if (!fields.some((field) => body[field] !== undefined)) return false;
  const { title, description } = body;
  Object.assign(item, {
    title: typeof title === 'string' ? title : item.title,
    description: typeof description === 'string' ? description : item.description,
    labels: labelsAfter(item, body, state),
    updated_at: new Date().toISOString(),
  });
  if (body['assignee_ids'] !== undefined) item.assignee_ids = usersIn(body['assignee_ids'], state);
  if (body['milestone_id'] !== undefined) {
    const wanted = state.milestones.find(({ id }) => id === Number(body['milestone_id']));
    item.milestone_id = wanted?.id ?? null;
  }
  return true;
}
