import type { DemoPipeline, DemoState, EmbeddedJob, EmbeddedStatus } from './state.ts';

/** A project by its id or path. */
export function projectOf(
  part: string,
  state: Pick<DemoState, 'projects'>,
): { readonly id: number; readonly path: string } | null {
  const project = state.projects.find(
    ({ id, path_with_namespace: path }) => String(id) === part || path === part,
  );
  return project === undefined ? null : { id: project.id, path: project.path_with_namespace };
}

/** A pipeline as the API gives it. */
export function pipelineJson(pipeline: DemoPipeline, state: DemoState): object {
  const path = state.projects.find(({ id }) => id === pipeline.project_id)?.path_with_namespace ?? '';
  const { id, project_id, ref, sha, status, source, created_at, updated_at = null } = pipeline;
  return {
    id,
    iid: id,
    project_id,
    ref,
    sha,
    status,
    source,
    created_at,
    updated_at,
    web_url: `__ORIGIN__/${path}/-/pipelines/${id}`,
  };
}

/** A job as the API gives it, its pipeline inside. */
export function jobJson(job: EmbeddedJob, pipeline: DemoPipeline, state: DemoState): object {
  const { artifacts, reports, trace: _trace, ...fields } = job;
  const path = state.projects.find(({ id }) => id === pipeline.project_id)?.path_with_namespace ?? '';
  return {
    ...fields,
    artifacts: [
      ...(artifacts.size === 0 ? [] : [{ file_type: 'archive', filename: 'artifacts.zip', size: 1 }]),
      ...reports.map(({ bytes, ...report }) => ({ ...report, size: bytes?.byteLength ?? 1 })),
    ],
    artifacts_expire_at: job.artifacts_expire_at ?? null,
    pipeline: pipelineJson(pipeline, state),
    web_url: `__ORIGIN__/${path}/-/jobs/${job.id}`,
  };
}

/** The pipeline of a path `/projects/<first part>/pipelines/<second part>`. */
export function pipelineOf<Pipeline extends DemoPipeline>(
  parts: readonly string[],
  state: Pick<DemoState, 'projects'> & { readonly pipelines: readonly Pipeline[] },
): Pipeline | null {
  const project = projectOf(parts[0] ?? '', state);
  return (
    state.pipelines.find(({ id, project_id: at }) => at === project?.id && String(id) === parts[1]) ?? null
  );
}

/** Of each job the attempt that was started last. */
export function latestAttempts<Job extends Pick<EmbeddedJob, 'id' | 'name'>>(
  jobs: readonly Job[],
): readonly Job[] {
  return jobs.filter((job) => !jobs.some((other) => other.name === job.name && other.id > job.id));
}

/** A status as the API gives it. */
export function statusJson(status: EmbeddedStatus, { id, sha, ref }: DemoPipeline): object {
  return { ...status, status: status.state, sha, ref, pipeline_id: id };
}
