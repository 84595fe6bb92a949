/**
 * What rules and commands may look at. All of it comes from the API, none of it from the payload. A part that nobody
 * asked for, or that GitLab did not give, is null.
 */
import type { BlameFacts } from './blame.ts';
import type { BotHealth } from './bot-health.ts';
import type { TrackerSettings } from './closing-reference.ts';
import type { TrailNews } from './deployment-trail.ts';
import type { Document } from './document.ts';
import type { FlakyMarks } from './flaky-mark.ts';
import type { IncidentFacts } from './incident.ts';
import type { Noteable } from './noteable.ts';
import type { OwnRecord } from './own-record.ts';
import type { Member, Person } from './person.ts';
import type { CiStatus, Job, Pipeline } from './pipeline.ts';
import type { QuarantineFile } from './quarantine.ts';
import type { RequestedRelease } from './release.ts';
import type { ScheduleFacts } from './schedule-facts.ts';
import type { TestRuns } from './test-runs.ts';

/** A digest that a comment asked for, or why there is no such digest, without a full stop. */
export type RequestedDigest =
  | { readonly kind: 'digest'; readonly document: Document }
  | { readonly kind: 'wrong'; readonly message: string };

export interface ProjectFacts {
  readonly id: number;
  readonly path: string;
  readonly url: string;
  /** Null while the repository is empty. */
  readonly defaultBranch: string | null;
  readonly archived: boolean;
}

export interface MilestoneFacts {
  readonly id: number;
  readonly title: string;
}

interface WorkFacts {
  readonly at: Noteable;
  readonly url: string;
  readonly title: string;
  readonly description: string;
  readonly author: Person;
  readonly assignees: readonly Person[];
  readonly labels: readonly string[];
  readonly milestone: MilestoneFacts | null;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface MergeRequestFacts extends WorkFacts {
  readonly kind: 'merge_request';
  readonly state: 'opened' | 'closed' | 'locked' | 'merged';
  readonly draft: boolean;
  readonly reviewers: readonly Person[];
  readonly sourceBranch: string;
  readonly targetBranch: string;
  /** Null when the fork is gone. */
  readonly sourceProjectId: number | null;
  readonly targetProjectId: number;
  /** Head of the source branch; null while GitLab does not know it. */
  readonly headSha: string | null;
  readonly detailedMergeStatus: string;
  readonly headPipeline: Pipeline | null;
  /** Null where GitLab does not say. */
  readonly firstContribution: boolean | null;
  /** The user who merged it, or set it to be merged; null while it is not merged, or where GitLab does not say. */
  readonly mergedById: number | null;
  /** ISO 8601; missing while it is not merged, or where GitLab does not say. */
  readonly mergedAt?: string | null;
}

export interface IssueFacts extends WorkFacts {
  readonly kind: 'issue';
  readonly state: 'opened' | 'closed';
  readonly confidential: boolean;
  /** `issue`, `incident`, `task`, … */
  readonly type: string;
}

export interface ChangedFile {
  readonly path: string;
  readonly oldPath: string;
  readonly change: 'added' | 'deleted' | 'renamed' | 'modified';
}

export interface ChangesFacts {
  readonly files: readonly ChangedFile[];
  /** Lines; there may be more where `linesComplete` is false. */
  readonly additions: number;
  readonly deletions: number;
  /** False when GitLab omits the lines of some files. */
  readonly linesComplete: boolean;
  /** False when GitLab listed only some of the files. */
  readonly complete: boolean;
}

export interface CommitFacts {
  readonly sha: string;
  readonly title: string;
  readonly message: string;
  readonly authorName: string;
  /** For knowing people again, never shown; missing where GitLab does not say. */
  readonly authorEmail?: string;
  /** ISO 8601; missing or null where GitLab does not say. */
  readonly committedAt?: string | null;
  /** Missing where GitLab does not say. */
  readonly parents?: readonly string[];
}

/** The people who must be asked about a path: the rules of a CODEOWNERS file as read from the target branch. */
export interface CodeOwnersFacts {
  readonly path: string;
  readonly text: string;
}

export interface PipelineFacts {
  readonly pipeline: Pipeline;
  /** Newest attempts first, earlier attempts marked. */
  readonly jobs: readonly Job[];
}

/** Whether somebody may push to and merge into a branch; unprotected branches are open to developers. */
export interface BranchRights {
  readonly branch: string;
  readonly protected: boolean;
  readonly mayPush: boolean;
  readonly mayMerge: boolean;
}

/**
 * Protected environments to which the bot can deploy, but the actor cannot: GitLab checks the user who starts a job.
 */
export interface DeployLimits {
  /** Names of the environments; null where GitLab does not show which are protected, so any may be. */
  readonly environments: readonly string[] | null;
  /**
   * Jobs that deployed there, by id, since the pipeline in question began; anywhere, where the environments are not
   * known.
   */
  readonly jobs: ReadonlySet<number>;
}

/** Something that the bot made for a rule or a command, found again by the key in its text. */
export interface KeyedIssue {
  readonly iid: number;
  readonly key: string;
  /** Missing where nobody needs it. */
  readonly title?: string;
  readonly state: 'opened' | 'closed';
  readonly confidential: boolean;
  readonly url: string;
  readonly description: string;
  readonly updatedAt: string;
}

/** An issue that a merge request closes when it is merged, or that is linked to an issue. */
export interface LinkedIssue {
  readonly project: number;
  readonly iid: number;
  readonly title: string;
  readonly url: string;
  readonly state: 'opened' | 'closed';
}

/** Where something was deployed. */
export interface DeploymentFacts {
  readonly id: number;
  readonly status: CiStatus;
  readonly environment: string;
  readonly tier: string | null;
  readonly externalUrl: string | null;
  readonly sha: string;
  readonly mergeRequests: readonly Noteable[];
  /** Branch or tag. */
  readonly ref: string | null;
  /** ISO 8601; null where GitLab does not say. */
  readonly updatedAt: string | null;
  /** When its job ended, ISO 8601; missing where GitLab does not say. */
  readonly finishedAt?: string | null;
  /** Id of the job; missing where the API made the deployment. */
  readonly job?: number | null;
  /** `approved` and `rejected`, as far as people decided on it. */
  readonly approvals: readonly string[];
}

/** How far one reviewer is, in GitLab's words: `unreviewed`, `review_started`, `reviewed`, `requested_changes`, … */
export interface ReviewFacts {
  readonly reviewer: Person;
  readonly state: string;
}

/** A test that a pipeline's report names. */
export interface KnownTest {
  readonly suite: string;
  readonly className: string;
  readonly name: string;
  readonly failing: boolean;
}

export interface Facts {
  readonly now: Date;
  /** The bot's own user. */
  readonly self: Person;
  readonly project: ProjectFacts;
  /** Of the project's configuration: the one part that does not come from the API. Missing = none. */
  readonly trackers?: readonly TrackerSettings[];
  readonly subject: MergeRequestFacts | IssueFacts | null;
  /** The user who caused the event or wrote the command, with their role in the project. */
  readonly actor: Member | null;
  /** The author of the subject, with their role. */
  readonly author: Member | null;
  readonly changes: ChangesFacts | null;
  readonly commits: readonly CommitFacts[] | null;
  readonly codeOwners: CodeOwnersFacts | null;
  /**
   * Direct members of the groups that own changed files, by the group's path in lower case; null = GitLab has no
   * such group, or does not show it to the token.
   */
  readonly ownerGroups: ReadonlyMap<string, readonly number[] | null> | null;
  /**
   * Access levels of direct members of the project, by user id; fetched only where a role owns a changed file.
   */
  readonly directLevels: ReadonlyMap<number, number> | null;
  /** Whether the actor is a direct member of a group that a command asks for; null = GitLab does not show the group. */
  readonly actorGroups: ReadonlyMap<string, boolean | null> | null;
  /** The schedule that started the pipeline; missing = the sweep looks at none. */
  readonly schedule?: ScheduleFacts;
  /** The merge request's head pipeline, or the newest finished one of the default branch or of a schedule. */
  readonly pipeline: PipelineFacts | null;
  /** The actor's rights on the branch that the merge request goes to. */
  readonly targetBranch: BranchRights | null;
  /** Usernames of the approvers. */
  readonly approvedBy: readonly Person[] | null;
  /** How far the reviewers are, without the bot. */
  readonly reviews: readonly ReviewFacts[] | null;
  readonly closes: readonly LinkedIssue[] | null;
  /** Everybody who may be asked for a review: active members from Developer on. */
  readonly members: readonly Member[] | null;
  /** Open merge requests that a person is asked to review, by user id. */
  readonly reviewLoad: ReadonlyMap<number, number> | null;
  /** The bot's own issues in the project that carry a key. */
  readonly ownIssues: readonly KeyedIssue[] | null;
  readonly milestones: readonly MilestoneFacts[] | null;
  readonly deployment: DeploymentFacts | null;
  /** The users that a command names, by username in lower case; null = there is no such user. */
  readonly namedUsers: ReadonlyMap<string, Person | null> | null;
  /** The actor in the project that the pipeline runs in: a fork's pipelines run in the fork. */
  readonly pipelineActor: Member | null;
  /** The actor's rights on the branch that the merge request comes from. */
  readonly sourceBranch: BranchRights | null;
  /** By project: the own one and that of the pipeline. */
  readonly deployLimits: ReadonlyMap<number, DeployLimits> | null;
  /** What the bot wrote on the subject. */
  readonly record: readonly OwnRecord[] | null;
  /** How the bot itself is, as far as the actor may know it. */
  readonly botHealth: BotHealth | null;
  /** Tests of the pipeline, as far as its report names them; null when it has none. */
  readonly tests: readonly KnownTest[] | null;
  /** Tests of the project that people marked as flaky. */
  readonly flakyMarks: FlakyMarks | null;
  /** The quarantine of the branch that the subject goes into, else of the default branch. */
  readonly quarantine: QuarantineFile | null;
  /** How delivery went, by the words of the periods that somebody asked for. */
  readonly digests: ReadonlyMap<string, RequestedDigest> | null;
  /** What releases brought, by the words that name them: a tag, `v1.3..v1.4`, or nothing for what is not released. */
  readonly releases: ReadonlyMap<string, RequestedRelease> | null;
  /** Why the branch of the pipeline fails, or failed until this pipeline; null where it did not fail before. */
  readonly incident: IncidentFacts | null;
  /** The last changes of the lines that the logs of the pipeline name; null where it did not fail. */
  readonly blame: BlameFacts | null;
  /** Tests of the pipeline and of the runs before it; null where no report of Herald is in it. */
  readonly testRuns: TestRuns | null;
  /** What happened to merge requests that are merged already; null where the event is about none. */
  readonly trail: TrailNews | null;
}

/** The parts that cost requests of their own and are fetched only when a rule or command asks for them. */
export type FactName =
  | 'actor'
  | 'author'
  | 'changes'
  | 'commits'
  | 'codeOwners'
  | 'ownerGroups'
  | 'directLevels'
  | 'actorGroups'
  | 'pipeline'
  | 'targetBranch'
  | 'approvedBy'
  | 'reviews'
  | 'closes'
  | 'members'
  | 'reviewLoad'
  | 'ownIssues'
  | 'milestones'
  | 'deployment'
  | 'namedUsers'
  | 'pipelineActor'
  | 'sourceBranch'
  | 'record'
  | 'deployLimits'
  | 'botHealth'
  | 'tests'
  | 'flakyMarks'
  | 'digests'
  | 'releases'
  | 'quarantine'
  | 'incident'
  | 'blame'
  | 'testRuns'
  | 'trail';
