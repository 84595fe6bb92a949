import type { KeptHistory } from '../../../digest/kept-history/kept-history.ts';
import type {
  Changed,
  DeploymentWithoutTier,
  HistoryPage,
  HistoryPages,
} from '../../../gitlab/ports/history.ts';
import type { GitLab } from '../../../gitlab/ports/port.ts';
import type { Project } from '../../../gitlab/ports/repository.ts';
import type {
  HistoryBranch,
  HistoryDeployment,
  HistoryIssue,
  HistoryMergeRequest,
  HistoryRelease,
  HistoryTag,
  PartRead,
} from '../../../model/project-history.ts';
import type { Allowance } from './allowance.ts';
import { missing, type Reading, type ReadPart } from './part-read.ts';
import { readChanges } from './read-changes.ts';
import { type ReadCommits, readCommits } from './read-commits.ts';
import { type ReadList, readList } from './read-list.ts';
import { type ReadTests, readTests } from './read-tests.ts';

/** What all parts of a reading share. */
export interface PartsWish extends Reading {
  readonly gitlab: GitLab;
  readonly project: Project;
  readonly kept: KeptHistory | null;
  readonly allowance: Allowance;
  readonly reportJob: string | null;
  /** Whether requests may end before all is read: then lists come newest first, and the same are read each time. */
  readonly isLimited: boolean;
}

/** 1,000 environments. */
const maxEnvironmentPages = 10;
/** 500 open merge requests, or issues. */
const maxOpenPages = 5;
/** 1,000 branches. */
const maxBranchPages = 10;
/** 2,000 tags or releases. */
const maxRefPages = 20;

/** Deployments with the tiers of their environments; without any, nobody asks for tiers. */
export async function readDeployments(wish: PartsWish): Promise<ReadPart<HistoryDeployment>> {
  const { gitlab, project, kept, allowance } = wish;
  const part = await readChanges(
    {
      kept: kept?.deployments ?? null,
      pages: (since) => withoutTiers(gitlab.fetchDeploymentPages(project, since)),
      keyOf: ({ id }) => id,
    },
    wish,
    allowance,
  );
  if (part.rows.length === 0) return part;
  const pages = gitlab.fetchEnvironmentPages(project);
  const environments = { pages, maxPages: maxEnvironmentPages, what: 'environments' };
  const { rows, read } = await readList(environments, wish, allowance);
  const tiers = new Map(rows.map(({ name, tier }) => [name, tier]));
  // The tier of an environment that is gone is the one that it had.
  const tiered = part.rows.map((row) => ({ ...row, tier: tiers.get(row.environment) ?? row.tier }));
  const gap =
    part.read.gap ?? (read.gap === null ? null : `the tiers of environments are not known: ${read.gap}`);
  return {
    rows: tiered,
    read: { ...part.read, gap },
    kept: part.kept === null ? null : { ...part.kept, rows: tiered },
  };
}

async function* withoutTiers(
  pages: HistoryPages<Changed<DeploymentWithoutTier>>,
): AsyncGenerator<HistoryPage<Changed<HistoryDeployment>>, void, undefined> {
  for await (const page of pages)
    yield {
      ...page,
      rows: page.rows.map(({ thing, changedAt }) => ({ changedAt, thing: { ...thing, tier: null } })),
    };
}

export interface ReadMergeRequests {
  readonly part: ReadPart<HistoryMergeRequest>;
  readonly open: PartRead;
}

/** Those that changed, and all open ones: these say now for whom they wait. */
export async function readMergeRequests(wish: PartsWish): Promise<ReadMergeRequests> {
  const { gitlab, project, kept, allowance } = wish;
  const changed = await readChanges(
    {
      kept: kept?.mergeRequests ?? null,
      pages: (since) => gitlab.fetchMergeRequestPages(project, since),
      keyOf: ({ iid }) => iid,
      update: (row, { details }) => ({ ...row, details }),
    },
    wish,
    allowance,
  );
  const pages = gitlab.fetchOpenMergeRequestPages(project);
  const open = await readList(
    { pages, maxPages: maxOpenPages, what: 'open merge requests' },
    wish,
    allowance,
  );
  const rows = merged(changed.rows, open.rows, ({ iid }) => iid);
  return { part: withRows(changed, rows), open: open.read };
}

/** Rows with those of another list, which was read later. */
function merged<Row>(
  rows: readonly Row[],
  later: readonly Changed<Row>[],
  keyOf: (row: Row) => number,
): readonly Row[] {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  for (const { thing } of later) byKey.set(keyOf(thing), thing);
  return [...byKey].sort(([a], [b]) => a - b).map(([, row]) => row);
}

function withRows<Row>(part: ReadPart<Row>, rows: readonly Row[]): ReadPart<Row> {
  return { ...part, rows, kept: part.kept === null ? null : { ...part.kept, rows } };
}

export interface ReadIssues {
  readonly part: ReadPart<HistoryIssue>;
  readonly openCount: number | null;
}

/** Those that changed, and the open ones, which have not changed for long perhaps. */
export async function readIssues(wish: PartsWish): Promise<ReadIssues> {
  const { gitlab, project, kept, allowance } = wish;
  const changed = await readChanges(
    {
      kept: kept?.issues ?? null,
      pages: (since) => gitlab.fetchIssuePages(project, since),
      keyOf: ({ iid }) => iid,
    },
    wish,
    allowance,
  );
  if (!changed.read.usable) return { part: changed, openCount: null };
  const pages = gitlab.fetchOpenIssuePages(project);
  const open = await readList({ pages, maxPages: maxOpenPages, what: 'open issues' }, wish, allowance);
  const part = withRows(
    changed,
    merged(changed.rows, open.rows, ({ iid }) => iid),
  );
  const read = { ...part.read, gap: part.read.gap ?? open.read.gap };
  return { part: { ...part, read }, openCount: open.read.usable ? open.total : null };
}

/** Commits of the default branch. */
export async function readMainCommits(wish: PartsWish): Promise<ReadCommits> {
  const { gitlab, project, kept, allowance } = wish;
  const ref = project.defaultBranch;
  if (ref === null) return { rows: [], read: missing(noCode, wish), kept: null, tip: null };
  const part = kept?.defaultBranch === ref ? kept.commits : null;
  const tip = kept?.tip ?? null;
  const known = part === null || tip === null ? null : { part, tip };
  return readCommits({ gitlab, of: project, ref, kept: known }, wish, allowance);
}

const noCode = 'the project has no code yet, or the token does not have the right to see it';

export interface ReadRefs {
  readonly branches: ReadList<HistoryBranch>;
  readonly tags: ReadList<HistoryTag>;
  readonly releases: ReadList<HistoryRelease>;
}

/** Branches as they are now, and the tags and releases of the window. */
export async function readRefs(wish: PartsWish): Promise<ReadRefs> {
  const { gitlab, project, allowance, window } = wish;
  const empty = { rows: [], total: null, read: missing(noCode, wish) };
  const hasCode = project.defaultBranch !== null;
  const branches = { pages: gitlab.fetchBranchPages(project), maxPages: maxBranchPages, what: 'branches' };
  const tags = {
    pages: gitlab.fetchTagPages(project),
    maxPages: maxRefPages,
    what: 'tags',
    isBeforeWindow: ({ at }: HistoryTag) => at < window.from,
  };
  const releases = {
    pages: gitlab.fetchReleasePages(project),
    maxPages: maxRefPages,
    what: 'releases',
    isBeforeWindow: ({ releasedAt }: HistoryRelease) => releasedAt < window.from,
  };
  return {
    branches: hasCode ? await readList(branches, wish, allowance) : empty,
    tags: hasCode ? inWindow(await readList(tags, wish, allowance), wish) : empty,
    releases: inWindow(await readList(releases, wish, allowance), wish),
  };
}

/** A list that is read only as far back as the window reaches. */
function inWindow<Row>(list: ReadList<Row>, { window }: Reading): ReadList<Row> {
  return { ...list, rows: list.rows.toReversed(), read: { ...list.read, from: window.from } };
}

/** What Herald's newest report remembers of tests. */
export function readReport(wish: PartsWish): Promise<ReadTests> {
  const { gitlab, project, reportJob, allowance } = wish;
  const { id: projectId, defaultBranch } = project;
  return readTests({ gitlab, projectId, defaultBranch, jobName: reportJob }, wish, allowance);
}
