import type { BotAction } from '../../model/bot-write.ts';
import type { Facts, IssueFacts, MergeRequestFacts } from '../../model/facts.ts';
import { noteableName } from '../../model/noteable.ts';
import type { Person } from '../../model/person.ts';
import { titleWithoutDraft } from './draft-title.ts';

type Subject = MergeRequestFacts | IssueFacts;

function people(ids: readonly number[], known: readonly Person[]): readonly Person[] {
  return ids.map(
    (id) => known.find((person) => person.id === id) ?? { id, username: '', name: '', active: true },
  );
}

function labelsAfter(
  labels: readonly string[],
  { add, remove }: Extract<BotAction, { do: 'label' }>,
): readonly string[] {
  return [...new Set([...labels.filter((label) => !remove.includes(label)), ...add])];
}

function withTitle(subject: Subject, title: string): Subject {
  return subject.kind === 'issue'
    ? { ...subject, title }
    : { ...subject, title, draft: titleWithoutDraft(title) !== title };
}

function changed(subject: Subject, action: BotAction): Subject {
  if (action.do === 'label') return { ...subject, labels: labelsAfter(subject.labels, action) };
  if (action.do === 'setAssignees')
    return { ...subject, assignees: people(action.userIds, subject.assignees) };
  if (action.do === 'setReviewers' && subject.kind === 'merge_request')
    return { ...subject, reviewers: people(action.userIds, subject.reviewers) };
  if (action.do === 'setTitle') return withTitle(subject, action.title);
  if (action.do === 'setState') return { ...subject, state: action.state };
  if (action.do !== 'setMilestone') return subject;
  const milestone = action.milestoneId === null ? null : { id: action.milestoneId, title: '' };
  return { ...subject, milestone };
}

/** The facts as they will be once these actions are done, as far as other actions look at it. */
export function factsAfter(facts: Facts, actions: readonly BotAction[]): Facts {
  const { subject } = facts;
  if (subject === null) return facts;
  const own = actions.filter(
    (action) => 'on' in action && noteableName(action.on) === noteableName(subject.at),
  );
  return own.length === 0 ? facts : { ...facts, subject: own.reduce(changed, subject) };
}
