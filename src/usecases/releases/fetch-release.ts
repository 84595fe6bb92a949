import type { Releases } from '../../gitlab/ports/releases.ts';
import type { ClosingReference } from '../../model/closing-reference.ts';
import { addressInProject } from '../../model/project-address.ts';
import type {
  DirectCommit,
  MergedRequest,
  Release,
  ReleasedIssue,
  ReleasedRequest,
} from '../../model/release.ts';
import type { ReleaseCommit, ReleaseRange } from '../../model/release-range.ts';
import { ownLines } from '../../render/markdown/own-lines.ts';
import { closingReferences, referenceName, type TextPlace } from '../../trail/closing-references.ts';
import { authorsOf, ownCommits } from '../../trail/commits.ts';
import { type ReleasedChange, revertedChanges } from '../../trail/releases/reverted-changes.ts';
import { isPreRelease } from '../../trail/releases/version-tag.ts';
import type { Tracker } from '../../trail/trackers.ts';
import { fetchReleaseRange, type RangeWish, type RangeWorld } from './fetch-release-range.ts';
import { type TracedRange, type TraceWorld, traceRange } from './trace-range.ts';

/** What a release is read with. */
export interface ReleaseWorld {
  readonly gitlab: RangeWorld['gitlab'] & TraceWorld['gitlab'] & Pick<Releases, 'fetchIssuesByIid'>;
}

export interface ReleaseWish extends RangeWish {
  readonly trackers: readonly Tracker[];
}

/** More issues of one release are not looked at. */
const maxIssues = 1_000;

function placeOf({ project, trackers }: ReleaseWish): TextPlace {
  const { url, path } = project;
  const isBelow = url.toLowerCase().endsWith(`/${path.toLowerCase()}`);
  return { serverUrl: isBelow ? url.slice(0, -path.length - 1) : url, project: path, trackers };
}

function messagesByRequest(
  commits: readonly ReleaseCommit[],
  { brought, origins }: TracedRange,
): ReadonlyMap<number, readonly string[]> {
  const messages = new Map<number, string[]>();
  for (const { sha, message } of ownCommits(commits))
    for (const iid of new Set([brought.get(sha), origins.get(sha)]))
      if (iid !== undefined) messages.set(iid, [...(messages.get(iid) ?? []), message]);
  return messages;
}

interface Picks {
  /** Merge requests whose commits were picked → the one that brought the picks; null where none did. */
  readonly broughtAgainBy: ReadonlyMap<number, number | null>;
}

/** Merge requests that are only in the release because their commits were picked into it. */
function picksOf({ brought, origins }: TracedRange): Picks {
  const own = new Set(brought.values());
  const again = new Map<number, number | null>();
  for (const [sha, iid] of origins) if (!own.has(iid)) again.set(iid, brought.get(sha) ?? null);
  return { broughtAgainBy: again };
}

/** Of a description only the lines that its author wrote for people to see. */
function releasedRequest(
  mergeRequest: MergedRequest,
  messages: readonly string[],
  { wish, pickedBy }: { readonly wish: ReleaseWish; readonly pickedBy: number | null },
): ReleasedRequest {
  const { iid, title, description } = mergeRequest;
  const texts = [title, ownLines(description).join('\n'), ...messages];
  return {
    ...mergeRequest,
    url: addressInProject(wish.project.url, 'merge_requests', iid),
    closes: closingReferences(texts, placeOf(wish)),
    pickedBy,
  };
}

function requestsOf(range: ReleaseRange, traced: TracedRange, wish: ReleaseWish): readonly ReleasedRequest[] {
  const { broughtAgainBy } = picksOf(traced);
  const messages = messagesByRequest(range.commits, traced);
  const iids = [...new Set([...traced.brought.values(), ...broughtAgainBy.keys()])].sort((a, b) => a - b);
  return iids.flatMap((iid) => {
    const found = traced.known.get(iid);
    if (found === undefined) return [];
    const pickedBy = broughtAgainBy.get(iid) ?? null;
    return [releasedRequest(found, messages.get(iid) ?? [], { wish, pickedBy })];
  });
}

function directOf(
  range: ReleaseRange,
  { brought, origins }: TracedRange,
  wish: ReleaseWish,
): readonly DirectCommit[] {
  return ownCommits(range.commits)
    .filter(({ sha }) => !brought.has(sha) && !origins.has(sha))
    .map(({ sha, title, message }) => ({
      sha,
      title,
      message,
      closes: closingReferences([message], placeOf(wish)),
    }));
}

/** The issues of the own project that are named, each once. */
function iidsIn(references: readonly ClosingReference[], { project }: ReleaseWish): readonly number[] {
  const own = references.flatMap((reference) =>
    reference.kind === 'issue' && reference.project === project.path
      ? [[referenceName(reference), reference.iid] as const]
      : [],
  );
  return [...new Map(own).values()].sort((a, b) => a - b);
}

async function fetchIssues(
  iids: readonly number[],
  { project }: ReleaseWish,
  { gitlab }: ReleaseWorld,
): Promise<readonly ReleasedIssue[]> {
  if (iids.length === 0) return [];
  const found = await gitlab.fetchIssuesByIid(project.id, iids.slice(0, maxIssues));
  const named = new Set(iids);
  return found
    .filter(({ iid }) => named.has(iid))
    .map((issue) => ({ ...issue, url: addressInProject(project.url, 'issues', issue.iid) }))
    .sort((a, b) => a.iid - b.iid);
}

type Change = ReleasedChange & { readonly is: ReleasedRequest | DirectCommit };

/** The changes of a range, with their commits. */
function changesOf(
  range: ReleaseRange,
  { brought, origins }: TracedRange,
  found: Pick<Release, 'mergeRequests' | 'commits'>,
): readonly Change[] {
  const commits = new Map<number | string, ReleasedChange['commits'][number][]>();
  for (const { sha, message, parents = [] } of range.commits) {
    const one = { sha, message, isMerge: parents.length > 1 };
    for (const key of new Set([brought.get(sha) ?? sha, origins.get(sha)]))
      if (key !== undefined) commits.set(key, [...(commits.get(key) ?? []), one]);
  }
  const ofRequests = found.mergeRequests.map((is) => ({
    is,
    iid: is.iid,
    title: is.title,
    description: ownLines(is.description).join('\n'),
    commits: commits.get(is.iid) ?? [],
    wholeShas: [is.mergeSha, is.squashSha].filter((sha) => sha !== null),
  }));
  const pushed = found.commits.map((is) => ({
    ...{ is, iid: null, title: is.title, description: '' },
    ...{ commits: commits.get(is.sha) ?? [], wholeShas: [is.sha] },
  }));
  return [...ofRequests, ...pushed];
}

/** What counts as shipped, and what was undone in the same release. */
function withoutReverted(
  changes: readonly Change[],
  found: Pick<Release, 'mergeRequests' | 'commits'>,
): Pick<Release, 'mergeRequests' | 'commits' | 'reverted'> & { readonly skipped: ReadonlySet<string> } {
  const { reverted, reverting } = revertedChanges(changes);
  const undone = new Set([...reverted].map(({ is }) => is));
  const away = new Set([...reverted, ...reverting].map(({ is }) => is));
  const undoneIids = new Set([...undone].flatMap((one) => ('iid' in one ? [one.iid] : [])));
  const isPickedByUndone = ({ pickedBy }: ReleasedRequest): boolean =>
    pickedBy !== null && undoneIids.has(pickedBy);
  return {
    mergeRequests: found.mergeRequests.filter((one) => !away.has(one) && !isPickedByUndone(one)),
    commits: found.commits.filter((one) => !away.has(one)),
    reverted: {
      mergeRequests: found.mergeRequests.filter((one) => undone.has(one)),
      commits: found.commits.filter((one) => undone.has(one)),
    },
    skipped: new Set([...reverted, ...reverting].flatMap(({ commits }) => commits.map(({ sha }) => sha))),
  };
}

/** What a range of commits brought: merge requests, issues and people. Throws as the port does. */
async function fetchReleaseOf(range: ReleaseRange, wish: ReleaseWish, world: ReleaseWorld): Promise<Release> {
  const traced = await traceRange(range, wish.project.id, world);
  const all = { mergeRequests: requestsOf(range, traced, wish), commits: directOf(range, traced, wish) };
  const { skipped, ...counting } = withoutReverted(changesOf(range, traced, all), all);
  const { mergeRequests, commits } = counting;
  const iids = iidsIn(
    [...mergeRequests, ...commits].flatMap(({ closes }) => closes),
    wish,
  );
  const cut =
    iids.length > maxIssues ? [`Only the first ${maxIssues} of ${iids.length} issues were looked at.`] : [];
  return {
    ...counting,
    tag: range.tag,
    sha: range.sha,
    from: range.from,
    isPreRelease: range.tag !== null && isPreRelease(range.tag),
    issues: await fetchIssues(iids, wish, world),
    contributors: authorsOf(ownCommits(range.commits).filter(({ sha }) => !skipped.has(sha))),
    gaps: [...range.gaps, ...traced.gaps, ...cut],
    remarks: range.remarks,
  };
}

/** The release of a tag, or what is not released yet. `message` says why there is none. Throws as the port does. */
export async function fetchRelease(
  wish: ReleaseWish,
  world: ReleaseWorld,
): Promise<
  | { readonly kind: 'release'; readonly release: Release }
  | { readonly kind: 'wrong'; readonly message: string }
> {
  const found = await fetchReleaseRange(wish, world);
  if (found.kind === 'wrong') return found;
  return { kind: 'release', release: await fetchReleaseOf(found.range, wish, world) };
}
