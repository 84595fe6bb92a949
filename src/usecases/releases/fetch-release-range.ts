import type { Evidence } from '../../gitlab/ports/evidence.ts';
import type { History } from '../../gitlab/ports/history.ts';
import type { Releases } from '../../gitlab/ports/releases.ts';
import type { Project } from '../../gitlab/ports/repository.ts';
import type { ReleaseRange, TaggedCommit } from '../../model/release-range.ts';
import { newestRelease, releasesBefore } from '../../trail/releases/previous-release.ts';

/** What the release before another one is found with. */
export interface StartWorld {
  readonly gitlab: Pick<History, 'fetchTagPages'> &
    Pick<Releases, 'fetchMergeBase'> &
    Pick<Evidence, 'fetchBranchHead' | 'fetchTagTargets'>;
}

/** What the commits of a release are read with. */
export interface RangeWorld {
  readonly gitlab: StartWorld['gitlab'] & Pick<Releases, 'fetchCommitsBetween'>;
}

export interface RangeWish {
  readonly project: Pick<Project, 'id' | 'path' | 'url' | 'defaultBranch'>;
  /** Null for what the default branch has since the newest release. */
  readonly tag: string | null;
  /** A tag, branch or whole SHA instead of the release before; null = the release before. */
  readonly from: string | null;
}

/** The range, or why there is none, without a full stop. */
export type FoundRange =
  | { readonly kind: 'range'; readonly range: ReleaseRange }
  | { readonly kind: 'wrong'; readonly message: string };

/** 1,000 tags. */
const maxTagPages = 10;
const maxCommits = 5_000;
/** Tags that are tried before the release counts as the first one. */
const maxCandidates = 5;

function wrong(message: string): FoundRange {
  return { kind: 'wrong', message };
}

/** GitLab's answer, in words of people: `"v1.4"`. */
function quoted(name: string): string {
  return JSON.stringify(name);
}

function isSha(text: string | null | undefined): text is string {
  return text !== undefined && text !== null && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

/** As part of an address, these would lead to another endpoint or be none; git has no such names. */
function isName(text: string): boolean {
  const isWhole = !/\p{Surrogate}/u.test(text);
  return isWhole && text !== '' && text !== '.' && !text.includes('..') && text.length <= 255;
}

interface Tags {
  readonly tags: readonly TaggedCommit[];
  readonly gaps: readonly string[];
}

async function fetchTags({ project }: RangeWish, { gitlab }: StartWorld): Promise<Tags> {
  const tags: TaggedCommit[] = [];
  let pages = 0;
  for await (const { rows, hasMore } of gitlab.fetchTagPages(project)) {
    tags.push(...rows.map(({ name: tag, sha, at }) => ({ tag, sha, at })));
    pages += 1;
    if (pages < maxTagPages || !hasMore) continue;
    return { tags, gaps: [`Only the newest ${tags.length} tags were looked at.`] };
  }
  return { tags, gaps: [] };
}

/** The commit of a tag, a branch or a whole SHA; null where there is no such thing. */
async function fetchCommitOf(
  name: string,
  { project, tags }: { readonly project: number; readonly tags: readonly TaggedCommit[] },
  { gitlab }: StartWorld,
): Promise<string | null> {
  const listed = tags.find(({ tag }) => tag === name)?.sha;
  if (isSha(listed)) return listed;
  if (isSha(name)) return name;
  if (!isName(name)) return null;
  const ofTag = (await gitlab.fetchTagTargets(project, name)).at(-1);
  if (isSha(ofTag)) return ofTag;
  const head = await gitlab.fetchBranchHead(project, name);
  return isSha(head) ? head : null;
}

interface Start {
  readonly from: ReleaseRange['from'];
  readonly remarks: readonly string[];
}

/** The first of the candidates that has history in common; null where none has. One request for each. */
async function findStart(
  candidates: readonly TaggedCommit[],
  { project, sha, name }: { readonly project: number; readonly sha: string; readonly name: string },
  { gitlab }: StartWorld,
): Promise<Start> {
  const remarks: string[] = [];
  for (const candidate of candidates.slice(0, maxCandidates)) {
    const base = isSha(candidate.sha) ? await gitlab.fetchMergeBase(project, [candidate.sha, sha]) : null;
    if (base === null) {
      remarks.push(`${candidate.tag} has no commit in common with ${name}.`);
      continue;
    }
    if (base === sha && candidate.sha !== sha) remarks.push(`${candidate.tag} already holds all of ${name}.`);
    else if (base !== candidate.sha)
      remarks.push(`${candidate.tag} is not an ancestor of ${name}: they go on from ${base.slice(0, 8)}.`);
    return { from: { name: candidate.tag, sha: candidate.sha }, remarks };
  }
  return { from: null, remarks };
}

interface End {
  readonly sha: string;
  readonly name: string;
  readonly candidates: readonly TaggedCommit[];
}

type FoundEnd = End | { readonly message: string };

/** The head of the default branch. */
async function findHead(
  { project }: RangeWish,
  tags: readonly TaggedCommit[],
  { gitlab }: StartWorld,
): Promise<FoundEnd> {
  const { id, path, defaultBranch: name } = project;
  const sha = name === null ? null : await gitlab.fetchBranchHead(id, name);
  if (name === null || !isSha(sha)) return { message: `${path} has no default branch with commits` };
  const newest = newestRelease(tags);
  return { sha, name, candidates: newest === null ? [] : [newest] };
}

async function findTag(
  tag: string,
  { project, tags }: { readonly project: RangeWish['project']; readonly tags: readonly TaggedCommit[] },
  { gitlab }: StartWorld,
): Promise<FoundEnd> {
  const missing = { message: `${project.path} has no tag ${quoted(tag)}` };
  if (!isName(tag)) return missing;
  const listed = tags.find((one) => one.tag === tag);
  const sha = listed?.sha ?? (await gitlab.fetchTagTargets(project.id, tag)).at(-1);
  if (!isSha(sha)) return missing;
  const wanted = listed ?? { tag, sha, at: Number.POSITIVE_INFINITY };
  return { sha, name: tag, candidates: releasesBefore(wanted, tags) };
}

async function startOf(
  { project, from }: RangeWish,
  { end, tags }: { readonly end: End; readonly tags: readonly TaggedCommit[] },
  world: StartWorld,
): Promise<Start | { readonly message: string }> {
  const where = { project: project.id, sha: end.sha, name: end.name };
  if (from === null) return findStart(end.candidates, where, world);
  const sha = await fetchCommitOf(from, { project: project.id, tags }, world);
  if (sha === null) return { message: `${project.path} has neither a tag nor a branch ${quoted(from)}` };
  const start = await findStart([{ tag: from, sha, at: 0 }], where, world);
  // Somebody asked for it: all commits of the one that the other has not.
  return { ...start, from: { name: from, sha } };
}

/**
 * Where the release before a tag ends, found as for release notes; null for the first release, and for a tag that is
 * not there. Reads up to 1,000 tags, a hundred in a request, and asks for one merge base. Throws as the port does.
 */
export async function fetchReleaseBefore(
  wish: RangeWish & { readonly tag: string },
  world: StartWorld,
): Promise<ReleaseRange['from']> {
  const { tags } = await fetchTags(wish, world);
  const end = await findTag(wish.tag, { project: wish.project, tags }, world);
  if ('message' in end) return null;
  const start = await startOf(wish, { end, tags }, world);
  return 'message' in start ? null : start.from;
}

/**
 * The commits that a release brought: those of its tag that the release before it has not. The release before is found
 * by the order of versions and must share history (`previous-release.ts`). Reads up to 1,000 tags and 5,000 commits, a
 * hundred in a request, and one more for the merge base. Throws as the port does.
 */
export async function fetchReleaseRange(wish: RangeWish, world: RangeWorld): Promise<FoundRange> {
  const { project, tag } = wish;
  const { tags, gaps } = await fetchTags(wish, world);
  const end = await (tag === null ? findHead(wish, tags, world) : findTag(tag, { project, tags }, world));
  if ('message' in end) return wrong(end.message);
  const start = await startOf(wish, { end, tags }, world);
  if ('message' in start) return wrong(start.message);
  const between = { from: start.from?.sha ?? null, to: end.sha };
  const found = await world.gitlab.fetchCommitsBetween(project.id, between, maxCommits);
  if (found === null) return wrong(`GitLab no longer has the commits of ${end.name}`);
  const cut = found.complete
    ? []
    : [`${end.name} has more than ${maxCommits} new commits; only the newest ${maxCommits} were looked at.`];
  return {
    kind: 'range',
    range: {
      tag,
      sha: end.sha,
      from: start.from,
      commits: found.commits,
      gaps: [...gaps, ...cut],
      remarks: start.remarks,
    },
  };
}
