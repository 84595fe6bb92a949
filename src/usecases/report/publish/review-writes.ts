import { GitLabRefusedError } from '../../../errors.ts';
import type { Conversations } from '../../../gitlab/ports/conversations.ts';
import type { Notes } from '../../../gitlab/ports/port.ts';
import type { Reviews } from '../../../gitlab/ports/reviews.ts';
import type { Log } from '../../../io/port.ts';
import type { MergeRequest } from '../../../model/context.ts';
import type {
  DiffSpot,
  DiffVersion,
  InlinePlace,
  ReviewMode,
  ReviewThread,
} from '../../../model/inline-comment.ts';
import type { Noteable } from '../../../model/noteable.ts';
import type { Write } from '../../../model/write.ts';
import { parseInlineMarker } from '../../../publish/inline-marker.ts';
import { encodeKey } from '../../../publish/marker.ts';
import { leaveReviewers, type OwnReviewer, warnUnlessAsked } from './own-reviewer.ts';

interface Body {
  readonly thread: ReviewThread;
  readonly body: string;
}

/** The writes on lines of a diff. */
export interface Review {
  /** Of the report. */
  readonly key: string;
  readonly mergeRequest: MergeRequest;
  /** The same, as something to talk on. */
  readonly on: Noteable;
  readonly version: DiffVersion;
  readonly create: readonly { readonly spot: DiffSpot; readonly place: InlinePlace; readonly body: string }[];
  readonly update: readonly Body[];
  readonly reopen: readonly ReviewThread[];
  readonly resolve: readonly Body[];
  readonly remove: readonly ReviewThread[];
  readonly mode: ReviewMode;
  /** What the review says while it asks for changes, as inert Markdown; null while no gate fails. */
  readonly askedChanges: string | null;
}

function writesOf({ mergeRequest, create, update, reopen, resolve, remove }: Review): readonly Write[] {
  const on = (thread: ReviewThread): { mergeRequest: MergeRequest; threadId: string; noteId: number } => ({
    mergeRequest,
    threadId: thread.id,
    noteId: thread.noteId,
  });
  return [
    ...update.map(({ thread }): Write => ({ do: 'updateThread', ...on(thread) })),
    ...reopen.map((thread): Write => ({ do: 'reopenThread', ...on(thread) })),
    ...resolve.map(({ thread }): Write => ({ do: 'resolveThread', ...on(thread) })),
    ...remove.map((thread): Write => ({ do: 'deleteThread', ...on(thread) })),
    ...create.map(
      ({ place, body }): Write => ({
        do: 'startThread',
        mergeRequest,
        path: place.path,
        line: place.end,
        body,
      }),
    ),
  ];
}

/** What writing a review may touch. */
interface ReviewWorld {
  readonly gitlab: Reviews &
    Pick<Notes, 'updateNote' | 'deleteNote'> &
    Pick<Conversations, 'startThread' | 'setThreadResolved'> &
    OwnReviewer;
  readonly log: Log;
}

async function changeThreads(review: Review, { gitlab }: ReviewWorld): Promise<void> {
  const { mergeRequest, on, update, reopen, resolve } = review;
  for (const { thread, body } of [...update, ...resolve])
    await gitlab.updateNote(mergeRequest, thread.noteId, body);
  for (const { id } of reopen) await gitlab.setThreadResolved(on, id, false);
  for (const { thread } of resolve) await gitlab.setThreadResolved(on, thread.id, true);
}

async function removeThreads({ mergeRequest, remove }: Review, { gitlab }: ReviewWorld): Promise<void> {
  for (const { noteId } of remove) await gitlab.deleteNote(mergeRequest, noteId);
}

/**
 * Takes away what a run that was cut off left: it was for another state of the diff. False where there are no drafts,
 * or where somebody else writes a review under the same account: publishing publishes all of its drafts.
 */
async function mayDraft({ key, mergeRequest }: Review, { gitlab }: ReviewWorld): Promise<boolean> {
  const drafts = await gitlab.fetchDraftNotes(mergeRequest);
  if (drafts === null) return false;
  const isOwn = (body: string): boolean => parseInlineMarker(body)?.key === encodeKey(key);
  for (const { id, body } of drafts) if (isOwn(body)) await gitlab.deleteDraftNote(mergeRequest, id);
  return drafts.every(({ body }) => isOwn(body));
}

/** GitLab refuses a line that its own diff does not show: false. */
async function unlessMisplaced(write: Promise<unknown>, { log }: ReviewWorld): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (!(error instanceof GitLabRefusedError) || error.status !== 400) throw error;
    log.warn(`GitLab did not accept the line of a comment: ${error.message}`);
    return false;
  }
}

/** Each goes out by itself. True when GitLab took all. */
async function startOneByOne(review: Review, world: ReviewWorld): Promise<boolean> {
  let tookAll = true;
  for (const { spot, body } of review.create) {
    const begun = world.gitlab.startThread(review.on, body, { spot, version: review.version });
    tookAll = (await unlessMisplaced(begun, world)) && tookAll;
  }
  return tookAll;
}

/** From 19.4 GitLab makes the author of a review a reviewer, and Free has one reviewer only. */
async function afterReview({ askedChanges, on }: Review, world: ReviewWorld): Promise<void> {
  if (askedChanges === null) await leaveReviewers(on, world);
  else await warnUnlessAsked(on, world);
}

/** All go out at once, or, where GitLab does not take one of the lines, none. */
async function publishAsReview(review: Review, world: ReviewWorld): Promise<boolean> {
  const { mergeRequest, version, create } = review;
  const publish = async (): Promise<void> => {
    for (const { spot, body } of create)
      await world.gitlab.createDraftNote(mergeRequest, { spot, body, version });
    await world.gitlab.publishDraftNotes(mergeRequest, review.askedChanges ?? undefined);
  };
  return unlessMisplaced(publish(), world);
}

/**
 * One comment goes out by itself; several as one review, so that there is one notification. True when GitLab took all.
 */
async function startThreads(review: Review, world: ReviewWorld): Promise<boolean> {
  const isReview =
    review.mode !== 'discussions' && review.create.length > (review.askedChanges === null ? 1 : 0);
  if (isReview && (await mayDraft(review, world))) {
    if (await publishAsReview(review, world)) {
      await afterReview(review, world);
      return true;
    }
    await mayDraft(review, world);
  }
  return startOneByOne(review, world);
}

/**
 * Writes the review, changes before new comments, and then deletes only threads that now exist elsewhere; a dry run
 * only logs it.
 */
export async function writeReview(
  review: Review,
  world: ReviewWorld,
  dryRun: boolean,
): Promise<readonly Write[]> {
  const writes = writesOf(review);
  if (!dryRun) {
    await changeThreads(review, world);
    // What an earlier run asked for is done: taking the bot off the reviewers withdraws its review.
    if (review.mode === 'request-changes' && review.askedChanges === null && review.create.length === 0)
      await leaveReviewers(review.on, world);
    if (await startThreads(review, world)) await removeThreads(review, world);
  }
  return writes;
}
