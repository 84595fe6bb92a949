import type { BotAction } from '../../model/bot-write.ts';
import type { Facts, IssueFacts, MergeRequestFacts, PipelineFacts } from '../../model/facts.ts';
import { noteableName } from '../../model/noteable.ts';
import type { Person } from '../../model/person.ts';
import { titleWithoutDraft } from './draft-title.ts';

type Subject = MergeRequestFacts | IssueFacts;

function people(ids: readonly number[], among: readonly Person[]): readonly Person[] {
  return ids.map(
    (id) => among.find((person) => person.id === id) ?? { id, username: '', name: '', active: true },
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

function milestoneAfter(id: number | null, { milestones }: Facts): Subject['milestone'] {
  return id === null ? null : (milestones?.find((one) => one.id === id) ?? { id, title: '' });
}

/** Everybody whose name is known. */
function known({ actor, members, namedUsers }: Facts): readonly Person[] {
  const named = [...(namedUsers?.values() ?? [])].filter((person) => person !== null);
  return [...named, ...(members ?? []), ...(actor === null ? [] : [actor])];
}

function peopleAfter(
  subject: Subject,
  { do: what, userIds }: Extract<BotAction, { readonly userIds: readonly number[] }>,
  facts: Facts,
): Subject {
  if (what === 'setAssignees')
    return { ...subject, assignees: people(userIds, [...subject.assignees, ...known(facts)]) };
  return subject.kind === 'issue'
    ? subject
    : { ...subject, reviewers: people(userIds, [...subject.reviewers, ...known(facts)]) };
}

function changed(subject: Subject, action: BotAction, facts: Facts): Subject {
  if (action.do === 'label') return { ...subject, labels: labelsAfter(subject.labels, action) };
  if (action.do === 'setAssignees' || action.do === 'setReviewers')
    return peopleAfter(subject, action, facts);
  if (action.do === 'setTitle') return withTitle(subject, action.title);
  if (action.do === 'setState') return { ...subject, state: action.state };
  if (action.do !== 'setMilestone') return subject;
  return { ...subject, milestone: milestoneAfter(action.milestoneId, facts) };
}

const ended: ReadonlySet<string> = new Set(['success', 'failed', 'canceled', 'skipped']);

function withStatus(found: PipelineFacts, ids: ReadonlySet<number>): PipelineFacts {
  const jobs = found.jobs.map((job) => (ids.has(job.id) ? { ...job, status: 'pending' as const } : job));
  return { pipeline: { ...found.pipeline, status: 'running' }, jobs };
}

/** The pipeline once something in it is started or stopped. */
function pipelineAfter(found: PipelineFacts, action: BotAction): PipelineFacts {
  const { pipeline, jobs } = found;
  if (action.do === 'playJob' && action.project === pipeline.projectId)
    return withStatus(found, new Set([action.jobId]));
  if (action.do === 'retryJobs' && action.pipelineId === pipeline.id)
    return withStatus(found, new Set(action.jobs.map(({ id }) => id)));
  if (action.do !== 'cancelPipeline' || action.pipelineId !== pipeline.id) return found;
  const stopped = jobs.map((job) => (ended.has(job.status) ? job : { ...job, status: 'canceled' as const }));
  return { pipeline: { ...pipeline, status: 'canceled' }, jobs: stopped };
}

/** The facts as they will be once these actions are done, as far as other actions look at it. */
export function factsAfter(facts: Facts, actions: readonly BotAction[]): Facts {
  const { subject, pipeline } = facts;
  const own = actions.filter(
    (action) => subject !== null && 'on' in action && noteableName(action.on) === noteableName(subject.at),
  );
  return {
    ...facts,
    subject: subject && own.reduce((now, action) => changed(now, action, facts), subject),
    pipeline: pipeline && actions.reduce(pipelineAfter, pipeline),
  };
}
