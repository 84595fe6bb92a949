/** Hands an event to a pipeline of the bot's project, so that GitLab's runners do the work. */
import type { TriggerAnswer } from '../gitlab/trigger-pipeline.ts';
import type { HandlingOutcome } from './work-loop.ts';

/** Names that GitLab's trigger takes for itself, and what Herald's own template calls them. */
const renamed: Readonly<Record<string, string>> = { ref: 'herald_ref' };
const taken = ['id', 'ref', 'variables', 'inputs', 'token'] as const;

/**
 * What a pipeline event holds besides: a thousand jobs make it too large for a variable, and the values of variables
 * may be secrets. The bot asks GitLab for what it needs.
 */
const needless: ReadonlySet<string> = new Set(['builds', 'commit', 'source_pipeline']);

function attributesOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => name !== 'variables' && name !== 'inputs');
  return Object.fromEntries(kept);
}

function withoutNeedless(payload: object): object {
  if (!('object_kind' in payload) || payload.object_kind !== 'pipeline') return payload;
  const kept = Object.entries(payload)
    .filter(([name]) => !needless.has(name))
    .map(([name, value]: [string, unknown]): [string, unknown] =>
      name === 'object_attributes' ? [name, attributesOf(value)] : [name, value],
    );
  return Object.fromEntries(kept);
}

/**
 * The body as the trigger may get it: its own names are taken out, so that nothing in a payload can set variables or
 * inputs of the pipeline, or name another token. Source: https://docs.gitlab.com/ci/triggers/#access-webhook-payload
 */
export function bodyForTrigger(body: Uint8Array): Uint8Array {
  const payload: unknown = JSON.parse(new TextDecoder().decode(body));
  if (typeof payload !== 'object' || payload === null) return body;
  const kept = Object.entries(withoutNeedless(payload)).flatMap(([name, value]: [string, unknown]) => {
    const newName = renamed[name];
    if (newName !== undefined && !Object.hasOwn(payload, newName)) return [[newName, value] as const];
    return taken.some((one) => one === name) ? [] : [[name, value] as const];
  });
  return Buffer.from(JSON.stringify(Object.fromEntries(kept)));
}

/** What GitLab's answer means for the event. */
export function outcomeOfTrigger(answer: TriggerAnswer): HandlingOutcome {
  if (answer.status === null)
    return { outcome: 'failed', detail: `GitLab could not be reached: ${answer.detail}`, again: true };
  const { status } = answer;
  if (status >= 200 && status < 300) return { outcome: 'handled', detail: 'a pipeline was started' };
  const reasons: Readonly<Record<number, string>> = {
    400: 'GitLab started no pipeline: the branch is missing, or no job is left in it (400)',
    401: 'the trigger token is wrong (401)',
    403: 'GitLab refused the trigger (403)',
    404: 'the bot’s project or its trigger token does not exist (404)',
    413: 'the event is too large for a pipeline (413)',
    429: 'too many pipelines were started (429)',
  };
  const detail = reasons[status] ?? `GitLab answered ${status}`;
  return { outcome: 'failed', detail, again: status !== 413 };
}
