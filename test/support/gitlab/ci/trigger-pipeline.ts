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
  /** `inputs[…]` of the address. */
  readonly inputs?: Readonly<Record<string, string>>;
}

/**
 * What GitLab makes of a value in an address before it looks at its type: JSON is read. Source:
 * spec/lib/ci/pipeline_creation/inputs_spec.rb
 */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Why inputs are refused; null when they are fine. Declared ones are texts with a form. */
function refusalOfInputs(
  given: Readonly<Record<string, string>>,
  declared: Readonly<Record<string, string>> | undefined,
): EmbeddedAnswer | null {
  if (Object.keys(given).length === 0) return null;
  if (declared === undefined) return refused(refusals.noInputs);
  const isUnknown = Object.keys(given).some((name) => !Object.hasOwn(declared, name));
  if (isUnknown) return refused(refusals.unknownInput);
  const isWrong = Object.entries(given).some(([name, text]) => {
    const value = valueOf(text);
    return typeof value !== 'string' || !new RegExp(declared[name] ?? '').test(value);
  });
  return isWrong ? refused(refusals.wrongInput) : null;
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
  { token, payload, event, inputs = {} }: TriggerRequest,
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
  const wrongInputs = refusalOfInputs(inputs, project.declared_inputs);
  if (wrongInputs !== null) return wrongInputs;
  const started = pipelineOf(trigger, { ref: decodeURIComponent(ref), payload, inputs }, state);
  state.pipelines.push(started);
  return { status: 201, body: { id: started.id } };
}

function pipelineOf(
  trigger: EmbeddedTrigger,
  {
    ref,
    payload,
    inputs,
  }: {
    readonly ref: string;
    readonly payload: TriggerRequest['payload'];
    readonly inputs: Readonly<Record<string, string>>;
  },
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
      inputs,
    },
  };
}
