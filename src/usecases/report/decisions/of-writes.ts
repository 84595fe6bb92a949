import type { ReportOptions } from '../../../config/report-options.ts';
import type { DecisionOf } from '../../../model/decision.ts';
import type { Summary } from '../../../model/summary.ts';
import type { Write } from '../../../model/write.ts';
import type { PublishedNote } from '../../../publish/publish-note.ts';
import type { PublishedStatus } from '../../../publish/publish-status.ts';

type WriteDecision = DecisionOf<'writes'>;

/** Why there is no comment at all. */
export function whyNoNote(
  { comment, commitComment }: Pick<ReportOptions, 'comment' | 'commitComment'>,
  { mergeRequest }: Pick<Summary, 'mergeRequest'>,
): string {
  if (comment === 'never') return 'The option comment is never.';
  if (mergeRequest !== null) return 'GitLab did not let Herald read the comments of the merge request.';
  return commitComment
    ? 'The merge request of this pipeline is not known, so its commit gets no comment.'
    : 'There is no open merge request, and the option commit-comment is off.';
}

/** What becomes of the comment; `whyNone` where there is no note to publish. */
export function decisionOfComment(note: PublishedNote | null, whyNone: string): WriteDecision {
  const about = 'comment';
  if (note === null) return { about, outcome: 'not-written', noteId: null, reason: whyNone };
  const { outcome, noteId, reason } = note;
  return { about, outcome, noteId, reason };
}

export function decisionOfStatus({ write, outcome, reason }: PublishedStatus): WriteDecision {
  const { name, state } = write.status;
  return { about: 'status', name, state, outcome, reason };
}

/** The labels that change; `reason` says why none does. */
export function decisionOfLabels(
  write: Extract<Write, { readonly do: 'changeLabels' }> | null,
  reason: string,
): WriteDecision {
  const about = 'labels';
  if (write === null) return { about, add: [], remove: [], reason };
  return { about, add: [...write.add], remove: [...write.remove], reason };
}

const changes: Readonly<Record<string, keyof Counts>> = {
  startThread: 'create',
  updateThread: 'update',
  resolveThread: 'resolve',
  reopenThread: 'reopen',
  deleteThread: 'remove',
};

type Counts = Pick<
  WriteDecision & { readonly about: 'threads' },
  'create' | 'reopen' | 'remove' | 'resolve' | 'update'
>;

const none: Counts = { create: 0, update: 0, resolve: 0, reopen: 0, remove: 0 };

/** The comments on lines that change; `reason` says why none does. */
export function decisionOfLines(writes: readonly Write[], reason: string): WriteDecision {
  const counts: Record<keyof Counts, number> = { ...none };
  for (const write of writes) {
    const change = changes[write.do];
    if (change !== undefined) counts[change] += 1;
  }
  return { about: 'threads', of: 'lines', ...counts, reason };
}

/** The thread that follows the verdict: opened while something fails, resolved otherwise. */
export function decisionOfThread(of: 'comment' | 'gates', isFailing: boolean): WriteDecision {
  const counts = isFailing ? { create: 1 } : { resolve: 1 };
  const reason = isFailing
    ? 'something fails: the thread is open, unless a person resolved it'
    : 'nothing fails: the thread is resolved if there is one';
  return { about: 'threads', of, ...none, ...counts, reason };
}
