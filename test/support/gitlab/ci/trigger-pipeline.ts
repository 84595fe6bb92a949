import { type EmbeddedAnswer } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import { refusals } from '../refusals.ts';
import { accessLevelOf, developer } from '../roles.ts';
import type { EmbeddedTrigger } from '../state/ci.ts';
import type { EmbeddedPipeline, EmbeddedState } from '../state/state.ts';

const address = /^\/projects\/([^/]+)\/ref\/([^/]+)\/trigger\/pipeline$/;

export interface TriggerRequest {
  readonly token: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** `X-Gitlab-Event`, by which alone GitLab knows pipeline events; empty where it is not sent. */
  readonly event: string;
}

/** The header that GitLab sends with a kind of payload, as far as it matters. */
export function eventHeaderOf(payload: TriggerRequest['payload']): string {
  return payload['object_kind'] === 'pipeline' ? 'Pipeline Hook' : 'Another Hook';
}

/**
 * The answer of the trigger endpoint to a webhook's delivery: a new pipeline, or GitLab's refusal.
 * Source: https://docs.gitlab.com/ci/triggers/#use-a-webhook
 */
export function triggerPipeline(
  path: string,
  { token, payload, event }: TriggerRequest,
  state: EmbeddedState,
): EmbeddedAnswer {
  const [, part = '', ref = ''] = address.exec(path) ?? [];
  const project = state.projects.find(({ id }) => String(id) === part);
  if (project === undefined) return refused(refusals.noProject);
  if (event === 'Pipeline Hook') return refused(refusals.triggerByPipelineEvent);
  const trigger = state.ci.triggers.find((one) => one.project_id === project.id && one.token === token);
  if (trigger === undefined) return refused(refusals.wrongTriggerToken);
  if (trigger.owner_id === null || accessLevelOf(trigger.owner_id, project.id, state) < developer)
    return refused(refusals.triggerOwnerTooLow);
  // The payload itself is exempt: https://gitlab.com/gitlab-org/gitlab/-/merge_requests/204230
  const takesNone = project.ci_pipeline_variables_minimum_override_role === 'no_one_allowed';
  if (takesNone && payload['variables'] !== undefined) return refused(refusals.triggerWithVariables);
  if (decodeURIComponent(ref) !== project.default_branch) return refused(refusals.noReference);
  const started = pipelineOf(trigger, { ref: decodeURIComponent(ref), payload }, state);
  state.pipelines.push(started);
  return { status: 201, body: { id: started.id } };
}

function pipelineOf(
  trigger: EmbeddedTrigger,
  { ref, payload }: { readonly ref: string; readonly payload: Readonly<Record<string, unknown>> },
  state: EmbeddedState,
): EmbeddedPipeline {
  state.nextId += 1;
  return {
    id: state.nextId,
    project_id: trigger.project_id,
    ref,
    sha: '5d41402abc4b2a76b9719d911017c592ae1f0d3c',
    status: 'created',
    source: 'trigger',
    created_at: new Date().toISOString(),
    jobs: [],
    statuses: [],
    test_report: null,
    trigger: {
      username: state.users.find(({ id }) => id === trigger.owner_id)?.username ?? '',
      // https://docs.gitlab.com/ci/triggers/#use-a-webhook-payload
      payload: JSON.stringify({ ...payload, id: String(trigger.project_id), ref, variables: {} }),
    },
  };
}
