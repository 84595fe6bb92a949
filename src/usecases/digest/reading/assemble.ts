import type { KeptHistory, KeptPart } from '../../../digest/kept-history/kept-history.ts';
import type { KeptRest } from '../../../digest/kept-history/rest.ts';
import type {
  HistoryDeployment,
  HistoryJob,
  HistoryMergeRequest,
  HistoryPipeline,
  Instant,
  PartRead,
  ProjectHistory,
} from '../../../model/project-history.ts';
import type { Cause } from './cause-in-log.ts';
import { isInWindow } from './in-window.ts';
import type { ReadPart } from './part-read.ts';
import type { ReadCommits } from './read-commits.ts';
import type { ReadDetails } from './read-details.ts';
import type { PartsWish, ReadIssues, ReadMergeRequests, ReadRefs } from './read-parts.ts';
import type { ReadPipelines } from './read-pipelines.ts';
import type { ReadTests } from './read-tests.ts';

/** Everything that was read of a project, before it is a history. */
export interface ReadParts {
  readonly mergeRequests: ReadMergeRequests;
  readonly deployments: ReadPart<HistoryDeployment>;
  readonly issues: ReadIssues;
  readonly commits: ReadCommits;
  readonly refs: ReadRefs;
  readonly tests: ReadTests;
  readonly pipelines: ReadPipelines;
}

function mapPart<Row>(part: ReadPart<Row>, change: (row: Row) => Row): ReadPart<Row> {
  const rows = part.rows.map(change);
  return { ...part, rows, kept: part.kept === null ? null : { ...part.kept, rows } };
}

function withMergeRequests(
  parts: ReadParts,
  change: (mr: HistoryMergeRequest) => HistoryMergeRequest,
): ReadParts {
  const { mergeRequests } = parts;
  return { ...parts, mergeRequests: { ...mergeRequests, part: mapPart(mergeRequests.part, change) } };
}

/** The merge requests with what was read of some. */
export function withDetails(parts: ReadParts, { byIid }: ReadDetails): ReadParts {
  return withMergeRequests(parts, (mr) => ({ ...mr, details: byIid.get(mr.iid) ?? mr.details }));
}

/** The jobs with the causes that were found of some. */
export function withCauses(parts: ReadParts, causes: ReadonlyMap<number, Cause>): ReadParts {
  const { pipelines } = parts;
  const jobs = mapPart(pipelines.jobs, (job) => ({ ...job, cause: causes.get(job.id) ?? job.cause }));
  return causes.size === 0 ? parts : { ...parts, pipelines: { ...pipelines, jobs } };
}

/** The same function that works on each text once: a history has few names, many times. */
function onEachOnce(change: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const changed = change(text);
    known.set(text, changed);
    return changed;
  };
}

/** Takes secrets out of the titles and names that people wrote. */
export function masked(parts: ReadParts, mask: (text: string) => string): ReadParts {
  const name = onEachOnce(mask);
  const titled = <Row extends { readonly title: string }>(row: Row): Row => ({
    ...row,
    title: mask(row.title),
  });
  const named = <Row extends { readonly name: string }>(row: Row): Row =>
    name(row.name) === row.name ? row : { ...row, name: name(row.name) };
  const referring = <Row extends { readonly ref: string }>(row: Row): Row =>
    name(row.ref) === row.ref ? row : { ...row, ref: name(row.ref) };
  const job = (row: HistoryJob): HistoryJob =>
    name(row.stage) === row.stage ? named(row) : { ...named(row), stage: name(row.stage) };
  const { issues, refs, pipelines, deployments } = parts;
  const mergeRequest = (mr: HistoryMergeRequest): HistoryMergeRequest => ({
    ...titled(mr),
    sourceBranch: name(mr.sourceBranch),
    targetBranch: name(mr.targetBranch),
    labels: mr.labels.map(name),
  });
  return {
    ...withMergeRequests(parts, mergeRequest),
    issues: {
      ...issues,
      part: mapPart(issues.part, (row) => ({ ...titled(row), labels: row.labels.map(name) })),
    },
    commits: { ...parts.commits, ...mapPart(parts.commits, titled) },
    deployments: {
      ...deployments,
      ...mapPart(deployments, (row) => ({ ...referring(row), environment: name(row.environment) })),
    },
    pipelines: {
      ...pipelines,
      pipelines: mapPart(pipelines.pipelines, referring),
      jobs: mapPart(pipelines.jobs, job),
    },
    refs: {
      branches: { ...refs.branches, rows: refs.branches.rows.map(named) },
      tags: { ...refs.tags, rows: refs.tags.rows.map(named) },
      releases: {
        ...refs.releases,
        rows: refs.releases.rows.map((row) => ({ ...named(row), tag: name(row.tag), url: name(row.url) })),
      },
    },
  };
}

/** Pipelines that began in the window, and those of jobs that did. */
function pipelinesSince(from: Instant, { pipelines, jobs }: ReadPipelines): readonly HistoryPipeline[] {
  const ofJobs = new Set(jobs.rows.filter((job) => isInWindow.job(from, job)).map((job) => job.pipelineId));
  return pipelines.rows.filter((row) => isInWindow.pipeline(from, row) || ofJobs.has(row.id));
}

/** The history of the window. */
export function historyOf(
  parts: ReadParts,
  details: PartRead,
  { project, window }: Pick<PartsWish, 'project' | 'window'>,
): ProjectHistory {
  const { mergeRequests, deployments, issues, commits, refs, tests, pipelines } = parts;
  const { from } = window;
  const since = <Row>(rows: readonly Row[], isIn: (start: Instant, row: Row) => boolean): readonly Row[] =>
    rows.filter((row) => isIn(from, row));
  return {
    project: { id: project.id, path: project.path, url: project.url, defaultBranch: project.defaultBranch },
    read: {
      deployments: deployments.read,
      'merge-requests': mergeRequests.part.read,
      'merge-request-details': mergeRequests.part.read.usable ? details : mergeRequests.part.read,
      'open-merge-requests': mergeRequests.open,
      issues: issues.part.read,
      incidents: issues.part.read,
      pipelines: pipelines.pipelines.read,
      jobs: pipelines.jobs.read,
      commits: commits.read,
      branches: refs.branches.read,
      tags: refs.tags.read,
      releases: refs.releases.read,
      tests: tests.read,
    },
    deployments: since(deployments.rows, isInWindow.deployment),
    mergeRequests: since(mergeRequests.part.rows, isInWindow.mergeRequest),
    issues: since(issues.part.rows, isInWindow.issue),
    openIssues: issues.openCount,
    pipelines: pipelinesSince(from, pipelines),
    jobs: since(pipelines.jobs.rows, isInWindow.job),
    commits: since(commits.rows, isInWindow.commit),
    branches: refs.branches.rows.toReversed(),
    tags: refs.tags.rows,
    releases: refs.releases.rows,
    tests: tests.tests,
  };
}

/** A part without what is older than both `oldest` and the window. */
function recent<Row>(
  kept: KeptPart<Row> | null,
  isIn: (start: Instant, row: Row) => boolean,
  { oldest, window }: Pick<PartsWish, 'window'> & { readonly oldest: Instant },
): KeptPart<Row> | null {
  if (kept === null) return null;
  const from = Math.min(window.from, Math.max(kept.from, oldest));
  return { from, until: kept.until, rows: kept.rows.filter((row) => isIn(from, row)) };
}

/** What is kept of the history, whatever the next reading finds. */
function restOf(
  { read, branches, tags, releases, openIssues, tests }: ProjectHistory,
  from: Instant,
): KeptRest {
  return { from, read, branches, tags, releases, openIssues, tests };
}

/** What the next reading goes on from; what is older than `oldest` only as far as the window reaches back. */
export function keptOf(
  parts: ReadParts,
  { project, window, now, allowance }: PartsWish,
  { history, oldest }: { readonly history: ProjectHistory; readonly oldest: Instant },
): KeptHistory {
  const { mergeRequests, deployments, issues, commits, pipelines } = parts;
  const bounds = { window, oldest };
  const jobs = recent(pipelines.jobs.kept, isInWindow.job, bounds);
  const ofJobs = new Set(jobs?.rows.map(({ pipelineId }) => pipelineId));
  const isPipeline = (from: Instant, row: HistoryPipeline): boolean =>
    isInWindow.pipeline(from, row) || ofJobs.has(row.id);
  return {
    projectId: project.id,
    readAt: now,
    tip: commits.tip,
    defaultBranch: project.defaultBranch,
    deployments: recent(deployments.kept, isInWindow.deployment, bounds),
    mergeRequests: recent(mergeRequests.part.kept, isInWindow.mergeRequest, bounds),
    issues: recent(issues.part.kept, isInWindow.issue, bounds),
    pipelines: recent(pipelines.pipelines.kept, isPipeline, bounds),
    jobs,
    commits: recent(commits.kept, isInWindow.commit, bounds),
    rest: allowance.isSpent() ? null : restOf(history, window.from),
  };
}
