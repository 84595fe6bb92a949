import { latestAttempts, pipelineJson, pipelineOf } from '../../../../src/demo/find-pipelines.ts';
import { page } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import { refusals } from '../refusals.ts';
import { type Route, route } from '../route.ts';
import type { EmbeddedBridge, EmbeddedPipeline, EmbeddedState } from '../state/state.ts';

/** A trigger job as the API gives it, the pipeline that it started inside. */
export function bridgeJson(bridge: EmbeddedBridge, pipeline: EmbeddedPipeline, state: EmbeddedState): object {
  const { downstream_id: started, ...fields } = bridge;
  const path = state.projects.find(({ id }) => id === pipeline.project_id)?.path_with_namespace ?? '';
  const downstream = state.pipelines.find(({ id }) => id === started);
  return {
    ...fields,
    pipeline: pipelineJson(pipeline, state),
    downstream_pipeline: downstream === undefined ? null : pipelineJson(downstream, state),
    web_url: `__ORIGIN__/${path}/-/jobs/${bridge.id}`,
  };
}

/** The pipeline that started another one; null for one that nobody's trigger job started. */
export function upstreamOf({ id }: EmbeddedPipeline, state: EmbeddedState): EmbeddedPipeline | null {
  const isUpstream = ({ bridges = [] }: EmbeddedPipeline): boolean =>
    bridges.some(({ downstream_id: started }) => started === id);
  return state.pipelines.find(isUpstream) ?? null;
}

/**
 * `bridges` is deprecated since 19.2, where `trigger_jobs` came; before 19.2 no job token is looked at here. That the
 * old name is gone from 20.0 on is an assumption. Source: `lib/api/ci/pipelines.rb` of GitLab
 */
export const triggerJobRoutes: readonly Route[] = [
  route('GET', /^\/projects\/([^/]+)\/pipelines\/(\d+)\/(bridges|trigger_jobs)$/, (request, parts, state) => {
    const [, , name = ''] = parts;
    const [major = 0, minor = 0] = state.version.split('.').map(Number);
    const isNew = major > 19 || (major === 19 && minor >= 2);
    if (name === 'trigger_jobs' ? !isNew : major > 19) return refused(refusals.unknownPath);
    if (request.token?.kind === 'job' && !isNew) return refused(refusals.noProject);
    const pipeline = pipelineOf(parts, state);
    if (pipeline === null) return refused(refusals.noPipeline);
    const latest = [...latestAttempts(pipeline.bridges ?? [])].sort((a, b) => b.id - a.id);
    return page(
      latest.map((bridge) => bridgeJson(bridge, pipeline, state)),
      request,
    );
  }),
];
