import { changedLines } from '../../../diff/changed-lines.ts';
import { spotOf } from '../../../diff/position.ts';
import type { Conversations } from '../../../gitlab/ports/conversations.ts';
import type { Users } from '../../../gitlab/ports/port.ts';
import type { Repository } from '../../../gitlab/ports/repository.ts';
import type { Reviews } from '../../../gitlab/ports/reviews.ts';
import type { Files, Log } from '../../../io/port.ts';
import type { MergeRequest } from '../../../model/context.ts';
import type { Diff } from '../../../model/diff.ts';
import type { DiffVersion } from '../../../model/inline-comment.ts';
import type { Noteable } from '../../../model/noteable.ts';
import type { Summary } from '../../../model/summary.ts';
import type { Write } from '../../../model/write.ts';
import { inlineAuthorOf, type OwnThread } from '../../../publish/inline-author.ts';
import { withInlineMarker } from '../../../publish/inline-marker.ts';
import { encodeKey } from '../../../publish/marker.ts';
import { holdsLock } from '../../../publish/note-lock.ts';
import {
  type ChangedComment,
  type DiscussionsPlan,
  type NewComment,
  planDiscussions,
} from '../../../publish/plan-discussions.ts';
import { reviewThreadOf } from '../../../publish/review-thread.ts';
import { goneLine, inlineBody } from '../../../render/inline-comments/inline-body.ts';
import { inlineRun } from '../../../render/inline-comments/inline-items.ts';
import { languageOf } from '../../../render/words/language-of.ts';
import { completeFix } from '../../../reports/formats/shared/whole-line-fix.ts';
import type { Troubles } from '../../troubles.ts';
import type { ConnectedWorld } from '../../world.ts';
import { decisionOfLines } from '../decisions/of-writes.ts';
import { isOpen } from './is-open.ts';
import { noteableOfMergeRequest } from './noteable-of-merge-request.ts';
import { changesAsked } from './own-reviewer.ts';
import { type Review, writeReview } from './review-writes.ts';
import type { MayWrite, ToPublish } from './to-publish.ts';

interface Place {
  readonly mergeRequest: MergeRequest;
  readonly on: Noteable;
  readonly diff: Diff;
  readonly version: DiffVersion;
}

interface PlaceWorld {
  readonly gitlab: Pick<Reviews, 'fetchDiffVersion'> & Pick<Repository, 'fetchProject'>;
  readonly log: Log;
}

/** Where comments are possible: null when there is no diff of this very commit. */
async function placeOf({ summary }: ToPublish, { gitlab, log }: PlaceWorld): Promise<Place | null> {
  const { mergeRequest, diff, context } = summary;
  if (mergeRequest === null || diff === null) return null;
  const version = await gitlab.fetchDiffVersion(mergeRequest);
  if (version === null) return null;
  if (version.headSha === (mergeRequest.headSha ?? context.commit.sha))
    return { mergeRequest, on: await noteableOfMergeRequest(mergeRequest, gitlab), diff, version };
  log.info('the merge request has newer commits: comments on its lines stay as they are');
  return null;
}

async function fetchOwnThreads(
  { mergeRequest, on }: Place,
  key: string,
  gitlab: Users & Pick<Conversations, 'fetchThreadPages'>,
): Promise<readonly OwnThread[]> {
  const author = inlineAuthorOf(gitlab, { mergeRequest, key });
  const own: OwnThread[] = [];
  for await (const page of gitlab.fetchThreadPages(on))
    for (const thread of page) {
      const about = reviewThreadOf(thread);
      const one = about === null ? null : await author.ownThread(about);
      if (one !== null) own.push(one);
    }
  return own;
}

/** Further files are listed without their lines. */
const maxFiles = 100;
const maxCharacters = 1_000_000;

/**
 * Files whose lines a comment needs: those with changed lines that no test runs, and those that a tool offers to change
 * in parts of lines.
 */
function pathsOf({ comparison }: Summary): ReadonlySet<string> {
  const uncovered = (comparison.patch?.files ?? []).filter((file) => file.uncovered.length > 0);
  const changeable = (comparison.findings?.fresh ?? []).flatMap(({ finding, onChangedLine }) =>
    onChangedLine === true && finding.path !== null && finding.fix?.columns ? [finding.path] : [],
  );
  return new Set([...uncovered.map(({ path }) => path), ...changeable]);
}

/** The lines of the files that comments need, as far as they can be read. */
async function sourceLinesOf(
  summary: Summary,
  files: Files,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const lines = new Map<string, readonly string[]>();
  for (const path of [...pathsOf(summary)].slice(0, maxFiles)) {
    const text = await files.readText(path).catch(() => null);
    if (text !== null && text.length <= maxCharacters) lines.set(path, text.split(/\r\n|\n/));
  }
  return lines;
}

/**
 * The new findings, with what a tool offers to change in parts of lines as whole lines, where the lines are known; else
 * without it.
 */
function withCompleteFixes(summary: Summary, sources: ReadonlyMap<string, readonly string[]>): Summary {
  const { comparison } = summary;
  const { findings } = comparison;
  if (findings === null) return summary;
  const fresh = findings.fresh.map((one) => {
    const { path, fix } = one.finding;
    const lines = path === null ? undefined : sources.get(path);
    const completed = fix === null ? null : completeFix(fix, (line) => lines?.[line - 1] ?? null);
    return completed === fix ? one : { ...one, finding: { ...one.finding, fix: completed } };
  });
  return { ...summary, comparison: { ...comparison, findings: { ...findings, fresh } } };
}

async function planOf(what: ToPublish, place: Place, world: ConnectedWorld): Promise<DiscussionsPlan> {
  const { options, summary } = what;
  const { diff, version } = place;
  const words = await languageOf(options.language);
  const changed = changedLines(diff);
  const sources = await sourceLinesOf(summary, world.files);
  const wishes = { kinds: options.inline, severity: options.inlineSeverity };
  const run = inlineRun(withCompleteFixes(summary, sources), wishes, { changed, sources, words });
  const threads = await fetchOwnThreads(place, options.key, world.gitlab);
  return planDiscussions({ ...run, max: options.maxInline, headSha: version.headSha }, threads, {
    render: (items) => inlineBody(items, words),
    spotOf: (lines) => spotOf(diff, { side: 'new', ...lines }),
    goneLine: goneLine(version.headSha, words),
  });
}

/** A merge request that is merged or closed gets no new threads; those that it has say what became of them. */
async function withoutNews(
  plan: DiscussionsPlan,
  { mergeRequest }: Place,
  world: ConnectedWorld,
): Promise<DiscussionsPlan> {
  const hasNews = plan.create.length > 0 || plan.reopen.length > 0;
  if (!hasNews || (await isOpen(mergeRequest, 'no comments on lines are begun', world))) return plan;
  return { ...plan, create: [], reopen: [], remove: [] };
}

/**
 * Another pipeline of the commit may have begun the same threads meanwhile. Each run that began some looks once more:
 * at least the later one sees both, and both keep the older one. With the lock there is no other.
 */
async function removeDoubles(what: ToPublish, place: Place, world: ConnectedWorld): Promise<void> {
  const { options, summary } = what;
  if (holdsLock(summary.context, place.mergeRequest, options.key)) return;
  const { doubles } = await planOf(what, place, world);
  for (const { noteId } of doubles) await world.gitlab.deleteNote(place.mergeRequest, noteId);
}

/** The plan with the bodies as they are written. */
async function reviewOf(
  plan: DiscussionsPlan,
  { mergeRequest, on, version }: Place,
  { key, gitlab }: { readonly key: string; readonly gitlab: Users },
): Promise<Omit<Review, 'mode' | 'askedChanges'>> {
  const author = inlineAuthorOf(gitlab, { mergeRequest, key });
  const bodyOf = async (
    { ids, source }: Pick<NewComment, 'ids' | 'source'>,
    text: string,
    gone: boolean,
  ): Promise<string> =>
    withInlineMarker({ key: encodeKey(key), ids, source, gone }, text, await author.sign(ids));
  const changed = (list: readonly ChangedComment[]): Promise<Review['update']> =>
    Promise.all(
      list.map(async ({ thread, comment: { source }, ids, text, gone }) => ({
        thread,
        body: await bodyOf({ ids, source }, text, gone),
      })),
    );
  return {
    key,
    mergeRequest,
    on,
    version,
    create: await Promise.all(
      plan.create.map(async (one) => ({
        spot: one.spot,
        place: one.place,
        body: await bodyOf(one, one.text, false),
      })),
    ),
    update: await changed(plan.update),
    reopen: plan.reopen,
    resolve: await changed(plan.resolve),
    remove: plan.remove,
  };
}

/**
 * Keeps the comments on lines of the diff current, new ones as one review. Nothing is written for commits that are not
 * the newest ones, and a token that may not write them costs only these comments, with a sentence.
 */
export async function publishInline(
  what: ToPublish,
  { mayWrite, ...world }: ConnectedWorld & { readonly mayWrite: MayWrite },
  troubles: Troubles,
): Promise<readonly Write[]> {
  const { options } = what;
  const decide = world.decide ?? (() => undefined);
  if (options.inline.length === 0) {
    decide(decisionOfLines([], 'The option inline names nothing.'));
    return [];
  }
  const written = await troubles.attempt('the comments on lines', async () => {
    const place = await placeOf(what, world);
    if (place === null) {
      decide(decisionOfLines([], 'There is no diff of this very commit.'));
      return [];
    }
    const plan = await withoutNews(await planOf(what, place, world), place, world);
    if (plan.leftOut > 0) {
      const { inline } = await languageOf(options.language);
      world.log.info(inline.leftOut(plan.leftOut, options.maxInline));
    }
    const review = await reviewOf(plan, place, { key: options.key, gitlab: world.gitlab });
    if (!(await mayWrite())) return [];
    const how = { mode: options.inlineReview, askedChanges: changesAsked(what) };
    const writes = await writeReview({ ...review, ...how }, world, options.dryRun);
    const reason =
      writes.length > 0 ? 'The result on lines of the diff changed.' : 'The lines are already up to date.';
    decide(decisionOfLines(writes, reason));
    if (!options.dryRun && review.create.length > 0) await removeDoubles(what, place, world);
    return writes;
  });
  return written ?? [];
}
