import { ownersOfChanges } from '../../bot/owners-of-changes.ts';
import { possibleGroups } from '../../bot/suggest-reviewers.ts';
import { nameRole } from '../../code-owners/owner-directory.ts';
import { GitLabRefusedError } from '../../errors.ts';
import type { People } from '../../gitlab/ports/people.ts';
import type { GitLab, Pipelines } from '../../gitlab/ports/port.ts';
import type { Repository } from '../../gitlab/ports/repository.ts';
import type { WorkItems } from '../../gitlab/ports/work-items.ts';
import type { FactName, Facts, MergeRequestFacts, PipelineFacts } from '../../model/facts.ts';
import type { Noteable } from '../../model/noteable.ts';
import type { Member, Person } from '../../model/person.ts';
import { fetchFlakyMarks } from '../../publish/flaky-marks.ts';
import { fetchOwnRecord } from '../../publish/own-record.ts';
import { fetchCodeOwners } from '../report/fetch-code-owners.ts';
import { withDownstream } from '../report/fetch-downstream.ts';
import type { FactSource } from './bot-world.ts';
import { fetchBotHealth } from './fetch-bot-health.ts';
import { fetchChanges } from './fetch-changes.ts';
import { fetchDeployLimits } from './fetch-deploy-limits.ts';
import { fetchPushed, type PushedRange } from './fetch-pushed.ts';
import type { FetchFact, Known } from './known-facts.ts';
import { lazyFetchers } from './lazy-facts.ts';
import { fetchPipelineOfCommit, fetchRightsOnPipeline } from './pipeline-of-commit.ts';

export function factsWith(known: Known): Facts {
  const { now, self, project, trackers, subject, pipeline, deployment, schedule } = known;
  return {
    ...(trackers === undefined ? {} : { trackers }),
    ...(schedule === undefined ? {} : { schedule }),
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
    directLevels: null,
    actorGroups: null,
    targetBranch: null,
    approvedBy: null,
    reviews: null,
    closes: null,
    members: null,
    reviewLoad: null,
    ownIssues: known.ownIssues ?? null,
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
    releases: null,
    incident: null,
    blame: null,
    testRuns: null,
    trail: null,
  };
}

const developer = 30;

function mergeRequestIn({ subject }: Facts): MergeRequestFacts | null {
  return subject?.kind === 'merge_request' ? subject : null;
}

/** A fact about a merge request; null where the subject is not a merge request. */
function ofMergeRequest(
  fetch: (mr: MergeRequestFacts, gitlab: GitLab, facts: Facts) => Promise<Partial<Facts>>,
): FetchFact {
  return async (facts, _known, gitlab) => {
    const mr = mergeRequestIn(facts);
    return mr === null ? {} : fetch(mr, gitlab, facts);
  };
}

/** A push shows its commits and its files at once: what the one fact brought, the other does not ask for again. */
async function fetchOfPush(
  { commits, changes, project }: Facts,
  pushed: PushedRange,
  where: { readonly gitlab: GitLab; readonly warn: (words: string) => void },
): Promise<Partial<Facts>> {
  return commits === null && changes === null ? fetchPushed(project.id, pushed, where) : {};
}

async function fetchActor({ actorId, project }: Known, gitlab: People): Promise<Member | null> {
  return actorId === null ? null : gitlab.fetchMember(project.id, actorId);
}

async function fetchOwnersOf(facts: Facts, gitlab: Repository): Promise<Facts['codeOwners']> {
  const branch = mergeRequestIn(facts)?.targetBranch ?? facts.project.defaultBranch;
  return branch === null ? null : fetchCodeOwners({ project: facts.project.id, branch }, gitlab);
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

async function fetchActorGroups(
  { actorId, groups = [] }: Known,
  gitlab: People,
): Promise<Facts['actorGroups']> {
  const found = await Promise.all(
    groups.map(async (path): Promise<[string, boolean | null]> => {
      const ids = await gitlab.fetchGroupMemberIds(path);
      return [path, ids === null ? null : actorId !== null && ids.includes(actorId)];
    }),
  );
  return new Map(found);
}

/** One entry for each fact: the function that fetches it. */
const fetchers: Readonly<Record<FactName, FetchFact>> = {
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
  codeOwners: async (facts, _known, gitlab) => ({ codeOwners: await fetchOwnersOf(facts, gitlab) }),
  ownerGroups: async (facts, _known, gitlab) => ({ ownerGroups: await fetchOwnerGroups(facts, gitlab) }),
  directLevels: async (facts, _known, gitlab) => ({
    directLevels: nameRole(ownersOfChanges(facts)) ? await gitlab.fetchDirectLevels(facts.project.id) : null,
  }),
  actorGroups: async (_facts, known, gitlab) => ({ actorGroups: await fetchActorGroups(known, gitlab) }),
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
  ownIssues: async ({ project }, { ownIssues = null }, gitlab) => ({
    ownIssues: ownIssues ?? (await gitlab.fetchOwnIssues(project.id)),
  }),
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
  flakyMarks: async ({ project }, _known, gitlab) => ({
    flakyMarks: await fetchFlakyMarks(project.id, gitlab),
  }),
  ...lazyFetchers,
};

/** Facts that other facts need are fetched first. */
const order: readonly FactName[] = ['actor', 'pipeline', 'pipelineActor'];
/** Of a push, what brings another one along. */
const orderOfPush: readonly FactName[] = ['commits', 'changes'];
/** Facts that need others. */
const last: ReadonlySet<FactName> = new Set(['ownerGroups', 'directLevels', 'blame']);

/**
 * Adds facts. Each is requested once; a refused fact stays null, with a line in the log, because a rule or command that
 * needs it then does nothing.
 */
export async function gatherFacts(
  facts: Facts,
  names: readonly FactName[],
  { known, gitlab, clock, log }: FactSource & { readonly known: Known },
): Promise<Facts> {
  const { pushed = null } = known;
  let all = facts;
  const fetchOne = async (name: FactName): Promise<Partial<Facts>> => {
    try {
      const isPushed = pushed !== null && orderOfPush.includes(name);
      const warn = (words: string): void => {
        log.warn(words);
      };
      return await (isPushed
        ? fetchOfPush(all, pushed, { gitlab, warn })
        : fetchers[name](all, { ...known, clock, log }, gitlab));
    } catch (error) {
      if (!(error instanceof GitLabRefusedError)) throw error;
      log.warn(`GitLab does not provide ${name}: ${error.message}`);
      return {};
    }
  };
  const first = pushed === null ? order : [...order, ...orderOfPush];
  for (const name of first) if (names.includes(name)) all = { ...all, ...(await fetchOne(name)) };
  const rest = names.filter((name) => !first.includes(name));
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
