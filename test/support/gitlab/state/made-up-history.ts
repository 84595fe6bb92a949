import { randomOf } from '../../../../src/demo/made-up-pipelines.ts';
import type { EmbeddedJob, EmbeddedUser } from '../../../../src/demo/state.ts';
import type { EmbeddedMergeRequest, EmbeddedNote, EmbeddedPipeline, EmbeddedState } from './state.ts';

/** A made-up stretch of a project's history; the same seed makes the same. */
export interface MadeUpHistory {
  readonly seed: number;
  readonly projectId: number;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly until: number;
  readonly mergeRequests: number;
  /** Pipelines of each merge request before its merge. */
  readonly pipelinesEach: number;
  /** Pipelines of a schedule. */
  readonly scheduled: number;
  /** Jobs of a pipeline, without repeated ones. */
  readonly jobs: number;
  readonly issues: number;
}

/** A month of a project with 2,000 jobs and 120 merged merge requests, about. */
export const monthOfProject: Omit<MadeUpHistory, 'seed' | 'projectId' | 'from' | 'until'> = {
  mergeRequests: 135,
  pipelinesEach: 2,
  scheduled: 30,
  jobs: 5,
  issues: 60,
};

type Random = () => number;

const minute = 60_000;
const hour = 60 * minute;
const people: readonly EmbeddedUser[] = ['ada', 'ben', 'cleo', 'dora', 'emil'].map((username, index) => ({
  id: 500 + index,
  username,
}));
const bot: EmbeddedUser = { id: 599, username: 'project_42_bot_1f2e', name: 'renovate' };
const stages = ['build', 'unit', 'lint', 'browser', 'package', 'scan', 'docs'] as const;
const noArtifacts = new Map<string, string>();

interface Maker {
  readonly wish: MadeUpHistory;
  readonly state: EmbeddedState;
  readonly random: Random;
  /** What the default branch is at. */
  tip: string;
  /** Pipelines to come, in any order. */
  readonly drafts: PipelineDraft[];
  /** Merges to come. */
  merges: { readonly at: number; readonly mr: EmbeddedMergeRequest }[];
}

interface PipelineDraft {
  readonly at: number;
  readonly ref: string;
  readonly sha: string;
  readonly source: string;
  readonly deploys: boolean;
}

function text(at: number): string {
  return new Date(at).toISOString();
}

function between({ random }: Maker, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

function newId(maker: Maker): number {
  maker.state.nextId += 1;
  return maker.state.nextId;
}

function shaOf(maker: Maker): string {
  return newId(maker).toString(16).padStart(40, 'a');
}

function personOf(maker: Maker): EmbeddedUser {
  return people[between(maker, 0, people.length - 1)] ?? bot;
}

function addCommit(maker: Maker, at: number, parents: readonly string[], title: string): string {
  const id = shaOf(maker);
  const additions = between(maker, 1, 120);
  const deletions = between(maker, 0, 60);
  maker.state.commits.push({
    project_id: maker.wish.projectId,
    id,
    parent_ids: parents,
    title,
    message: `${title}\n`,
    created_at: text(at),
    authored_date: text(at - between(maker, 0, 20) * minute),
    stats: { additions, deletions, total: additions + deletions },
  });
  return id;
}

function addJob(
  maker: Maker,
  of: { readonly name: string; readonly at: number; readonly status: string },
): EmbeddedJob {
  const queued = between(maker, 1, 90);
  const duration = between(maker, 20, 900);
  const hasRun = ['success', 'failed'].includes(of.status);
  return {
    id: newId(maker),
    name: of.name,
    stage: of.name.startsWith('deploy') ? 'deploy' : 'test',
    status: of.status,
    allow_failure: of.name === 'lint',
    failure_reason: of.status === 'failed' ? 'script_failure' : null,
    created_at: text(of.at),
    started_at: hasRun ? text(of.at + queued * 1000) : null,
    finished_at: hasRun ? text(of.at + (queued + duration) * 1000) : null,
    duration: hasRun ? duration + 0.25 : null,
    queued_duration: hasRun ? queued + 0.5 : null,
    coverage: of.name === 'unit' && hasRun ? 80 + between(maker, 0, 100) / 10 : null,
    artifacts: noArtifacts,
    reports: [],
    trace: '',
  };
}

function endOf(jobs: readonly EmbeddedJob[], start: number): number {
  return jobs.reduce((end, { finished_at: at }) => Math.max(end, at === null ? 0 : Date.parse(at)), start);
}

/** The jobs of a pipeline; one that failed is sometimes repeated, and then passes. */
function jobsOf(maker: Maker, { at, deploys }: PipelineDraft): EmbeddedJob[] {
  const names = Array.from({ length: maker.wish.jobs }, (_, index) => stages[index] ?? `extra ${index}`);
  const jobs = names.map((name) =>
    addJob(maker, { name, at, status: maker.random() < 0.06 ? 'failed' : 'success' }),
  );
  const failed = jobs.filter(({ status, allow_failure: may }) => status === 'failed' && !may);
  for (const { name } of failed)
    if (maker.random() < 0.5)
      jobs.push(addJob(maker, { name, at: endOf(jobs, at) + minute, status: 'success' }));
  const isGreen = names.every(
    (name) => name === 'lint' || jobs.findLast((job) => job.name === name)?.status === 'success',
  );
  if (!deploys) return jobs;
  const end = endOf(jobs, at);
  jobs.push(addJob(maker, { name: 'deploy staging', at: end, status: isGreen ? 'success' : 'skipped' }));
  const roll = maker.random();
  const status = !isGreen ? 'skipped' : roll < 0.4 ? 'manual' : roll < 0.5 ? 'failed' : 'success';
  jobs.push(addJob(maker, { name: 'deploy production', at: end, status }));
  return jobs;
}

function statusOf(jobs: readonly EmbeddedJob[]): string {
  const last = new Map(jobs.map((job) => [job.name, job]));
  const all = [...last.values()];
  return all.some(({ status, allow_failure: may }) => status === 'failed' && !may) ? 'failed' : 'success';
}

function addDeployments(maker: Maker, { sha, ref }: PipelineDraft, jobs: readonly EmbeddedJob[]): void {
  for (const job of jobs) {
    const environment = /^deploy (.+)$/.exec(job.name)?.[1];
    if (environment === undefined || job.finished_at === null) continue;
    maker.state.deployments.push({
      id: newId(maker),
      project_id: maker.wish.projectId,
      status: job.status,
      ref,
      sha,
      environment: { name: environment, tier: environment, external_url: null },
      mergeRequests: [],
      deployable: { id: job.id, finished_at: job.finished_at },
      created_at: job.created_at,
      updated_at: job.finished_at,
    });
  }
}

function addPipelines(maker: Maker): void {
  const { state, wish } = maker;
  for (const draft of maker.drafts.sort((a, b) => a.at - b.at)) {
    const id = newId(maker);
    const jobs = jobsOf(maker, draft);
    const pipeline: EmbeddedPipeline = {
      id,
      project_id: wish.projectId,
      ref: draft.ref,
      sha: draft.sha,
      status: statusOf(jobs),
      source: draft.source,
      created_at: text(draft.at),
      updated_at: text(endOf(jobs, draft.at)),
      jobs,
      statuses: [],
      test_report: null,
    };
    state.pipelines.push(pipeline);
    addDeployments(maker, draft, jobs);
  }
}

function note(maker: Maker, at: number, author: EmbeddedUser, body: string): EmbeddedNote {
  const isSystem = /^(?:added|approved|marked|unapproved)/.test(body);
  return { id: newId(maker), author, body, system: isSystem, created_at: text(at), updated_at: text(at) };
}

/** What people and GitLab noted between the opening of a merge request and its end. */
function notesOf(
  maker: Maker,
  author: EmbeddedUser,
  { from, until }: { readonly from: number; readonly until: number },
): EmbeddedNote[] {
  const step = (until - from) / 6;
  const reviewer = people.find(({ id }) => id !== author.id) ?? bot;
  const all = [
    note(maker, from + step * 0.5, author, 'marked this merge request as **draft**'),
    note(maker, from + step, author, 'marked this merge request as **ready**'),
    note(maker, from + step * 1.1, bot, 'The pipeline passed.'),
    note(maker, from + step * 2, reviewer, 'Please name it by what it does.'),
    note(maker, from + step * 3, author, 'added 1 commit\n\n<ul><li>1a2b3c4d - name it</li></ul>'),
    note(maker, from + step * 4, reviewer, 'approved this merge request'),
  ];
  return maker.random() < 0.15 ? all.slice(0, 2) : all;
}

function addMergeRequest(maker: Maker, iid: number, opened: number): void {
  const { state, wish, random } = maker;
  const { projectId } = wish;
  const author = random() < 0.1 ? bot : personOf(maker);
  const end = opened + between(maker, 1, 60) * hour;
  const roll = random();
  const outcome = roll < 0.9 ? 'merged' : roll < 0.95 ? 'closed' : 'opened';
  const isOver = end < wish.until && outcome !== 'opened';
  const branch = `work-${iid}`;
  let head = maker.tip;
  const commits = Array.from({ length: between(maker, 1, 4) }, (_, index) => {
    head = addCommit(maker, opened - (4 - index) * 30 * minute, [head], `Work ${iid}.${index}`);
    return {
      id: head,
      title: `Work ${iid}.${index}`,
      message: '',
      author_name: author.username,
      authored_date: text(opened - (4 - index) * 31 * minute),
    };
  }).reverse();
  const mr: EmbeddedMergeRequest = {
    project_id: projectId,
    iid,
    title: `Change ${iid}`,
    state: isOver ? outcome : 'opened',
    author,
    source_project_id: projectId,
    source_branch: branch,
    target_branch: 'main',
    sha: head,
    labels: random() < 0.05 ? ['hotfix'] : [],
    labelEvents: [],
    notes: notesOf(maker, author, { from: opened, until: Math.min(end, wish.until) }),
    commits,
    reviewer_ids: [500],
    created_at: text(opened),
    updated_at: text(Math.min(end, wish.until - minute)),
    ended_at: text(end),
  };
  const ref = `refs/merge-requests/${iid}/head`;
  for (let run = 0; run < wish.pipelinesEach; run += 1) {
    const at = opened + ((Math.min(end, wish.until) - opened) * run) / wish.pipelinesEach;
    maker.drafts.push({ at, ref, sha: head, source: 'merge_request_event', deploys: false });
  }
  if (mr.state === 'merged') maker.merges.push({ at: end, mr });
  else if (mr.state === 'opened') state.branches.push({ project_id: projectId, name: branch, sha: head });
  state.mergeRequests.push(mr);
}

/** The merges until then, in the order of time. */
function mergeUntil(maker: Maker, until: number): void {
  const due = maker.merges.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
  maker.merges = maker.merges.filter(({ at }) => at > until);
  for (const { at, mr } of due) {
    maker.tip = addCommit(maker, at, [maker.tip, mr.sha], `Merge branch '${mr.source_branch}' into 'main'`);
    mr.merge_commit_sha = maker.tip;
    maker.drafts.push({ at, ref: 'main', sha: maker.tip, source: 'push', deploys: true });
  }
}

function addIssues(maker: Maker, first: number): void {
  const { state, wish, random } = maker;
  for (let index = 0; index < wish.issues; index += 1) {
    const opened = wish.from + ((wish.until - wish.from) * index) / wish.issues;
    const closed = opened + between(maker, 1, 400) * hour;
    const isClosed = closed < wish.until && random() < 0.8;
    state.issues.push({
      project_id: wish.projectId,
      iid: first + index,
      title: `Trouble ${first + index}`,
      author: personOf(maker),
      state: isClosed ? 'closed' : 'opened',
      confidential: random() < 0.05,
      issue_type: random() < 0.1 ? 'incident' : 'issue',
      labels: [],
      notes: [],
      created_at: text(opened),
      updated_at: text(isClosed ? closed : opened),
      ended_at: text(closed),
    });
  }
}

function nextIid(
  rows: readonly { readonly project_id: number; readonly iid: number }[],
  project: number,
): number {
  return rows.reduce((last, { project_id: at, iid }) => (at === project ? Math.max(last, iid) : last), 0) + 1;
}

/**
 * Adds a stretch of history to a project of the state: merge requests with their commits, notes, pipelines and jobs,
 * deployments, issues, a tag and a release. A second call goes on where the first one ended.
 */
export function addMadeUpHistory(state: EmbeddedState, wish: MadeUpHistory): void {
  const { projectId, from, until } = wish;
  const main = state.branches.find(({ project_id: at, name }) => at === projectId && name === 'main');
  const maker: Maker = {
    wish,
    state,
    random: randomOf(wish.seed),
    tip: main?.sha ?? '',
    drafts: [],
    merges: [],
  };
  if (main === undefined) maker.tip = addCommit(maker, from, [], 'First commit');
  const firstMr = nextIid(state.mergeRequests, projectId);
  const step = (until - from) / Math.max(1, wish.mergeRequests);
  for (let index = 0; index < wish.mergeRequests; index += 1) {
    mergeUntil(maker, from + step * index);
    addMergeRequest(maker, firstMr + index, from + step * index);
  }
  mergeUntil(maker, until);
  for (let index = 0; index < wish.scheduled; index += 1) {
    const at = from + ((until - from) * (index + 0.5)) / wish.scheduled;
    maker.drafts.push({ at, ref: 'main', sha: maker.tip, source: 'schedule', deploys: false });
  }
  addPipelines(maker);
  addIssues(maker, nextIid(state.issues, projectId));
  if (main === undefined) state.branches.push({ project_id: projectId, name: 'main', sha: maker.tip });
  else main.sha = maker.tip;
  const name = `v1.${state.tags.filter(({ project_id: at }) => at === projectId).length}`;
  state.tags.push({ project_id: projectId, name, target: maker.tip, commit: maker.tip });
  state.releases.push({
    project_id: projectId,
    tag_name: name,
    name: `Version ${name}`,
    released_at: text(until - hour),
    created_at: text(until - hour),
    commit: { id: maker.tip },
  });
}

/** Everybody who does something in a made-up history, for the state's users. */
export const madeUpPeople: readonly EmbeddedUser[] = [...people, bot];
