import type { WorkItemEdit } from '../../gitlab/ports/work-items.ts';
import { droppedLabels, whyDropped } from '../../model/dropped-labels.ts';
import type { IssueFacts, MergeRequestFacts } from '../../model/facts.ts';
import type { Noteable } from '../../model/noteable.ts';
import type { Person } from '../../model/person.ts';
import {
  done,
  gone,
  type Performed,
  type Performer,
  type PerformerWorld,
  refused,
  there,
} from './performer.ts';

type Facts = MergeRequestFacts | IssueFacts;

async function fetchFacts(on: Noteable, { gitlab }: PerformerWorld): Promise<Facts | null> {
  return on.kind === 'issue'
    ? gitlab.fetchIssueFacts(on.project, on.iid)
    : gitlab.fetchMergeRequestFacts(on.project, on.iid);
}

/** Edits the fields that differ from the current ones; `differs` returns null when none differs. */
async function editWhere(
  on: Noteable,
  world: PerformerWorld,
  differs: (facts: Facts) => WorkItemEdit | { readonly impossible: string } | null,
): Promise<Performed> {
  const facts = await fetchFacts(on, world);
  if (facts === null) return gone(on);
  const edit = differs(facts);
  if (edit === null) return there(facts.url);
  if ('impossible' in edit) return refused(edit.impossible);
  const dropped = droppedLabels(edit.addLabels ?? [], await world.gitlab.editWorkItem(on, edit));
  return dropped.length === 0 ? done(facts.url) : refused(whyDropped(dropped), facts.url);
}

export const performLabel: Performer<'label'> = ({ on, add, remove }, _cause, world) =>
  editWhere(on, world, ({ labels }) => {
    const addLabels = [...new Set(add)].filter((label) => !labels.includes(label));
    const removeLabels = [...new Set(remove)].filter((label) => labels.includes(label));
    if (addLabels.length === 0 && removeLabels.length === 0) return null;
    return {
      ...(addLabels.length === 0 ? {} : { addLabels }),
      ...(removeLabels.length === 0 ? {} : { removeLabels }),
    };
  });

function sameIds(people: readonly Person[], userIds: readonly number[]): boolean {
  const wanted = new Set(userIds);
  return people.length === wanted.size && people.every(({ id }) => wanted.has(id));
}

interface PeopleEdit {
  readonly userIds: readonly number[];
  readonly peopleOf: (facts: Facts) => readonly Person[];
  readonly edit: WorkItemEdit;
  readonly word: string;
}

/**
 * GitLab silently ignores people whom it does not know, or for whom it has no licence (Free has one assignee and one
 * reviewer), so the result is checked.
 */
async function setPeople(
  on: Noteable,
  { userIds, peopleOf, edit, word }: PeopleEdit,
  world: PerformerWorld,
): Promise<Performed> {
  const result = await editWhere(on, world, (facts) => (sameIds(peopleOf(facts), userIds) ? null : edit));
  if (result.outcome !== 'done' || userIds.length === 0) return result;
  const after = await fetchFacts(on, world);
  if (after === null || sameIds(peopleOf(after), userIds)) return result;
  const kept = peopleOf(after).map(({ username }) => username);
  const only = kept.length === 0 ? 'nobody' : kept.join(', ');
  return refused(
    `GitLab kept only ${only} as ${word}: with this licence it accepts one person, who must be able to see it.`,
  );
}

export const performSetAssignees: Performer<'setAssignees'> = ({ on, userIds }, _cause, world) =>
  setPeople(
    on,
    {
      userIds,
      peopleOf: ({ assignees }) => assignees,
      edit: { assigneeIds: userIds },
      word: 'assignee',
    },
    world,
  );

export const performSetReviewers: Performer<'setReviewers'> = async ({ on, userIds }, _cause, world) => {
  if (on.kind === 'issue') return refused('Only merge requests have reviewers.');
  const peopleOf = (facts: Facts): readonly Person[] =>
    facts.kind === 'merge_request' ? facts.reviewers : [];
  return setPeople(on, { userIds, peopleOf, edit: { reviewerIds: userIds }, word: 'reviewer' }, world);
};

export const performSetMilestone: Performer<'setMilestone'> = ({ on, milestoneId }, _cause, world) =>
  editWhere(on, world, ({ milestone }) =>
    (milestone?.id ?? null) === milestoneId ? null : { milestoneId: milestoneId ?? 0 },
  );

export const performSetState: Performer<'setState'> = ({ on, state }, _cause, world) =>
  editWhere(on, world, (facts) => {
    if (facts.state === state) return null;
    if (facts.state === 'merged' || facts.state === 'locked')
      return { impossible: `The merge request is now ${facts.state}.` };
    return { state };
  });

export const performSetTitle: Performer<'setTitle'> = ({ on, title }, _cause, world) =>
  editWhere(on, world, (facts) => (facts.title === title.trim() ? null : { title }));

/** GitLab checks the head once more when it approves. */
export const performApprove: Performer<'approve'> = async ({ on, sha }, _cause, { gitlab }) => {
  if (on.kind === 'issue') return refused('Only merge requests can be approved.');
  const facts = await gitlab.fetchMergeRequestFacts(on.project, on.iid);
  if (facts === null) return gone(on);
  if (facts.state !== 'opened') return refused(`The merge request is now ${facts.state}.`);
  if (facts.headSha !== sha) return refused('Somebody has pushed to the merge request since then.');
  const outcome = await gitlab.approve(on.project, on.iid, sha);
  return outcome === 'approved' ? done(facts.url) : there(facts.url);
};
