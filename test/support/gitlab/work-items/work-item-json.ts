import { userJson } from '../../../../src/demo/user-json.ts';
import type { EmbeddedState, EmbeddedWorkItem } from '../state/state.ts';
import { usersJson } from './find-noteable.ts';

/** What the API says of a merge request as of an issue. */
export function workItemJson(item: EmbeddedWorkItem, state: EmbeddedState): object {
  const { title, description = null, labels, assignee_ids: assignees = [], iid, project_id } = item;
  const milestone = state.milestones.find(({ id }) => id === item.milestone_id) ?? null;
  const updatedAt = item.updated_at ?? new Date().toISOString();
  return {
    iid,
    project_id,
    title,
    description,
    labels,
    author: userJson(item.author),
    assignees: usersJson(assignees, state),
    milestone,
    created_at: item.created_at ?? updatedAt,
    updated_at: updatedAt,
  };
}

interface Listed {
  readonly iid: number;
  readonly title: string;
  readonly description?: string;
  readonly project_id: number;
  readonly updated_at?: string;
  readonly created_at?: string;
}

function changedAt({ updated_at: at }: Listed): number {
  return at === undefined ? Date.now() : Date.parse(at);
}

/**
 * Rows of a project within the dates of the query, in its order: by creation where none is asked for, as GitLab does.
 */
export function listed<T extends Listed>(
  rows: readonly T[],
  projectId: number | undefined,
  query: URLSearchParams,
): readonly T[] {
  const after = Date.parse(query.get('updated_after') ?? '1970-01-01T00:00:00Z');
  const before = Date.parse(query.get('updated_before') ?? '9999-01-01T00:00:00Z');
  const created = Date.parse(query.get('created_after') ?? '1970-01-01T00:00:00Z');
  const createdBefore = Date.parse(query.get('created_before') ?? '9999-01-01T00:00:00Z');
  const words = (query.get('search') ?? '').toLowerCase();
  const iids = query.getAll('iids[]');
  const found = rows.filter(
    (row) =>
      row.project_id === projectId &&
      changedAt(row) >= after &&
      changedAt(row) <= before &&
      Date.parse(row.created_at ?? row.updated_at ?? '9999-01-01') >= created &&
      Date.parse(row.created_at ?? row.updated_at ?? '1970-01-01') <= createdBefore &&
      (iids.length === 0 || iids.includes(String(row.iid))) &&
      `${row.title} ${row.description ?? ''}`.toLowerCase().includes(words),
  );
  const at = (row: T): number =>
    query.get('order_by') === 'updated_at' || row.created_at === undefined
      ? changedAt(row)
      : Date.parse(row.created_at);
  const newestFirst = found
    .map((row, index) => ({ row, index }))
    .sort((a, b) => at(b.row) - at(a.row) || b.index - a.index)
    .map(({ row }) => row);
  return query.get('sort') === 'asc' ? newestFirst.reverse() : newestFirst;
}
