/**
 * What Herald needs of GitLab, in Herald's words. `rest.ts` does it over the REST API. Every function throws
 * `GitLabRefusedError` when GitLab says no, `GitLabUnreachableError` when it cannot be asked, and `GitLabAnswerError`
 * when its answer cannot be used; nothing else.
 */
import type { Commit } from '../../model/commit.ts';
import type { MergeRequest, MergeRequestAddress, NotePlace } from '../../model/context.ts';
import type { CommitFacts } from '../../model/facts.ts';
import type { CiStatus, Job, Pipeline } from '../../model/pipeline.ts';
import type { PipelineTestReport } from '../../model/pipeline-test-report.ts';
import type { CommitStatus } from '../../model/write.ts';
import type { Activity } from './activity.ts';
import type { Blame } from './blame.ts';
import type { CiControl } from './ci-control.ts';
import type { Conversations } from './conversations.ts';
import type { Deployments } from './deployments.ts';
import type { Evidence } from './evidence.ts';
import type { HeadPipelines } from './head-pipelines.ts';
import type { History } from './history.ts';
import type { Identity } from './identity.ts';
import type { JobReports } from './job-reports.ts';
import type { OwnerGroups } from './owner-groups.ts';
import type { People } from './people.ts';
import type { Releases } from './releases.ts';
import type { Repository } from './repository.ts';
import type { Reviews } from './reviews.ts';
import type { Search } from './search.ts';
import type { Setup } from './setup.ts';
import type { Wikis } from './wikis.ts';
import type { OwnIssue, WorkItems } from './work-items.ts';

export interface User {
  readonly id: number;
  readonly username: string;
}

export interface Note {
  readonly id: number;
  readonly body: string;
  readonly authorId: number;
  readonly system: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface Users {
  /** The user this token belongs to; asked once per run. */
  fetchCurrentUser(): Promise<User>;
  /**
   * A signature of a text, 22 characters: only an owner of this token can make it, and it reveals nothing about the
   * token.
   */
  signature(text: string): string;
}

/** One page of the comments on a merge request or a commit. */
export interface NotePage {
  /** Oldest first, up to 100; system notes may be missing. */
  readonly notes: readonly Note[];
  /** Whether another page follows. */
  readonly more: boolean;
  /** Number of the last page; null where GitLab does not count them. */
  readonly last: number | null;
}

/** Sticky notes on one kind of place. A note on a commit is the first one of a discussion. */
export interface NotesOn<Place> {
  /** By its number; the oldest comments are on page 1. One request. */
  fetchNotePage(place: Place, page: number): Promise<NotePage>;
  /** Null when it does not exist. A note on a commit was listed or created by this client before. */
  fetchNote(place: Place, noteId: number): Promise<Note | null>;
  /** Never sent twice: after a broken connection the notes are listed first, to see whether it landed. */
  createNote(place: Place, body: string): Promise<Note>;
  updateNote(place: Place, noteId: number, body: string): Promise<Note>;
  /** Deleting a note that no longer exists is not an error. */
  deleteNote(place: Place, noteId: number): Promise<void>;
}

export type Notes = NotesOn<NotePlace>;

/** A commit status that is neither finished nor abandoned. */
export interface OpenStatus {
  readonly name: string;
  readonly state: 'pending' | 'running';
  /** Null where GitLab does not say. */
  readonly pipelineId: number | null;
}

export interface Statuses {
  /** `unchanged` = it already had that state (GitLab's "Cannot transition status"). */
  setStatus(status: CommitStatus): Promise<'set' | 'unchanged'>;
  /** The newest status of each name on a commit, jobs included, as far as it is pending or running. */
  fetchOpenStatuses(projectId: number, sha: string): Promise<readonly OpenStatus[]>;
}

/** A label that was added to a merge request or removed from it. */
export interface LabelEvent {
  readonly label: string;
  readonly action: 'add' | 'remove';
  readonly username: string;
}

export interface MergeRequests {
  fetchMergeRequest(address: MergeRequestAddress): Promise<MergeRequest>;
  /** Open merge requests that contain the commit, any target project that the token sees. */
  fetchOpenMergeRequestsOfCommit(projectId: number, sha: string): Promise<readonly MergeRequest[]>;
  /** In the order they happened. */
  fetchLabelEvents(address: MergeRequestAddress): Promise<readonly LabelEvent[]>;
  /**
   * Adds and removes labels in one request and does not touch others. Returns the labels after that, which can be fewer
   * than asked for; null where GitLab does not say.
   */
  changeLabels(
    address: MergeRequestAddress,
    changes: { readonly add: readonly string[]; readonly remove: readonly string[] },
  ): Promise<readonly string[] | null>;
}

export interface ArchivedJob extends Pick<Job, 'id' | 'name' | 'status' | 'coverage'> {
  /** False when it never had an archive, or GitLab has removed it. */
  readonly hasArchive: boolean;
  /** ISO 8601; null = kept. GitLab keeps artifacts of the latest pipelines of a ref even longer. */
  readonly archiveExpiresAt: string | null;
}

export interface JobsOfPipeline {
  /** Null when it has no jobs. */
  readonly pipeline: Pipeline | null;
  readonly jobs: readonly Job[];
  /** Why the trigger jobs could not be had, as it would be thrown; missing where they are among the jobs. */
  readonly triggersError?: Error;
}

export interface Pipelines {
  /**
   * All jobs of a pipeline, retried attempts included, with the last attempts of its trigger jobs, and the pipeline
   * itself when there is at least one job. Two requests at the same time; trigger jobs may fail to come. With
   * `mayHaveTriggers`, which gets the ids of the other jobs' last attempts, they are asked for only where it says so.
   */
  fetchJobs(
    projectId: number,
    pipelineId: number,
    mayHaveTriggers?: (jobIds: readonly number[]) => Promise<boolean>,
  ): Promise<JobsOfPipeline>;
  /**
   * The first hundred jobs of a pipeline that failed in their last attempt, and its trigger jobs of which that is so or
   * that hide it. Two requests.
   */
  fetchFailedJobs(projectId: number, pipelineId: number): Promise<readonly Job[]>;
  /** Of a branch or tag, or of a commit, without child pipelines; newest first. */
  fetchPipelines(
    projectId: number,
    filter: ({ readonly ref: string } | { readonly sha: string }) & { readonly perPage: number },
  ): Promise<readonly Pipeline[]>;
  /**
   * The newest hundred jobs of a pipeline, whatever attempt, with what is known of their archives; newest first. One
   * request, where `fetchJobs` walks all pages.
   */
  fetchNewestJobs(projectId: number, pipelineId: number): Promise<readonly ArchivedJob[]>;
  /** GitLab's own reading of the pipeline's JUnit reports; null when there are none. */
  fetchTestReport(projectId: number, pipelineId: number): Promise<PipelineTestReport | null>;
}

/** One attempt of a job in a pipeline of a commit. */
export interface CommitJob {
  readonly id: number;
  /** Null where GitLab does not say. */
  readonly pipelineId: number | null;
  readonly status: CiStatus;
}

/** What one commit, branch or tag has that another one has not. */
export interface CommitRange {
  /** Newest last, as GitLab compares them. */
  readonly commits: readonly CommitFacts[];
  readonly diff: DiffList;
}

export interface Commits {
  /**
   * What `to` has since its merge base with `from`, in one request; null where GitLab does not have one of them, as
   * after rewritten history.
   */
  fetchRange(
    projectId: number,
    range: { readonly from: string; readonly to: string },
  ): Promise<CommitRange | null>;
  /** A commit and its ancestors, the commit itself first, at most 100 in one request. */
  fetchAncestors(projectId: number, sha: string): Promise<readonly Commit[]>;
  /** All attempts of a job, over every pipeline of the commit on that ref; newest first. */
  fetchJobsOfCommit(
    projectId: number,
    wanted: { readonly sha: string; readonly ref: string; readonly jobName: string },
  ): Promise<readonly CommitJob[]>;
}

/** One file of a merge request's diff. */
export interface DiffPart {
  readonly oldPath: string;
  readonly newPath: string;
  readonly change: 'added' | 'deleted' | 'renamed' | 'modified';
  /** The hunks in git's unified format; empty when there are none, or when GitLab omitted them. */
  readonly patch: string;
  /** False when GitLab omitted the hunks because of a limit. */
  readonly complete: boolean;
}

export interface DiffList {
  readonly parts: readonly DiffPart[];
  /** False when there may be more files than GitLab lists. */
  readonly complete: boolean;
}

export interface Diffs {
  /**
   * The patch of a merge request in git's format; null where this GitLab cannot give it. Refuses more than `maxBytes`.
   */
  fetchRawDiff(mergeRequest: MergeRequestAddress, maxBytes: number): Promise<Uint8Array | null>;
  /** The same file by file: a request for 30 files. */
  fetchDiffList(mergeRequest: MergeRequestAddress): Promise<DiffList>;
}

export interface Artifacts {
  /** One file of a job's artifacts archive, null when there is none. Refuses files over `maxBytes`. */
  fetchArtifactFile(
    job: { readonly projectId: number; readonly jobId: number },
    path: string,
    maxBytes: number,
  ): Promise<Uint8Array | null>;
  /** The same of the newest successful pipeline of a ref, by job name. */
  fetchArtifactFileOfRef(
    job: { readonly projectId: number; readonly ref: string; readonly jobName: string },
    path: string,
    maxBytes: number,
  ): Promise<Uint8Array | null>;
}

/** Takes the bytes of a log in order. */
export interface TraceSink {
  /** The log begins; earlier data belongs to an interrupted answer. */
  begin(): void;
  /** `enough` stops reading. */
  write(piece: Uint8Array): 'more' | 'enough';
}

export interface Traces {
  /**
   * The log of a job from its start, in pieces, however long it is; one that was erased has no bytes. Job tokens are
   * refused.
   */
  readTrace(job: { readonly projectId: number; readonly jobId: number }, sink: TraceSink): Promise<void>;
}

/** The own issue of a label and a key; `unknown` where the answer does not have all that says so. */
export type FoundIssue =
  | { readonly kind: 'none' | 'unknown' }
  | { readonly kind: 'found'; readonly issue: OwnIssue; readonly comments: readonly Note[] };

export interface NotesAndIssue {
  /** The token's own. */
  readonly user: User;
  /** As `fetchNotePage` gives the first page, but for the parts of seconds in its times. */
  readonly notes: readonly Note[];
  /** Whether the merge request has further comments. */
  readonly more: boolean;
  readonly issue: FoundIssue;
}

/** Several questions in one request, which the caller can ask in another way. */
export interface Shortcuts {
  /**
   * The first hundred comments on a merge request, and what `findOwnIssue` finds, with its comments. Null where GitLab
   * does not give all that it was asked for: then the questions must be asked one by one. Throws nothing that GitLab
   * answers.
   */
  fetchNotesAndIssue(
    mergeRequest: { readonly project: number | string; readonly projectPath: string; readonly iid: number },
    wanted: { readonly label: string; readonly key: string },
  ): Promise<NotesAndIssue | null>;
}

export interface GitLab
  extends Users,
    Notes,
    Statuses,
    MergeRequests,
    Pipelines,
    Artifacts,
    Wikis,
    JobReports,
    Traces,
    Commits,
    Blame,
    Diffs,
    HeadPipelines,
    Repository,
    CiControl,
    Deployments,
    Activity,
    History,
    Search,
    Shortcuts,
    Identity,
    Conversations,
    Evidence,
    WorkItems,
    People,
    OwnerGroups,
    Setup,
    Releases,
    Reviews {
  /** Which token is used: a bot's, or the job's (which can only read). */
  readonly tokenKind: 'bot' | 'job';
  /** Requests made so far, retries included. */
  requestCount(): number;
  /** Requests that GitLab still allows in its present minute, as its last answer says; null where it does not say. */
  requestsRemaining(): number | null;
}
