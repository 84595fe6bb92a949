import { GitLabRefusedError } from '../errors.ts';
import type { DiffComment } from '../gitlab/ports/reviews.ts';
import type { MergeRequest } from '../model/context.ts';
import type { DiffSpot, DiffVersion, InlinePlace, ReviewThread } from '../model/inline-comment.ts';
import type { Write } from '../model/write.ts';
import { parseInlineMarker } from '../publish/inline-marker.ts';
import { encodeKey } from '../publish/marker.ts';
import type { ConnectedWorld } from './world.ts';

interface Body {
  readonly thread: ReviewThread;
  readonly body: string;
}

/** What is to be written on lines of a diff. */
export interface Review {
  /** Of the report. */
  readonly key: string;
  readonly mergeRequest: MergeRequest;
  readonly version: DiffVersion;
  readonly create: readonly { readonly spot: DiffSpot; readonly place: InlinePlace; readonly body: string }[];
  readonly update: readonly Body[];
  readonly reopen: readonly ReviewThread[];
  readonly resolve: readonly Body[];
  readonly remove: readonly ReviewThread[];
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

async function changeThreads(review: Review, { gitlab }: ConnectedWorld): Promise<void> {
  const { mergeRequest, update, reopen, resolve, remove } = review;
  for (const { thread, body } of [...update, ...resolve])
    await gitlab.updateNote(mergeRequest, thread.noteId, body);
  for (const { id } of reopen) await gitlab.setReviewThreadResolved(mergeRequest, id, false);
  for (const { thread } of resolve) await gitlab.setReviewThreadResolved(mergeRequest, thread.id, true);
  for (const { noteId } of remove) await gitlab.deleteNote(mergeRequest, noteId);
}

/**
 * Takes away what a run that was cut off left: it was for another state of the diff. False where there are no drafts, or where somebody else
 * writes a review under the same account: publishing publishes all of its drafts.
 */
async function mayDraft({ key, mergeRequest }: Review, { gitlab }: ConnectedWorld): Promise<boolean> {
  const drafts = await gitlab.fetchDraftNotes(mergeRequest);
  if (drafts === null) return false;
  const isOwn = (body: string): boolean => parseInlineMarker(body)?.key === encodeKey(key);
  for (const { id, body } of drafts) if (isOwn(body)) await gitlab.deleteDraftNote(mergeRequest, id);
  return drafts.every(({ body }) => isOwn(body));
}

/** GitLab refuses a line that its own diff does not show; that costs the one comment. */
async function unlessMisplaced(write: Promise<void>, { log }: ConnectedWorld): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!(error instanceof GitLabRefusedError) || error.status !== 400) throw error;
    log.warn(`a comment is left out, as GitLab does not take its line: ${error.message}`);
  }
}

/** One comment goes out by itself; several as one review, so that there is one notification. */
async function startThreads(review: Review, world: ConnectedWorld): Promise<void> {
  const { gitlab } = world;
  const { mergeRequest, version, create } = review;
  if (create.length === 0) return;
  const comments = create.map(({ spot, body }): DiffComment => ({ spot, body, version }));
  const asReview = create.length > 1 && (await mayDraft(review, world));
  if (!asReview) {
    for (const comment of comments)
      await unlessMisplaced(gitlab.startDiffThread(mergeRequest, comment), world);
    return;
  }
  for (const comment of comments) await unlessMisplaced(gitlab.createDraftNote(mergeRequest, comment), world);
  await gitlab.publishDraftNotes(mergeRequest);
}

/** Writes the review, changes before new comments; in a dry run only tells it. */
export async function writeReview(
  review: Review,
  world: ConnectedWorld,
  dryRun: boolean,
): Promise<readonly Write[]> {
  const writes = writesOf(review);
  if (!dryRun) {
    await changeThreads(review, world);
    await startThreads(review, world);
  }
  return writes;
}
