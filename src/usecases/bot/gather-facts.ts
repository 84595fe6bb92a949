import { possibleGroups } from '../../bot/suggest-reviewers.ts';
import { GitLabRefusedError } from '../../errors.ts';
import type { People } from '../../gitlab/ports/people.ts';
import type { GitLab, Pipelines } from '../../gitlab/ports/port.ts';
import type { Repository } from '../../gitlab/ports/repository.ts';
import type { WorkItems } from '../../gitlab/ports/work-items.ts';
import type { FactName, Facts, MergeRequestFacts, PipelineFacts, ProjectFacts } from '../../model/facts.ts';
import type { Noteable } from '../../model/noteable.ts';
import type { Member, Person } from '../../model/person.ts';
import { fetchFlakyMarks } from '../../publish/flaky-marks.ts';
import { fetchOwnRecord } from '../../publish/own-record.ts';
import { withDownstream } from '../report/fetch-downstream.ts';
import type { BotScope } from './bot-world.ts';
import { fetchBotHealth } from './fetch-bot-health.ts';
import { fetchChanges } from './fetch-changes.ts';
import { fetchDeployLimits } from './fetch-deploy-limits.ts';
import { fetchPipelineOfCommit, fetchRightsOnPipeline } from './pipeline-of-commit.ts';

/** Facts that are known before the first request. */
export interface Known {
  readonly now: Date;
  readonly self: Person;
  readonly project: ProjectFacts;
  readonly subject: Facts['subject'];
  /** The commit that a comment is on; null where it is on something else. */
  readonly commit: string | null;
  /** The user whose rights count; null where that user is unknown. */
  readonly actorId: number | null;
  readonly deploymentId: number | null;
  /** Set where it is already known. */
  readonly deployment: Facts['deployment'];
  /** Usernames that a command names, in lower case. */
  readonly usernames: readonly string[];
  /** The pipeline in question where it is not the subject's head: the default branch's. */
  readonly pipeline: PipelineFacts | null;
  /** The bot's own project, by id or full path. */
  readonly ownProject: BotScope['ownProject'];
  /** Periods of the digests that a comment asks for. */
  readonly digestPeriods: readonly string[];
}

export function factsWith({ now, self, project, subject, pipeline, deployment }: Known): Facts {
  return {
    now,
    self,
    project,
    subject,
    pipeline,
    deployment,
    actor: null,
    author: null,
    changes: null,
    commits: null,
    codeOwners: null,
    ownerGroups: null,
    targetBranch: null,
    approvedBy: null,
    reviews: null,
    closes: null,
    members: null,
    reviewLoad: null,
    ownIssues: null,
    milestones: null,
    namedUsers: null,
    pipelineActor: null,
    sourceBranch: null,
    record: null,
    botHealth: null,
    tests: null,
    flakyMarks: null,
    quarantine: null,
    deployLimits: null,
    digests: null,
  };
}

/** Where GitLab looks for them, in its order: https://docs.gitlab.com/user/project/codeowners/#codeowners-file */
const codeOwnersPaths = ['CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'];
const maxCodeOwnersBytes = 1_000_000;
const developer = 30;

type Fetch = (facts: Facts, known: Known, gitlab: GitLab) => Promise<Partial<Facts>>;

function mergeRequestIn({ subject }: Facts): MergeRequestFacts | null {
  return subject?.kind === 'merge_request' ? subject : null;
}

/** A fact about a merge request; null where the subject is not a merge request. */
function ofMergeRequest(
  fetch: (mr: MergeRequestFacts, gitlab: GitLab, facts: Facts) => Promise<Partial<Facts>>,
): Fetch {
  return async (facts, _known, gitlab) => {
    const mr = mergeRequestIn(facts);
    return mr === null ? {} : fetch(mr, gitlab, facts);
  };
}

async function fetchActor({ actorId, project }: Known, gitlab: People): Promise<Member | null> {
  return actorId === null ? null : gitlab.fetchMember(project.id, actorId);
}

async function fetchCodeOwners(facts: Facts, gitlab: Repository): Promise<Facts['codeOwners']> {
  const ref = mergeRequestIn(facts)?.targetBranch ?? facts.project.defaultBranch;
  if (ref === null) return null;
  for (const path of codeOwnersPaths) {
    const bytes = await gitlab.fetchFile({ project: facts.project.id, path, ref }, maxCodeOwnersBytes);
    if (bytes !== null) return { path, text: new TextDecoder().decode(bytes) };
  }
  return null;
}

async function fetchPipelineFacts(mr: MergeRequestFacts, gitlab: Pipelines): Promise<PipelineFacts | null> {
  const head = mr.headPipeline;
  if (head === null) return null;
  const { pipeline, jobs } = await gitlab.fetchJobs(head.projectId, head.id);
  // The status of the merge request's own answer is newer than that in its jobs.
  const now = { ...(pipeline ?? head), status: head.status };
  return { pipeline: now, jobs: await withDownstream(jobs, head.projectId, { gitlab }) };
}

async function fetchSourceRights(facts: Facts, gitlab: People): Promise<Facts['sourceBranch']> {
  const mr = mergeRequestIn(facts);
  const who = facts.pipelineActor ?? facts.actor;
  const project = mr?.sourceProjectId ?? null;
  if (mr === null || project === null || who === null) return null;
  return gitlab.fetchBranchRights(project, mr.sourceBranch, who);
}

async function fetchNamedUsers({ usernames }: Known, gitlab: People): Promise<Facts['namedUsers']> {
  const found = await Promise.all(
    usernames.map(async (name): Promise<[string, Person | null]> => [name, await gitlab.findUser(name)]),
  );
  return new Map(found);
}

/** One request for each group, at most 20 groups. */
async function fetchOwnerGroups(facts: Facts, gitlab: People): Promise<Facts['ownerGroups']> {
  const found = await Promise.all(
    possibleGroups(facts).map(
      async (path): Promise<[string, readonly number[] | null]> => [
        path,
        await gitlab.fetchGroupMemberIds(path),
      ],
    ),
  );
  return new Map(found);
}

/** One entry for each fact: the function that fetches it. */
const fetchers: Readonly<Record<FactName, Fetch>> = {
  actor: async (_facts, known, gitlab) => ({ actor: await fetchActor(known, gitlab) }),
  author: async ({ subject, project }, _known, gitlab) => ({
    author: subject === null ? null : await gitlab.fetchMember(project.id, subject.author.id),
  }),
  changes: ofMergeRequest(async ({ at }, gitlab) => ({
    changes: await fetchChanges(at, gitlab),
  })),
  commits: ofMergeRequest(async ({ at }, gitlab) => ({
    commits: await gitlab.fetchCommitsOf(at.project, at.iid),
  })),
  codeOwners: async (facts, _known, gitlab) => ({ codeOwners: await fetchCodeOwners(facts, gitlab) }),
  ownerGroups: async (facts, _known, gitlab) => ({ ownerGroups: await fetchOwnerGroups(facts, gitlab) }),
  pipeline: async (facts, { commit, project }, gitlab) => {
    if (commit !== null) return { pipeline: await fetchPipelineOfCommit(project.id, commit, gitlab) };
    const mr = mergeRequestIn(facts);
    return mr === null ? {} : { pipeline: await fetchPipelineFacts(mr, gitlab) };
  },
  targetBranch: ofMergeRequest(async ({ at, targetBranch }, gitlab, { actor }) => ({
    targetBranch: actor === null ? null : await gitlab.fetchBranchRights(at.project, targetBranch, actor),
  })),
  sourceBranch: async (facts, { commit }, gitlab) => ({
    sourceBranch: await (commit === null
      ? fetchSourceRights(facts, gitlab)
      : fetchRightsOnPipeline(facts, gitlab)),
  }),
  approvedBy: ofMergeRequest(async ({ at }, gitlab) => ({
    approvedBy: await gitlab.fetchApprovers(at.project, at.iid),
  })),
  reviews: ofMergeRequest(async ({ at }, gitlab, { self }) => ({
    reviews: (await gitlab.fetchReviews(at.project, at.iid)).filter(
      ({ reviewer }) => reviewer.id !== self.id,
    ),
  })),
  closes: ofMergeRequest(async ({ at }, gitlab) => ({
    closes: await gitlab.fetchClosedIssues(at.project, at.iid),
  })),
  members: async ({ project }, _known, gitlab) => ({
    members: await gitlab.fetchMembers(project.id, developer),
  }),
  reviewLoad: async ({ project }, _known, gitlab) => ({
    reviewLoad: await gitlab.fetchReviewLoad(project.id),
  }),
  ownIssues: async ({ project }, _known, gitlab) => ({ ownIssues: await gitlab.fetchOwnIssues(project.id) }),
  milestones: async ({ project }, _known, gitlab) => ({
    milestones: await gitlab.fetchMilestones(project.id),
  }),
  deployment: async ({ project }, { deploymentId }, gitlab) => ({
    deployment: deploymentId === null ? null : await gitlab.fetchDeployment(project.id, deploymentId),
  }),
  namedUsers: async (_facts, known, gitlab) => ({ namedUsers: await fetchNamedUsers(known, gitlab) }),
  pipelineActor: async ({ pipeline, project, actor }, { actorId }, gitlab) => {
    const elsewhere = pipeline !== null && pipeline.pipeline.projectId !== project.id;
    if (!elsewhere || actorId === null) return { pipelineActor: actor };
    return { pipelineActor: await gitlab.fetchMember(pipeline.pipeline.projectId, actorId) };
  },
  deployLimits: async (facts, _known, gitlab) => ({ deployLimits: await fetchDeployLimits(facts, gitlab) }),
  record: async ({ subject }, _known, gitlab) => ({
    record: subject === null ? null : await fetchOwnRecord(gitlab, subject.at),
  }),
  botHealth: async (facts, { ownProject }, gitlab) => ({
    botHealth: await fetchBotHealth(facts, ownProject, gitlab),
  }),
  tests: async ({ pipeline }, _known, gitlab) => {
    if (pipeline === null) return { tests: null };
    // Reading reports is much code, and few commands name a test.
    const { fetchKnownTests } = await import('./fetch-known-tests.ts');
    return { tests: await fetchKnownTests(pipeline, gitlab) };
  },
  flakyMarks: async ({ project }, _known, gitlab) => ({
    flakyMarks: await fetchFlakyMarks(project.id, gitlab),
  }),
  quarantine: async (facts, _known, gitlab) => {
    const branch = mergeRequestIn(facts)?.targetBranch ?? facts.project.defaultBranch;
    if (branch === null) return { quarantine: null };
    const { fetchQuarantineFile } = await import('./fetch-quarantine-file.ts');
    return { quarantine: await fetchQuarantineFile({ project: facts.project.id, branch }, gitlab) };
  },
  digests: async ({ project, now }, { digestPeriods }, gitlab) => {
    // Reading a history and measuring it is much code, and few comments ask for it.
    const { fetchDigests } = await import('./fetch-digests.ts');
    return { digests: await fetchDigests(digestPeriods, { project, now, gitlab }) };
  },
};

/** Facts that other facts need are fetched first. */
const order: readonly FactName[] = ['actor', 'pipeline', 'pipelineActor'];
/** Facts that need others. */
const last: ReadonlySet<FactName> = new Set(['ownerGroups']);

/**
 * Adds facts. Each is requested once; a refused fact stays null, with a line in the log, because a rule or command that
 * needs it then does nothing.
 */
export async function gatherFacts(
  facts: Facts,
  names: readonly FactName[],
  {
    known,
    gitlab,
    warn,
  }: { readonly known: Known; readonly gitlab: GitLab; readonly warn: (words: string) => void },
): Promise<Facts> {
  let all = facts;
  const fetchOne = async (name: FactName): Promise<Partial<Facts>> => {
    try {
      return await fetchers[name](all, known, gitlab);
    } catch (error) {
      if (!(error instanceof GitLabRefusedError)) throw error;
      warn(`GitLab does not provide ${name}: ${error.message}`);
      return {};
    }
  };
  for (const name of order) if (names.includes(name)) all = { ...all, ...(await fetchOne(name)) };
  const rest = names.filter((name) => !order.includes(name));
  for (const wave of [rest.filter((name) => !last.has(name)), rest.filter((name) => last.has(name))])
    for (const part of await Promise.all(wave.map(fetchOne))) all = { ...all, ...part };
  return all;
}

/** Where a merge request or issue is asked for. */
export async function fetchSubject(on: Noteable | null, gitlab: WorkItems): Promise<Facts['subject']> {
  if (on === null) return null;
  return on.kind === 'issue'
    ? gitlab.fetchIssueFacts(on.project, on.iid)
    : gitlab.fetchMergeRequestFacts(on.project, on.iid);
}
