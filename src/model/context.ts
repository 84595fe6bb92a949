/** The context of a run: server, project, pipeline, commit, merge request. Made once by `context/`, never changed. */

/** A merge request is addressed by its project (id, or full path where only that is known) and its iid. */
export interface MergeRequestAddress {
  readonly project: number | string;
  readonly iid: number;
}

/** A commit by its project and its full SHA. */
export interface CommitAddress {
  /** Id, or full path where only that is known. */
  readonly project: number | string;
  readonly sha: string;
}

/** What a sticky note can be on. */
export type NotePlace = MergeRequestAddress | CommitAddress;

/** What distinguishes the places of one project: the iid of a merge request, the SHA of a commit. */
export function nameOfPlace(place: NotePlace): number | string {
  return 'sha' in place ? place.sha : place.iid;
}

/** Its address alone, without what else may be known of it. */
export function addressOfPlace(place: NotePlace): NotePlace {
  const { project } = place;
  return 'sha' in place ? { project, sha: place.sha } : { project, iid: place.iid };
}

export interface MergeRequest extends MergeRequestAddress {
  readonly projectPath: string;
  readonly url: string;
  readonly title: string;
  /** Missing where it is not known without a request of its own. */
  readonly description?: string;
  /** True where only its beginning is known. */
  readonly descriptionIsCut?: boolean;
  readonly sourceProjectId: number;
  readonly sourceBranch: string;
  readonly targetBranch: string;
  /** Head of the source branch; null when the variables do not say. */
  readonly headSha: string | null;
  /** Base of the diff; null when the variables do not say. */
  readonly diffBaseSha: string | null;
  /** Head of the target branch as merged in a merged-results pipeline, else null. */
  readonly targetSha: string | null;
  readonly labels: readonly string[];
  /** True when source and target project differ. */
  readonly fork: boolean;
}

/**
 * `detached`, `merged_result` and `merge_train` are GitLab's MR pipeline types; `branch`, `tag` and `schedule` run
 * outside a merge request; `child` is a downstream pipeline of the same project.
 */
export type PipelineType =
  | 'detached'
  | 'merged_result'
  | 'merge_train'
  | 'branch'
  | 'tag'
  | 'schedule'
  | 'child';

export interface Context {
  readonly server: {
    /** `https://gitlab.example.com/gitlab`, no trailing slash. */
    readonly url: string;
    /** `https://gitlab.example.com/gitlab/api/v4`, no trailing slash. */
    readonly apiUrl: string;
  };
  readonly project: {
    readonly id: number;
    readonly path: string;
    readonly url: string;
    readonly defaultBranch: string;
    /** Absolute path of the checkout. */
    readonly directory: string;
  };
  readonly pipeline: {
    readonly id: number;
    readonly url: string;
    readonly type: PipelineType;
    /** GitLab's `CI_PIPELINE_SOURCE`. */
    readonly source: string;
    readonly createdAt: string | null;
    /** Of the same project, the one that started it, as GitLab's variables say; missing where they do not. */
    readonly upstreamId?: number;
  };
  /**
   * Id 0 = no job of this pipeline: the report is made outside of it, from what GitLab itself knows, and has no page.
   */
  readonly job: { readonly id: number; readonly name: string; readonly url: string };
  /** Name of the resource group that the component gives this job; null when it says none. */
  readonly lock: string | null;
  readonly commit: {
    /** The pipeline's own commit: in merged-results pipelines the internal merge commit. */
    readonly sha: string;
    readonly branch: string | null;
    readonly tag: string | null;
  };
  /** From the variables; null when they name none (then `openMergeRequests` and the API are asked). */
  readonly mergeRequest: MergeRequest | null;
  /** Addresses from `CI_OPEN_MERGE_REQUESTS`, in its order. */
  readonly openMergeRequests: readonly MergeRequestAddress[];
  /** True when this pipeline runs in a fork of the merge request's target project. */
  readonly runsInFork: boolean;
}
