import type { KeptHistory } from '../../digest/kept-history/kept-history.ts';
import type {
  Changed,
  HistoryPage,
  HistoryPages,
  JobOfPipeline,
  PipelineWithJobs,
} from '../../gitlab/ports/history.ts';
import type { Project } from '../../gitlab/ports/repository.ts';
import type { HistoryCommit, HistoryMergeRequest, Instant } from '../../model/project-history.ts';
import { projectsOfScope } from './projects-of-scope.ts';
import type { HistoriesWish, HistoriesWorld } from './read-histories.ts';
import {
  type HistoryWish,
  type HistoryWorld,
  logsToAllow,
  openKept,
  requestsToAimAt,
} from './read-history.ts';
import { createAllowance } from './reading/allowance.ts';
import { evenSample } from './reading/even-sample.ts';
import { failuresToExplain } from './reading/read-causes.ts';
import { batchSize } from './reading/read-in-batches.ts';
import { askOrGap } from './reading/read-pages.ts';
import { pipelinesToAsk } from './reading/read-pipelines.ts';

/** What one list will cost. */
export interface PlannedList {
  /** In the plural: `jobs`. */
  readonly what: string;
  readonly requests: number;
  /** True where GitLab does not count the rows, so that it is an estimate. */
  readonly isAbout: boolean;
}

export interface PlannedReading {
  readonly lists: readonly PlannedList[];
  readonly requests: number;
  readonly isAbout: boolean;
  /** How many requests it took to find this out. */
  readonly asked: number;
}

const perPage = 100;

/** Lists that take one request each in nearly every project: tags, releases. */
const shortLists = 2;

/** The first page of a list; null where it is refused, and costs no more. */
async function firstPage<Row>(pages: HistoryPages<Row>): Promise<HistoryPage<Row> | null> {
  const asked = await askOrGap(() => pages[Symbol.asyncIterator]().next());
  if ('gap' in asked) return null;
  const { value: next } = asked;
  return next.done === true ? null : next.value;
}

/** By the total where GitLab gives one; else by how far back the first page reaches. */
function cost<Row>(
  what: string,
  page: HistoryPage<Row> | null,
  estimate: (rows: readonly Row[]) => number,
): PlannedList {
  if (page?.hasMore !== true) return { what, requests: 1, isAbout: false };
  // A long list is begun once more at its end.
  const pages = page.total === null ? estimate(page.rows) : Math.ceil(page.total / perPage) + 1;
  return { what, requests: Math.max(2, Math.ceil(pages)), isAbout: page.total === null };
}

/** How many pages like this one fill the time since then. */
function pagesByTime(
  times: readonly Instant[],
  { now, since }: { readonly now: Instant; readonly since: Instant },
): number {
  const oldest = times.reduce((a, b) => Math.min(a, b), now);
  return (now - since) / Math.max(1, now - oldest);
}

/** A list that was kept, by its name in the kept history. */
type KeptName = 'jobs' | 'mergeRequests' | 'issues' | 'pipelines' | 'deployments';

/** From when on a part has to be read. */
function sinceOf(kept: KeptHistory | null, part: KeptName, from: Instant): Instant {
  const known = kept?.[part] ?? null;
  return known !== null && known.from <= from ? Math.min(known.until, kept?.readAt ?? from) : from;
}

/** GitLab counts all commits of the period; those that are kept are not read again. */
function costOfCommits(
  page: HistoryPage<HistoryCommit> | null,
  kept: KeptHistory | null,
  span: { readonly now: Instant; readonly since: Instant },
): PlannedList {
  const times = (page?.rows ?? []).map(({ committedAt }) => committedAt);
  if (!kept?.commits) return cost('commits', page, () => pagesByTime(times, span));
  const pages = pagesByTime(times, { now: span.now, since: kept.readAt });
  return { what: 'commits', requests: Math.max(1, Math.ceil(pages)), isAbout: true };
}

/** What the first pages of the long lists say. */
interface FirstPages {
  readonly mergeRequests: HistoryPage<Changed<HistoryMergeRequest>> | null;
  readonly open: HistoryPage<unknown> | null;
  readonly issues: HistoryPage<Changed<unknown>> | null;
  readonly openIssues: HistoryPage<unknown> | null;
  readonly pipelines: HistoryPage<Changed<unknown>> | null;
  readonly deployments: HistoryPage<Changed<unknown>> | null;
  readonly branches: HistoryPage<unknown> | null;
  /** How many requests these took. */
  readonly asked: number;
  /** Whether one request can be about many pipelines or merge requests. */
  readonly hasGraphql: boolean;
  /** Null where GitLab does not give pipelines with their jobs, or not all of them. */
  readonly together: HistoryPage<Changed<PipelineWithJobs>> | null;
  /** Null where they come with their pipelines. */
  readonly jobs: HistoryPage<JobOfPipeline> | null;
  readonly commits: HistoryPage<HistoryCommit> | null;
}

async function firstPages(
  { gitlab }: HistoryWorld,
  project: Project,
  from: { readonly window: Instant; readonly of: (part: KeptName) => Instant },
): Promise<FirstPages> {
  const { of, window: since } = from;
  const ref = project.defaultBranch;
  const withJobs = { changedSince: of('pipelines'), pageSize: pipelinesToAsk };
  const [mergeRequests, open, issues, openIssues, pipelines, deployments, branches, page, commits] =
    await Promise.all([
      firstPage(gitlab.fetchMergeRequestPages(project, of('mergeRequests'))),
      firstPage(gitlab.fetchOpenMergeRequestPages(project)),
      firstPage(gitlab.fetchIssuePages(project, of('issues'))),
      firstPage(gitlab.fetchOpenIssuePages(project)),
      firstPage(gitlab.fetchPipelinePages(project, of('pipelines'))),
      firstPage(gitlab.fetchDeploymentPages(project, of('deployments'))),
      firstPage(gitlab.fetchBranchPages(project)),
      firstPage(gitlab.fetchPipelineWithJobsPages(project, withJobs)),
      ref === null ? null : firstPage(gitlab.fetchCommitPages(project, { ref, since })),
    ]);
  const together = page?.rows.some(({ thing }) => thing.startsChildren) === true ? null : page;
  const jobs = together === null ? await firstPage(gitlab.fetchJobPages(project)) : null;
  return {
    ...{ mergeRequests, open, issues, openIssues, pipelines, deployments, branches },
    ...{ together, jobs, commits, hasGraphql: page !== null },
    asked: 8 + Number(together === null) + Number(ref !== null),
  };
}

/** What pipelines with their jobs take, and the list of failed jobs, by the first page. */
function costTogether(
  { rows, hasMore }: HistoryPage<Changed<PipelineWithJobs>>,
  pipelines: number,
): PlannedList {
  const first = rows.map(({ thing }) => thing);
  const share = pipelines / Math.max(1, first.length);
  const failed = first.flatMap(({ jobs }) => jobs).filter(({ status }) => status === 'failed').length;
  // A long list is begun once more at its end.
  const pages = hasMore ? 2 + Math.ceil((pipelines - first.length) / pipelinesToAsk(first)) : 1;
  const reasons = failed === 0 ? 0 : Math.ceil((failed * Math.max(1, share)) / perPage);
  return { what: 'pipelines and jobs', requests: pages + reasons, isAbout: hasMore };
}

/** How many pages the jobs take: as many a pipeline as the newest have; else by their times. */
function pagesOfJobs(
  rows: readonly JobOfPipeline[],
  pipelines: number | null,
  span: { readonly now: Instant; readonly since: Instant },
): number {
  const perPipeline = rows.length / Math.max(1, new Set(rows.map(({ job }) => job.pipelineId)).size);
  if (pipelines !== null) return (pipelines * perPipeline) / perPage;
  const times = rows.map(({ job }) => job.createdAt);
  return pagesByTime(times, span);
}

/** Asks for the first page of the long lists, and says what reading the history of one project will cost. */
export async function planReading(world: HistoryWorld, wish: HistoryWish): Promise<PlannedReading> {
  const { project, spans, reportJob } = wish;
  const now = world.clock.now().getTime();
  const window = { from: spans[0].from, until: spans[1].until };
  const { kept } = openKept(world, wish, now);
  const since = (part: KeptName): Instant => sinceOf(kept, part, window.from);
  const first = await firstPages(world, project, { window: window.from, of: since });
  const { mergeRequests, pipelines, deployments } = first;
  const changing = (what: string, page: HistoryPage<Changed<unknown>> | null, part: KeptName): PlannedList =>
    cost(what, page, (rows) =>
      pagesByTime(
        rows.map(({ changedAt }) => changedAt),
        { now, since: since(part) },
      ),
    );
  const twoPages = (): number => 2;
  const lists: PlannedList[] = [
    changing('merge requests', mergeRequests, 'mergeRequests'),
    cost('open merge requests', first.open, twoPages),
    changing('issues', first.issues, 'issues'),
    cost('open issues', first.openIssues, twoPages),
    ...listsOfJobs(first, changing('pipelines', pipelines, 'pipelines'), { now, since }),
    changing('deployments', deployments, 'deployments'),
    cost('branches', first.branches, twoPages),
    costOfCommits(first.commits, kept, { now, since: window.from }),
    {
      what: 'tags, releases, environments and reports',
      requests: shortLists + Number((deployments?.rows.length ?? 0) > 0) + Number(reportJob !== null),
      isAbout: false,
    },
  ];
  const changed = mergeRequests?.total ?? mergeRequests?.rows.length ?? 0;
  const aim = requestsToAimAt({ kept, now });
  const left = aim.all - lists.reduce((sum, { requests }) => sum + requests, 0);
  const all = first.hasGraphql ? Math.ceil(changed / batchSize) + Number(changed > 0) : 2 * changed;
  const details = Math.min(all, Math.max(left, aim.leastForDetails));
  lists.push({ what: 'details of merge requests', requests: details, isAbout: changed > 0 });
  lists.push(costOfCauses(first, kept !== null, lists));
  return planned(lists, first.asked);
}

/** Reports of tests and logs, which say why jobs failed: as many as the failures of the first page let expect. */
function costOfCauses(
  { together, jobs, pipelines }: FirstPages,
  goesOn: boolean,
  others: readonly PlannedList[],
): PlannedList {
  const known = together?.rows.flatMap(({ thing }) => thing.jobs) ?? jobs?.rows.map(({ job }) => job) ?? [];
  const failures = failuresToExplain(known.toSorted((a, b) => a.id - b.id)).length;
  const seen = together?.rows.length ?? new Set(known.map(({ pipelineId }) => pipelineId)).size;
  const share = Math.max(1, (pipelines?.total ?? seen) / Math.max(1, seen));
  // A first reading covers two periods, and logs are read of one.
  const expected = Math.ceil((failures * share) / (goesOn ? 1 : 2));
  const used = others.reduce((sum, { requests }) => sum + requests, 0);
  const logs = Math.min(expected, logsToAllow(goesOn, used));
  const requests = logs + Number(together !== null && failures > 0);
  return { what: 'reports and logs of failed jobs', requests, isAbout: failures > 0 };
}

/** Pipelines and jobs as they will be read: together, or one list after the other. */
function listsOfJobs(
  { together, jobs, pipelines }: FirstPages,
  apart: PlannedList,
  { now, since }: { readonly now: Instant; readonly since: (part: KeptName) => Instant },
): readonly PlannedList[] {
  const known = pipelines?.total ?? null;
  if (together !== null) return [costTogether(together, known ?? apart.requests * perPage)];
  const wasted = { what: 'pipelines with their jobs, which do not show all', requests: 1, isAbout: false };
  return [
    wasted,
    apart,
    cost('jobs', jobs, (rows) => pagesOfJobs(rows, known, { now, since: since('jobs') })),
  ];
}

function planned(lists: readonly PlannedList[], asked: number): PlannedReading {
  return {
    lists,
    requests: lists.reduce((sum, { requests }) => sum + requests, 0),
    isAbout: lists.some(({ isAbout }) => isAbout),
    asked,
  };
}

export interface PlannedReadings {
  readonly projects: number;
  readonly requests: number;
  readonly isAbout: boolean;
  /** Of the one project, or of the projects that were looked at. */
  readonly lists: readonly PlannedList[];
  readonly asked: number;
}

/** So many projects of a group stand for all. */
const lookedAt = 5;

/** The same for all projects of a scope; of many, some are looked at, and the others are taken to be like them. */
export async function planReadings(world: HistoriesWorld, wish: HistoriesWish): Promise<PlannedReadings> {
  const { scope, spans, reportJob, store } = wish;
  const allowance = createAllowance(null);
  const { projects } = await projectsOfScope(world.gitlab, scope, allowance);
  const plans: PlannedReading[] = [];
  for (const project of evenSample(projects, lookedAt)) {
    const kept = await store.load(project.id);
    plans.push(await planReading(world, { project, spans, reportJob, kept, maxRequests: null, resumeMs: 0 }));
  }
  const sum = (of: (plan: PlannedReading) => number): number =>
    plans.reduce((all, plan) => all + of(plan), 0);
  const share = projects.length / Math.max(1, plans.length);
  return {
    projects: projects.length,
    requests: allowance.used() + Math.round(sum(({ requests }) => requests) * share),
    isAbout: share > 1 || plans.some(({ isAbout }) => isAbout),
    lists: plans.flatMap(({ lists }) => lists),
    asked: allowance.used() + sum(({ asked }) => asked),
  };
}
