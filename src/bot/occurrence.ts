import type { CommitPlace, Noteable } from '../model/noteable.ts';
import type { WebhookEvent } from '../webhooks/registry.ts';
import { type Claim, claimOf } from './claim.ts';

/** Something that the bot reacts to: a webhook's event, or a finding of the sweep. */
export interface Occurrence {
  /**
   * What rules can name in `on`, from general to particular: `merge_request`, `merge_request.opened`. One event can be
   * several things at once.
   */
  readonly names: readonly string[];
  readonly project: number;
  /** The merge request or issue it is about; null for pushes, releases, deployments and the like. */
  readonly subject: Noteable | null;
  /** The user who did it, as the payload claims: only for comparison with the API. */
  readonly actorId: number | null;
  /** Nothing of it may be shown outside its object. */
  readonly confidential: boolean;
  /** The comment that was written or changed. */
  readonly note: {
    readonly id: number;
    readonly threadId: string | null;
    readonly text: string;
    /** The commit that it is on; null where it is on something else. */
    readonly commit: CommitPlace | null;
  } | null;
  /** Branch or tag, for pushes, releases and deployments. */
  readonly ref: string | null;
  /** Of a deployment; everything else comes from the API. */
  readonly deploymentId: number | null;
  /** The claim that GitLab must confirm before any rule acts on it; null where the object shows it. */
  readonly claim: Claim | null;
  /** Labels that this event added and removed. */
  readonly labelChange: { readonly added: readonly string[]; readonly removed: readonly string[] };
}

const none = { added: [], removed: [] } as const;

type Base = Pick<
  Occurrence,
  'actorId' | 'confidential' | 'note' | 'ref' | 'deploymentId' | 'claim' | 'labelChange' | 'subject'
>;

function baseOf(event: WebhookEvent): Base {
  return {
    subject: null,
    actorId: event.user?.id ?? null,
    confidential: event.confidential,
    note: null,
    ref: null,
    deploymentId: null,
    claim: null,
    labelChange: none,
  };
}

type Of<Kind extends WebhookEvent['kind']> = Extract<WebhookEvent, { readonly kind: Kind }>;

function projectOf(event: WebhookEvent): number | null {
  if ('projectId' in event && event.projectId !== null) return event.projectId;
  if (event.kind === 'merge_request') return event.targetProjectId;
  return event.project?.id ?? null;
}

function ofMergeRequest(event: Of<'merge_request'>, project: number): Partial<Occurrence> {
  return {
    names: ['merge_request', ...event.actions.map((action) => `merge_request.${action}`)],
    subject: { kind: 'merge_request', project, iid: event.iid },
    labelChange: event.labelChange,
  };
}

function ofIssue(event: Of<'issue'>, project: number): Partial<Occurrence> {
  const words = { open: 'opened', close: 'closed', reopen: 'reopened', update: 'edited' } as const;
  const action = event.action === null ? [] : [`issue.${words[event.action]}`];
  const isLabelled = event.labelChange.added.length + event.labelChange.removed.length > 0;
  return {
    names: ['issue', ...action, ...(isLabelled ? ['issue.labels'] : [])],
    subject: { kind: 'issue', project, iid: event.iid },
    labelChange: event.labelChange,
  };
}

/** GitLab names threads by a SHA-1; anything else could be another path of the API. */
function threadIdOf({ discussionId }: Of<'note'>): string | null {
  return discussionId !== null && /^[0-9a-f]{40}$/.test(discussionId) ? discussionId : null;
}

/** A shorter name of a commit could be a branch. */
function commitOf({ noteable, commitSha: sha }: Of<'note'>, project: number): CommitPlace | null {
  const isOnCommit = noteable === 'commit' && sha !== null && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(sha);
  return isOnCommit ? { kind: 'commit', project, sha } : null;
}

function ofNote(event: Of<'note'>, project: number): Partial<Occurrence> {
  const { noteable, iid } = event;
  const isWork = noteable === 'merge_request' || noteable === 'issue';
  return {
    names: event.system ? [] : ['note', `note.${event.action === 'create' ? 'created' : 'edited'}`],
    subject: isWork && iid !== null ? { kind: noteable, project, iid } : null,
    note: {
      id: event.id,
      threadId: threadIdOf(event),
      text: event.note,
      commit: commitOf(event, project),
    },
  };
}

function named(kind: string, detail: string | null): readonly string[] {
  return detail === null ? [kind] : [kind, `${kind}.${detail}`];
}

/** GitLab says `create`, rules say `created`. */
function ofRelease({ action, tag }: Of<'release'>): Partial<Occurrence> {
  return { names: named('release', action === null ? null : `${action}d`), ref: tag };
}

function ofDeployment({ status, ref, id }: Of<'deployment'>): Partial<Occurrence> {
  return { names: named('deployment', status), ref, deploymentId: id };
}

/** Statuses that have names of their own in rules. */
const toldStatuses: ReadonlySet<string> = new Set(['running', 'success', 'failed', 'canceled']);

function withStatus(kind: string, status: string | null): readonly string[] {
  return named(kind, status !== null && toldStatuses.has(status) ? status : null);
}

/** Whether it recovered depends on the pipeline before, so that a success claims it, and GitLab decides. */
function ofPipeline({ status, mergeRequestIid: iid }: Of<'pipeline'>, project: number): Partial<Occurrence> {
  const recovered = status === 'success' ? ['pipeline.recovered'] : [];
  return {
    names: [...withStatus('pipeline', status), ...recovered],
    subject: iid === null ? null : { kind: 'merge_request', project, iid },
  };
}

function ofJob({ status, retries }: Of<'job'>): Partial<Occurrence> {
  const isOver = status === 'success' || status === 'failed';
  const again = isOver && retries !== null && retries > 0 ? ['job.retried'] : [];
  return { names: [...withStatus('job', status), ...again] };
}

/** The meaning of an event beyond its kind, for kinds that need it. */
const meanings: {
  readonly [Kind in WebhookEvent['kind']]?: (event: Of<Kind>, project: number) => Partial<Occurrence>;
} = {
  merge_request: ofMergeRequest,
  issue: ofIssue,
  note: ofNote,
  push: ({ change, branch }) => ({ names: named('push', change), ref: branch }),
  tag_push: ({ change, tag }) => ({ names: named('tag_push', change), ref: tag }),
  release: ofRelease,
  deployment: ofDeployment,
  pipeline: ofPipeline,
  job: ofJob,
  milestone: ({ action }) => ({ names: named('milestone', action) }),
  wiki_page: ({ action }) => ({ names: named('wiki_page', action === null ? null : `${action}d`) }),
  emoji: ({ action }) => ({ names: named('emoji', action) }),
};

function meaningOf<Kind extends WebhookEvent['kind']>(event: Of<Kind>, project: number): Partial<Occurrence> {
  const meaning: ((event: Of<Kind>, project: number) => Partial<Occurrence>) | undefined =
    meanings[event.kind];
  return meaning === undefined ? {} : meaning(event, project);
}

/** The meaning of an event for rules and commands; null when it names no project. */
export function occurrenceOf(event: WebhookEvent): Occurrence | null {
  const project = projectOf(event);
  if (project === null) return null;
  const claim = claimOf(event, project);
  return { ...baseOf(event), names: [event.kind], project, claim, ...meaningOf(event, project) };
}
