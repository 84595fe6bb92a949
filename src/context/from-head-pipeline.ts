import type { Context, MergeRequest, PipelineType } from '../model/context.ts';
import type { Job, Pipeline } from '../model/pipeline.ts';

/** The API's facts about a merge request's pipeline. */
export interface KnownHead {
  readonly server: Context['server'];
  readonly mergeRequest: MergeRequest;
  readonly pipeline: Pipeline;
  /** The job whose report is published; null for a pipeline without one. */
  readonly job: Pick<Job, 'id' | 'name' | 'url'> | null;
}

/** No branch has this name: the report is always compared with the target branch. */
const noBranch = '';
const noJob = 'herald';
const refTypes = { head: 'detached', merge: 'merged_result', train: 'merge_train' } as const;

/** The merge request and the kind of a ref like `refs/merge-requests/17/head`; null for any other ref. */
export function mergeRequestRef(ref: string): { readonly iid: number; readonly type: PipelineType } | null {
  const [, iid = '', kind] = /^refs\/merge-requests\/(\d{1,15})\/(head|merge|train)$/.exec(ref) ?? [];
  if (kind !== 'head' && kind !== 'merge' && kind !== 'train') return null;
  return { iid: Number(iid), type: refTypes[kind] };
}

function typeOf({ ref, source }: Pipeline): PipelineType {
  const known = mergeRequestRef(ref);
  if (known !== null) return known.type;
  return source === 'schedule' ? 'schedule' : source === 'parent_pipeline' ? 'child' : 'branch';
}

/** The project of a page like `https://gitlab.example.com/shop/till/-/pipelines/1`. */
function projectOf({ url, projectId }: Pipeline, server: Context['server']): Context['project'] {
  const address = url.replace(/\/-\/pipelines\/\d+$/, '');
  const isBelow = address.startsWith(`${server.url}/`);
  const path = isBelow ? address.slice(server.url.length + 1) : pathOf(address);
  return { id: projectId, path, url: address, defaultBranch: noBranch, directory: '' };
}

function pathOf(address: string): string {
  return URL.canParse(address) ? new URL(address).pathname.slice(1) : '';
}

/**
 * Makes the context of a report that is published from outside its pipeline. Uses only answers of the API: nothing
 * comes from the pipeline itself.
 */
export function contextOfHead({ server, mergeRequest, pipeline, job }: KnownHead): Context {
  const type = typeOf(pipeline);
  return {
    server,
    project: projectOf(pipeline, server),
    pipeline: {
      id: pipeline.id,
      url: pipeline.url,
      type,
      source: pipeline.source ?? '',
      createdAt: pipeline.createdAt,
    },
    job: job ?? { id: 0, name: noJob, url: pipeline.url },
    lock: null,
    commit: {
      sha: pipeline.sha,
      branch: mergeRequestRef(pipeline.ref) === null ? pipeline.ref : null,
      tag: null,
    },
    mergeRequest,
    openMergeRequests: [],
    runsInFork: mergeRequest.fork && pipeline.projectId === mergeRequest.sourceProjectId,
  };
}
