/**
 * An action of a rule or a command, as data. The planner compares it with the facts first and plans nothing that is
 * already done; the performer checks again where doing it twice would be visible.
 */
import type { CiInputs } from './ci-inputs.ts';
import type { DeploymentTrail } from './deployment-trail.ts';
import type { Document } from './document.ts';
import type { Noteable } from './noteable.ts';
import type { ReleaseToTrack } from './tracked-release.ts';
import type { CommitStatus } from './write.ts';

export type BotAction =
  /** One note by its key, made once and then updated in place. */
  | { readonly do: 'comment'; readonly on: Noteable; readonly key: string; readonly document: Document }
  | { readonly do: 'removeComment'; readonly on: Noteable; readonly key: string }
  | {
      readonly do: 'label';
      readonly on: Noteable;
      readonly add: readonly string[];
      readonly remove: readonly string[];
    }
  /** All assignees, by user id, as they shall be. */
  | { readonly do: 'setAssignees'; readonly on: Noteable; readonly userIds: readonly number[] }
  | { readonly do: 'setReviewers'; readonly on: Noteable; readonly userIds: readonly number[] }
  /** Null takes it off. */
  | { readonly do: 'setMilestone'; readonly on: Noteable; readonly milestoneId: number | null }
  | { readonly do: 'setState'; readonly on: Noteable; readonly state: 'opened' | 'closed' }
  /** A title with GitLab's mark of drafts, or without it. */
  | { readonly do: 'setTitle'; readonly on: Noteable; readonly title: string }
  /** One open issue by its key; `repeat` is commented when it is there already, and a closed one is opened again. */
  | {
      readonly do: 'openIssue';
      readonly project: number;
      readonly key: string;
      readonly title: string;
      readonly document: Document;
      readonly labels: readonly string[];
      readonly assigneeIds: readonly number[];
      readonly confidential: boolean;
      readonly repeat: Document | null;
    }
  /** Closes the issue of that key, with a last comment; nothing when none is open. */
  | {
      readonly do: 'closeIssue';
      readonly project: number;
      readonly key: string;
      readonly document: Document | null;
    }
  /** Makes the issue of that key what it shall be: its text, what the bot has to know of it, and whether it is open. */
  | {
      readonly do: 'keepIssue';
      readonly project: number;
      readonly key: string;
      /** The issue that is there; null opens one, unless another run did. */
      readonly iid: number | null;
      /** Only of a new one: people may change it. */
      readonly title: string;
      readonly document: Document;
      /** Hidden in the text, with a proof. */
      readonly record: string;
      readonly state: 'opened' | 'closed';
      /** One comment by its key, written before anything else changes. */
      readonly comment: { readonly key: string; readonly document: Document } | null;
      readonly labels: readonly string[];
      readonly assigneeIds: readonly number[];
      readonly confidential: boolean;
    }
  /** Closes an issue that a merged merge request names, once, with one comment. */
  | {
      readonly do: 'closeReferenced';
      /** The merge request. */
      readonly on: Noteable;
      /** Of the issue: the own project by its id, another one by its full path. */
      readonly project: number | string;
      readonly iid: number;
      /** Whose right to close it counts; null where GitLab does not say. */
      readonly mergedById: number | null;
      readonly document: Document;
    }
  /** The one comment on a merged merge request that says where it got to; adds what it does not say yet. */
  | {
      readonly do: 'trackDeployments';
      readonly on: Noteable;
      readonly key: string;
      /** Address of the merge request. */
      readonly url: string;
      /** Address of its project, without a trailing slash. */
      readonly projectUrl: string;
      readonly trail: DeploymentTrail;
    }
  /** One comment on the project's issue of flaky tests, which is opened when there is none. */
  | {
      readonly do: 'markFlaky';
      readonly project: number;
      /** `flakyKey` of the test. */
      readonly key: string;
      /** As `testLabel` gives it. */
      readonly test: string;
      /** Name of the user who asked for it. */
      readonly by: string;
      /** Of commands, for the text of the issue: `/herald`. */
      readonly prefix: string;
    }
  /** A merge request that adds a test to the quarantine of a branch, or gives its entry a later day. */
  | {
      readonly do: 'quarantineTest';
      readonly project: number;
      /** The target, whose file is changed. */
      readonly branch: string;
      /** As `testLabel` gives it. */
      readonly test: string;
      /** `YYYY-MM-DD` */
      readonly expires: string;
      /** The text of the file as it was planned with, null where there was none, and as it shall be. */
      readonly before: string | null;
      readonly after: string;
      readonly title: string;
      readonly document: Document;
    }
  /** Between Herald's marks in the description of a release; the words of people around them stay. */
  | {
      readonly do: 'writeReleaseNotes';
      readonly project: number;
      readonly tag: string;
      /** Of the release. */
      readonly url: string;
      readonly document: Document;
      /** Makes the release where the tag has none; never the tag. */
      readonly create: boolean;
    }
  /** One comment on everything that a release brought, once; with labels and a milestone where they are missing. */
  | {
      readonly do: 'markShipped';
      readonly project: number;
      readonly tag: string;
      readonly document: Document;
      readonly items: readonly ShippedItem[];
    }
  | { readonly do: 'linkIssues'; readonly from: Noteable; readonly to: Noteable }
  | {
      readonly do: 'retryJobs';
      readonly project: number;
      readonly pipelineId: number;
      /** Latest attempts, which must still be the latest. */
      readonly jobs: readonly { readonly id: number; readonly name: string }[];
      /** For all of them; missing = those of the last attempt. */
      readonly inputs?: CiInputs;
    }
  | { readonly do: 'cancelPipeline'; readonly project: number; readonly pipelineId: number }
  | {
      readonly do: 'playJob';
      readonly project: number;
      readonly jobId: number;
      readonly name: string;
      /** Missing = the defaults. */
      readonly inputs?: CiInputs;
    }
  /**
   * A new pipeline of the merge request, only while its head is still `sha`, and unless the bot started one of it since
   * then.
   */
  | {
      readonly do: 'runMergeRequestPipeline';
      readonly on: Noteable;
      readonly sha: string;
      /** ISO 8601 */
      readonly since: string;
      /** Missing = the defaults. */
      readonly inputs?: CiInputs;
    }
  | {
      readonly do: 'runPipeline';
      readonly project: number;
      readonly ref: string;
      readonly variables: Readonly<Record<string, string>>;
    }
  | { readonly do: 'setStatus'; readonly status: CommitStatus }
  /** `noteId` null = on the object itself. */
  | { readonly do: 'react'; readonly on: Noteable; readonly noteId: number | null; readonly emoji: string }
  | { readonly do: 'unreact'; readonly on: Noteable; readonly noteId: number | null; readonly emoji: string }
  /** One resolvable thread by its key that blocks the merge where all threads must be resolved. */
  | { readonly do: 'openThread'; readonly on: Noteable; readonly key: string; readonly document: Document }
  | { readonly do: 'resolveThread'; readonly on: Noteable; readonly key: string }
  /** Only while the head is still `sha`. */
  | { readonly do: 'approve'; readonly on: Noteable; readonly sha: string }
  | {
      readonly do: 'backport';
      readonly on: Noteable;
      readonly branch: string;
      /** Merge or squash commit, or all commits of the merge request. */
      readonly shas: readonly string[];
      readonly title: string;
    }
  /** Reports it to the error tracker that the bot is set up for, once. */
  | { readonly do: 'trackRelease'; readonly project: number; readonly release: ReleaseToTrack }
  /** Renders and publishes Herald's report of the merge request's head pipeline. */
  | { readonly do: 'report'; readonly on: Noteable };

/** A merge request or an issue of a release, and what it lacks. */
export interface ShippedItem {
  readonly on: Noteable;
  readonly addLabels: readonly string[];
  /** Null where it has one, or none is wanted. */
  readonly milestoneId: number | null;
}

/** Why something is done: `why` shows it, and the markers of notes keep it. */
export interface Cause {
  /** `rule welcome` or `command retry`. */
  readonly by: string;
  /** `merge_request.opened`, `note`, `schedule`. */
  readonly event: string;
  /** Commit of the configuration that asked for it; null for the defaults. */
  readonly config: string | null;
  /** `developer of the project`, `the author`; null for rules, which act with the bot's own rights. */
  readonly permission: string | null;
}

export interface BotWrite {
  readonly action: BotAction;
  readonly cause: Cause;
}
