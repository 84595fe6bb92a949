import type { KeptHistory } from '../../digest/kept-history/kept-history.ts';
import type { HistoryPage, HistoryPages } from '../../gitlab/ports/history.ts';
import type { Instant } from '../../model/project-history.ts';
import { projectsOfScope } from './projects-of-scope.ts';
import type { HistoriesWish, HistoriesWorld } from './read-histories.ts';
import { type HistoryWish, type HistoryWorld, openKept, requestsToAimAt } from './read-history.ts';
import { createAllowance } from './reading/allowance.ts';
import { evenSample } from './reading/even-sample.ts';
import { askOrGap } from './reading/read-pages.ts';

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
  return 'gap' in asked || asked.value.done === true ? null : asked.value.value;
}

/** By the total where GitLab gives one; else by how far back the first page reaches. */
function cost<Row>(
  what: string,
  page: HistoryPage<Row> | null,
  estimate: (rows: readonly Row[]) => number,
): PlannedList {
  if (page === null || !page.hasMore) return { what, requests: 1, isAbout: false };
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

/** From when on a part has to be read. */
function sinceOf(
  kept: KeptHistory | null,
  part: 'jobs' | 'mergeRequests' | 'issues' | 'pipelines' | 'deployments',
  from: Instant,
): Instant {
  const known = kept?.[part] ?? null;
  return known !== null && known.from <= from ? Math.min(known.until, kept?.readAt ?? from) : from;
}

/** Asks for the first page of the long lists, and says what reading the history of one project will cost. */
export async function planReading(world: HistoryWorld, wish: HistoryWish): Promise<PlannedReading> {
  const { gitlab, clock } = world;
  const { project, spans, reportJob } = wish;
  const now = clock.now().getTime();
  const window = { from: spans[0].from, until: spans[1].until };
  const { kept } = openKept(world, wish, now);
  const since = (part: Parameters<typeof sinceOf>[1]): Instant => sinceOf(kept, part, window.from);
  const [mergeRequests, open, issues, openIssues, pipelines, deployments, branches, jobs] = await Promise.all(
    [
      firstPage(gitlab.fetchMergeRequestPages(project, since('mergeRequests'))),
      firstPage(gitlab.fetchOpenMergeRequestPages(project)),
      firstPage(gitlab.fetchIssuePages(project, since('issues'))),
      firstPage(gitlab.fetchOpenIssuePages(project)),
      firstPage(gitlab.fetchPipelinePages(project, since('pipelines'))),
      firstPage(gitlab.fetchDeploymentPages(project, since('deployments'))),
      firstPage(gitlab.fetchBranchPages(project)),
      firstPage(gitlab.fetchJobPages(project)),
    ],
  );
  const ref = project.defaultBranch;
  const commits =
    ref === null ? null : await firstPage(gitlab.fetchCommitPages(project, { ref, since: window.from }));
  const changedAt = (rows: readonly { readonly changedAt: Instant }[]): readonly Instant[] =>
    rows.map((row) => row.changedAt);
  const lists: PlannedList[] = [
    cost('merge requests', mergeRequests, (rows) =>
      pagesByTime(changedAt(rows), { now, since: since('mergeRequests') }),
    ),
    cost('open merge requests', open, () => 2),
    cost('issues', issues, (rows) => pagesByTime(changedAt(rows), { now, since: since('issues') })),
    cost('open issues', openIssues, () => 2),
    cost('pipelines', pipelines, (rows) => pagesByTime(changedAt(rows), { now, since: since('pipelines') })),
    cost('deployments', deployments, (rows) =>
      pagesByTime(changedAt(rows), { now, since: since('deployments') }),
    ),
    cost('branches', branches, () => 2),
    cost('commits', commits, (rows) =>
      kept?.commits
        ? 2
        : pagesByTime(
            rows.map(({ committedAt }) => committedAt),
            { now, since: window.from },
          ),
    ),
    cost('jobs', jobs, (rows) => {
      const perPipeline = rows.length / Math.max(1, new Set(rows.map(({ job }) => job.pipelineId)).size);
      const total = pipelines?.total ?? null;
      return total === null
        ? pagesByTime(
            rows.map(({ job }) => job.createdAt),
            { now, since: since('jobs') },
          )
        : (total * perPipeline) / perPage;
    }),
    {
      what: 'tags, releases, environments and reports',
      requests: shortLists + Number((deployments?.rows.length ?? 0) > 0) + Number(reportJob !== null),
      isAbout: false,
    },
  ];
  const changed = mergeRequests?.total ?? mergeRequests?.rows.length ?? 0;
  const listed = lists.reduce((sum, { requests }) => sum + requests, 0);
  const aim = requestsToAimAt({ kept, window, now });
  lists.push({
    what: 'details of merge requests',
    requests: Math.min(2 * changed, Math.max(aim.all - listed, aim.leastForDetails)),
    isAbout: changed > 0,
  });
  return planned(lists, 8 + Number(ref !== null));
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
