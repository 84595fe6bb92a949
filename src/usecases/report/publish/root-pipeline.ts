import { HeraldError } from '../../../errors.ts';
import type { Upstream } from '../../../gitlab/ports/head-pipelines.ts';
import type { Log } from '../../../io/port.ts';
import type { Context } from '../../../model/context.ts';

async function askedRoot(
  { project, pipeline }: Context,
  { gitlab, log }: { readonly gitlab: Upstream; readonly log: Log },
): Promise<number | null> {
  try {
    return await gitlab.fetchRootPipeline(project, pipeline.id);
  } catch (error) {
    if (!(error instanceof HeraldError)) throw error;
    log.info(`the pipeline that started this one: ${error.message}`);
    return null;
  }
}

/**
 * The pipeline that a run is a part of: its own, or of a child pipeline the one that it comes from in the end, since a
 * merge request knows only that one and GitLab takes statuses on no other. Null where neither GitLab nor its variables
 * name it. One request in a child pipeline, none elsewhere.
 * Source: `first_matching_pipeline` of `app/services/ci/create_commit_status_service.rb` in GitLab
 */
export async function rootPipelineOf(
  context: Context,
  world: { readonly gitlab: Upstream; readonly log: Log },
): Promise<number | null> {
  const { id, type, upstreamId = null } = context.pipeline;
  if (type !== 'child') return id;
  const root = (await askedRoot(context, world)) ?? upstreamId;
  if (root === null)
    world.log.warn(
      'GitLab takes no status on a child pipeline, and does not show which pipeline started this one: no status is set. ' +
        'Run Herald in the parent pipeline for that; from GitLab 18.9 on this job knows its parent, too.',
    );
  else
    world.log.info(`this is a child pipeline: its report belongs to pipeline ${root}, which it comes from`);
  return root;
}

/** The same context, in another pipeline. */
export function inPipeline(context: Context, id: number): Context {
  return { ...context, pipeline: { ...context.pipeline, id } };
}
