import type { ReportOptions } from '../../../config/report-options.ts';
import type { GitLab, NotesAndIssue } from '../../../gitlab/ports/port.ts';
import type { Context, MergeRequest } from '../../../model/context.ts';
import { type FlakyMarks, flakyIssue } from '../../../model/flaky-mark.ts';
import { flakyMarksOf } from '../../../publish/flaky-marks.ts';
import { holdsLock } from '../../../publish/note-lock.ts';
import { type FoundNotes, findNotes } from '../../../publish/publish-note.ts';
import type { World } from '../../world.ts';

interface Asked {
  readonly options: ReportOptions;
  readonly context: Context;
  readonly mergeRequest: MergeRequest | null;
  /** Whether tests failed: then GitLab will be asked for marks, too. */
  readonly hasFailingTests: boolean;
}

export interface LookedAhead {
  /** Null where the comment was not looked up. */
  readonly notes: Promise<FoundNotes> | null;
  /** The tests marked as flaky; null where they are not known in this way. */
  readonly marks: Promise<FlakyMarks | null>;
}

/** Failures are met where the answer is used, which may not have begun, or may never be. */
function metLater<T>(answer: Promise<T>): Promise<T> {
  answer.catch(() => undefined);
  return answer;
}

function marksIn(found: NotesAndIssue | null, gitlab: GitLab): FlakyMarks | null {
  return found === null ? null : flakyMarksOf(found.issue, gitlab);
}

/**
 * Looks the comment up while GitLab answers other questions; where tests failed together with the marks of flaky ones,
 * in one request if GitLab gives all of that, else the comment alone. Nothing is looked up where that is not known to
 * be needed, and where no lock holds: there what a run decides by must be seen just before it writes.
 */
export function lookAhead(
  { options, context, mergeRequest, hasFailingTests }: Asked,
  { gitlab, clock }: World,
): LookedAhead {
  const { comment, key, section } = options;
  const isOwn = context.mergeRequest !== null && mergeRequest !== null;
  // With `changes` GitLab is first asked which pipeline it shows.
  const isKept = comment !== 'never' && comment !== 'changes' && section === null;
  if (gitlab?.tokenKind !== 'bot' || !isOwn || !isKept || !holdsLock(context, mergeRequest, key))
    return { notes: null, marks: Promise.resolve(null) };
  const target = { place: mergeRequest, key };
  const isWanted = comment === 'always';
  if (!hasFailingTests) {
    const notes = metLater(findNotes({ gitlab, clock }, target, { isWanted }));
    return { notes, marks: Promise.resolve(null) };
  }
  const first = gitlab.fetchNotesAndIssue(mergeRequest, flakyIssue);
  return {
    notes: metLater(findNotes({ gitlab, clock }, target, { isWanted, first })),
    marks: metLater(first.then((found) => marksIn(found, gitlab))),
  };
}
