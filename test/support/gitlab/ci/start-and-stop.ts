import { jobJson, pipelineJson, projectOf } from '../../../../src/demo/find-pipelines.ts';
import { type EmbeddedAnswer, type EmbeddedRequest, ok } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import type { EmbeddedJob } from '../../../../src/demo/state.ts';
import { isFromVersion } from '../../../../src/model/gitlab-version.ts';
import { refusals } from '../refusals.ts';
import { accessLevelOf, developer } from '../roles.ts';
import { type Route, route } from '../route.ts';
import type {
  EmbeddedBridge,
  EmbeddedMergeRequest,
  EmbeddedPipeline,
  EmbeddedState,
} from '../state/state.ts';
import { mergeRequestJson } from '../work-items/merge-request-json.ts';
import { bridgeJson } from './trigger-jobs.ts';

type Answer = (at: At, parts: readonly string[]) => EmbeddedAnswer;

/** A project in which the request's user is a developer. */
interface At {
  readonly project: number;
  readonly request: EmbeddedRequest;
  readonly state: EmbeddedState;
}

/** A route that takes the role Developer, below a project. */
function ofDevelopers(method: string, rest: string, answer: Answer): Route {
  const pattern = new RegExp(`^/projects/([^/]+)${rest}$`);
  return route(method, pattern, (request, [part = '', ...parts], state) => {
    const project = projectOf(part, state);
    if (project === null) return refused(refusals.noProject);
    const { user, token } = request;
    if (user === null || token?.kind === 'job') return refused(refusals.jobToken);
    if (accessLevelOf(user.id, project.id, state) < developer) return refused(refusals.roleTooLow);
    return answer({ project: project.id, request, state }, parts);
  });
}

function jobOf({ project, state }: At, id: string): readonly [EmbeddedJob, EmbeddedPipeline] | null {
  for (const pipeline of state.pipelines.filter((one) => one.project_id === project)) {
    const job = pipeline.jobs.find((one) => String(one.id) === id);
    if (job !== undefined) return [job, pipeline];
  }
  return null;
}

function textIn({ request }: Pick<At, 'request'>, name: string): string {
  const value = request.body[name];
  return typeof value === 'string' ? value : '';
}

function nextId(state: EmbeddedState): number {
  state.nextId += 1;
  return state.nextId;
}

/** A refusal of the request's inputs; null where they are taken, or not known yet. */
function refusedInputs(
  { request, state }: At,
  job: EmbeddedJob,
  startedId: () => number,
): EmbeddedAnswer | null {
  const { job_inputs: given } = request.body;
  if (typeof given !== 'object' || given === null || !isFromVersion(state.version, 18, 10)) return null;
  const declared = state.ci.declaredInputs.get(job.id) ?? [];
  const wrong = Object.keys(given).find((name) => !declared.includes(name));
  if (wrong !== undefined) return refused(refusals.undeclaredInput, wrong);
  state.ci.givenInputs.set(startedId(), { ...given });
  return null;
}

const ended = ['success', 'failed', 'canceled'];

/** A trigger job that is run again starts another pipeline, which is not there at once. */
function retryBridge(at: At, id: string): EmbeddedAnswer {
  const ofProject = at.state.pipelines.filter((one) => one.project_id === at.project);
  for (const pipeline of ofProject) {
    const { bridges = [] } = pipeline;
    const bridge = bridges.find((one) => String(one.id) === id);
    if (bridge === undefined) continue;
    const isNewest = !bridges.some((other) => other.name === bridge.name && other.id > bridge.id);
    if (!ended.includes(bridge.status) || !isNewest) return refused(refusals.jobNotRetryable);
    const fresh = { id: nextId(at.state), status: 'pending', failure_reason: null, downstream_id: null };
    const again: EmbeddedBridge = { ...bridge, ...fresh };
    bridges.push(again);
    pipeline.status = 'running';
    return { status: 201, body: bridgeJson(again, pipeline, at.state) };
  }
  return refused(refusals.noJob);
}

/** Only a job that ended and whose newest attempt it is. Source: https://docs.gitlab.com/api/jobs/#retry-a-job */
const retry: Answer = (at, [id = '']) => {
  const [job, pipeline] = jobOf(at, id) ?? [];
  if (job === undefined || pipeline === undefined) return retryBridge(at, id);
  const isNewest = !pipeline.jobs.some((other) => other.name === job.name && other.id > job.id);
  if (!ended.includes(job.status) || !isNewest) return refused(refusals.jobNotRetryable);
  const wrong = refusedInputs(at, job, () => at.state.nextId + 1);
  if (wrong !== null) return wrong;
  const again: EmbeddedJob = {
    ...job,
    id: nextId(at.state),
    status: 'pending',
    failure_reason: null,
    started_at: null,
    finished_at: null,
    artifacts: new Map(),
    reports: [],
  };
  pipeline.jobs.push(again);
  pipeline.status = 'running';
  return { status: 201, body: jobJson(again, pipeline, at.state) };
};

/** Source: https://docs.gitlab.com/api/jobs/#run-a-job */
const play: Answer = (at, [id = '']) => {
  const [job, pipeline] = jobOf(at, id) ?? [];
  if (job === undefined || pipeline === undefined) return refused(refusals.noJob);
  if (job.status !== 'manual') return refused(refusals.jobNotPlayable);
  const wrong = refusedInputs(at, job, () => job.id);
  if (wrong !== null) return wrong;
  job.status = 'pending';
  return ok(jobJson(job, pipeline, at.state));
};

const cancel: Answer = ({ project, state }, [id = '']) => {
  const pipeline = state.pipelines.find((one) => one.project_id === project && String(one.id) === id);
  if (pipeline === undefined) return refused(refusals.noPipeline);
  if (!ended.includes(pipeline.status)) pipeline.status = 'canceled';
  for (const job of pipeline.jobs) if (!ended.includes(job.status)) job.status = 'canceled';
  return ok(pipelineJson(pipeline, state));
};

function addPipeline(
  { project, state }: Pick<At, 'project' | 'state'>,
  { ref, sha, source }: Pick<EmbeddedPipeline, 'ref' | 'sha' | 'source'>,
): EmbeddedPipeline {
  const pipeline: EmbeddedPipeline = {
    id: nextId(state),
    project_id: project,
    ref,
    sha,
    status: 'created',
    source,
    created_at: new Date().toISOString(),
    jobs: [],
    statuses: [],
    test_report: null,
  };
  state.pipelines.push(pipeline);
  return pipeline;
}

function startPipeline(at: At, of: Pick<EmbeddedPipeline, 'ref' | 'sha' | 'source'>): EmbeddedAnswer {
  return { status: 201, body: pipelineJson(addPipeline(at, of), at.state) };
}

/** A new pipeline of a merge request. */
export function pipelineOfMergeRequest(mr: EmbeddedMergeRequest, state: EmbeddedState): EmbeddedPipeline {
  const ref = `refs/merge-requests/${mr.iid}/head`;
  return addPipeline({ project: mr.project_id, state }, { ref, sha: mr.sha, source: 'merge_request_event' });
}

/** Source: https://docs.gitlab.com/api/merge_requests/#create-merge-request-pipeline */
const startForMergeRequest: Answer = (at, [iid = '']) => {
  const { project, state } = at;
  const mr = state.mergeRequests.find((one) => one.project_id === project && String(one.iid) === iid);
  if (mr === undefined) return refused(refusals.noMergeRequest);
  return { status: 201, body: pipelineJson(pipelineOfMergeRequest(mr, state), state) };
};

/** Source: https://docs.gitlab.com/api/pipelines/#create-a-new-pipeline */
const startOnRef: Answer = (at) => {
  const ref = textIn(at, 'ref');
  const branch = at.state.branches.find(({ project_id, name }) => project_id === at.project && name === ref);
  if (branch === undefined) return refused(refusals.noReference);
  return startPipeline(at, { ref, sha: branch.sha, source: 'api' });
};

/** Sources: https://docs.gitlab.com/api/branches/, https://docs.gitlab.com/api/commits/#cherry-pick-a-commit */
const branches: readonly Route[] = [
  ofDevelopers('POST', '/repository/branches', ({ project, request, state }) => {
    const { branch, ref } = request.body;
    const own = state.branches.filter((one) => one.project_id === project);
    if (own.some(({ name }) => name === branch)) return refused(refusals.branchThere);
    const sha = own.find(({ name }) => name === ref)?.sha;
    if (sha === undefined || typeof branch !== 'string') return refused(refusals.noStartOfBranch);
    state.branches.push({ project_id: project, name: branch, sha });
    const files = state.files.filter((one) => one.project_id === project && one.ref === ref);
    state.files.push(...files.map((file) => ({ ...file, ref: branch })));
    return { status: 201, body: { name: branch, commit: { id: sha } } };
  }),
  ofDevelopers('DELETE', '/repository/branches/([^/]+)', ({ project, state }, [name = '']) => {
    const at = state.branches.findIndex((one) => one.project_id === project && one.name === name);
    if (at < 0) return refused(refusals.noBranch);
    state.branches.splice(at, 1);
    const left = state.files.filter((one) => one.project_id !== project || one.ref !== name);
    state.files.splice(0, state.files.length, ...left);
    return { status: 204, body: '' };
  }),
  ofDevelopers(
    'POST',
    '/repository/commits/([^/]+)/cherry_pick',
    ({ project, request, state }, [sha = '']) => {
      const { branch: name } = request.body;
      const branch = state.branches.find((one) => one.project_id === project && one.name === name);
      if (branch === undefined) return refused(refusals.noBranch);
      if (state.unpickable.has(sha)) return refused(refusals.notPickable);
      branch.sha = nextId(state).toString(16).padStart(40, 'c');
      return { status: 201, body: { id: branch.sha } };
    },
  ),
];

/** Source: https://docs.gitlab.com/api/merge_requests/#create-a-merge-request */
const createMergeRequest: Answer = ({ project, request, state }) => {
  const [source, target] = [textIn({ request }, 'source_branch'), textIn({ request }, 'target_branch')];
  const ofProject = state.mergeRequests.filter((mr) => mr.project_id === project);
  const isThere = ofProject.some(
    (mr) => mr.source_branch === source && mr.target_branch === target && mr.state === 'opened',
  );
  if (isThere) return refused(refusals.mergeRequestThere);
  const head = state.branches.find((one) => one.project_id === project && one.name === source);
  if (head === undefined) return refused(refusals.noSourceBranch);
  const { user } = request;
  const mr = {
    project_id: project,
    iid: Math.max(0, ...ofProject.map(({ iid }) => iid)) + 1,
    title: textIn({ request }, 'title'),
    description: textIn({ request }, 'description'),
    state: 'opened' as const,
    source_project_id: project,
    source_branch: head.name,
    target_branch: target,
    sha: head.sha,
    labels: [],
    labelEvents: [],
    notes: [],
    ...(user === null ? {} : { author: user }),
  };
  state.mergeRequests.push(mr);
  return { status: 201, body: mergeRequestJson(mr, state) };
};

/** What starts, stops and repeats in CI/CD, and what a backport needs. */
export const startAndStopRoutes: readonly Route[] = [
  ofDevelopers('POST', '/jobs/(\\d+)/retry', retry),
  ofDevelopers('POST', '/jobs/(\\d+)/play', play),
  ofDevelopers('POST', '/pipelines/(\\d+)/cancel', cancel),
  ofDevelopers('POST', '/merge_requests/(\\d+)/pipelines', startForMergeRequest),
  ofDevelopers('POST', '/pipeline', startOnRef),
  ofDevelopers('POST', '/merge_requests', createMergeRequest),
  ...branches,
];
