import { expect, test } from 'vitest';
import type { Intervention } from '../../../src/demo/embedded-gitlab.ts';
import { HeraldError } from '../../../src/errors.ts';
import { aSetupStage } from './stage.ts';

/** Sets a project up, rotates its token and dies with the nth write of that, then runs `herald setup` once more. */
async function rotationKilledAfter(n: number): Promise<{
  readonly writes: number;
  readonly before: { readonly token: string; readonly trigger: number };
  readonly tokens: readonly string[];
  readonly triggers: readonly { readonly id: number; readonly token: string }[];
  readonly third: number;
}> {
  let [rotating, alive, writes] = [false, true, 0];
  const beforeRequest = ({ method }: { readonly method: string }): Intervention => {
    if (!alive) return 'reset';
    if (!rotating || method === 'GET') return undefined;
    writes += 1;
    if (writes !== n) return undefined;
    alive = false;
    return 'reset-after';
  };
  const { run, state } = await aSetupStage(['shop/checkout'], { beforeRequest });
  await run();
  const before = { token: state.ci.triggers[0]?.token ?? '', trigger: state.ci.triggers[0]?.id ?? 0 };
  rotating = true;
  await run({ rotate: true }).catch((error: unknown) => {
    expect(error).toBeInstanceOf(HeraldError);
  });
  [rotating, alive] = [false, true];
  await run();
  const third = await run();
  return {
    writes,
    before,
    tokens: state.ci.hooks.flatMap(({ urlVariables }) => [...urlVariables.values()]),
    triggers: state.ci.triggers.map(({ id, token }) => ({ id, token })),
    third: third.reduce((sum, { changes }) => sum + changes.length, 0),
  };
}

test('row 90: a rotation that is killed is finished by a plain run, whichever write was its last', async () => {
  const { writes } = await rotationKilledAfter(Number.POSITIVE_INFINITY);
  expect(writes).toBe(4);
  for (let n = 1; n <= writes; n += 1) {
    const { before, tokens, triggers, third } = await rotationKilledAfter(n);
    expect(triggers, `write ${n}: one token is left`).toHaveLength(1);
    expect(tokens, `write ${n}: one webhook is left, with that token`).toEqual([triggers[0]?.token]);
    expect(tokens, `write ${n}: the old token is gone`).not.toContain(before.token);
    expect(triggers[0]?.id, `write ${n}: the newest is kept`).toBeGreaterThan(before.trigger);
    expect(third, `write ${n}: nothing is left to do`).toBe(0);
  }
}, 60_000);
