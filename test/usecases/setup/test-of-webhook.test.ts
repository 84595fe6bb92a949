import { describe, expect, test } from 'vitest';
import type { EmbeddedRequest } from '../../../src/demo/http.ts';
import type { Intervention } from '../../../src/demo/server.ts';
import type { SetupOutcome } from '../../../src/usecases/setup/wishes.ts';
import { bot, maintainer, otherMaintainer } from '../../setup/bot-project-state.ts';
import type { EmbeddedState } from '../../support/gitlab/state/state.ts';
import { aSetupStage } from './stage.ts';

interface Other {
  readonly username?: string;
  readonly payload?: object;
}

/** A pipeline of the bot that something else starts. */
function startOther(state: EmbeddedState, { username = maintainer.username, payload = {} }: Other): number {
  state.nextId += 1;
  state.pipelines.push({
    id: state.nextId,
    project_id: bot.id,
    ref: 'main',
    sha: 'a1'.repeat(20),
    status: 'created',
    source: 'trigger',
    created_at: new Date().toISOString(),
    jobs: [],
    statuses: [],
    test_report: null,
    trigger: { username, payload: JSON.stringify(payload) },
  });
  return state.nextId;
}

interface Happening {
  /** What else starts a pipeline at the moment of the test, before it and after it. */
  readonly before?: Other;
  readonly after?: Other;
  /** The test is delivered, but no pipeline comes of it. */
  readonly lost?: boolean;
  readonly hidesPayloads?: boolean;
}

/** Runs `herald setup --test` while that happens; gives the outcome and the pipeline that the test really started. */
async function testWhile({ before, after, lost, hidesPayloads }: Happening): Promise<{
  readonly outcome: SetupOutcome | undefined;
  readonly others: readonly number[];
  readonly triggered: readonly number[];
}> {
  const others: number[] = [];
  let isDue = false;
  const beforeRequest = ({ method, path }: EmbeddedRequest): Intervention => {
    if (hidesPayloads === true && path.endsWith('/variables'))
      return { status: 403, body: { message: '403' } };
    if (isDue && method === 'GET' && path.endsWith('/pipelines')) {
      isDue = false;
      if (after !== undefined) others.push(startOther(state, after));
    }
    if (method !== 'POST' || !path.includes('/test/')) return undefined;
    isDue = true;
    if (before !== undefined) others.push(startOther(state, before));
    return lost === true ? { status: 201, body: { message: '201 Created' } } : undefined;
  };
  const { run, state } = await aSetupStage(['shop/checkout'], { beforeRequest });
  await run();
  startOther(state, { payload: { object_kind: 'push', project_id: 100 } });
  const outcomes = await run({ test: true });
  const triggered = state.pipelines.map(({ id }) => id).filter((id) => !others.includes(id));
  return { outcome: outcomes.find(({ of }) => of === 'watched'), others, triggered };
}

function idOf(outcome: SetupOutcome | undefined): number {
  return Number(/\d+$/.exec(outcome?.testedBy?.url ?? '')?.[0]);
}

const comment = { object_kind: 'note', project_id: 100, object_attributes: { id: 1, note: 'hi' } };
const pushElsewhere = { object_kind: 'push', project_id: 101, project: { id: 101 } };

describe('herald setup --test finds the pipeline that its own test event started', () => {
  test.each<[string, Happening]>([
    ['with nothing else going on', {}],
    ['when a comment of the project came first', { before: { payload: comment } }],
    ['when a comment of the project came later', { after: { payload: comment } }],
    ['when another project was pushed to', { before: { payload: pushElsewhere } }],
    ['when the token of somebody else started one', { before: { username: otherMaintainer.username } }],
  ])('%s', async (_name, happening) => {
    const { outcome, triggered } = await testWhile(happening);
    expect(outcome?.testedBy?.isCertain).toBe(true);
    expect(idOf(outcome)).toBe(triggered.at(-1));
  });

  test.each<[string, Happening]>([
    ['the pipeline of another event', { lost: true, after: { payload: comment } }],
    [
      'one of another user',
      { lost: true, hidesPayloads: true, after: { username: otherMaintainer.username } },
    ],
    ['one from before the test', { lost: true }],
  ])('and never with %s', async (_name, happening) => {
    const { outcome } = await testWhile(happening);
    expect(outcome?.testedBy).toBeNull();
    expect(outcome?.refusal?.message).toBe('the test did not start a pipeline of shop/herald-bot');
  });

  test('and where GitLab shows no payload, that it may be another one is known', async () => {
    const { outcome, others } = await testWhile({ hidesPayloads: true, before: { payload: comment } });
    expect(outcome?.testedBy?.isCertain).toBe(false);
    expect(others).toContain(idOf(outcome));
  });
});
