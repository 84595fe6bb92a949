import { expect, test } from 'vitest';
import { processKilledAfter } from '../../killed-process.ts';
import { aSetupStage } from './stage.ts';

/** Sets a project up, rotates its token and dies with the nth write of that, then runs `herald setup` once more. */
async function rotationKilledAfter(n: number): Promise<{
  readonly writes: number;
  readonly before: { readonly token: string; readonly trigger: number };
  readonly tokens: readonly string[];
  readonly triggers: readonly { readonly id: number; readonly token: string }[];
  readonly third: number;
}> {
  const killed = processKilledAfter(n);
  const { run, state } = await aSetupStage(['shop/checkout'], { beforeRequest: killed.beforeRequest });
  await run();
  const before = { token: state.ci.triggers[0]?.token ?? '', trigger: state.ci.triggers[0]?.id ?? 0 };
  await killed.run(() => run({ rotate: true }));
  await run();
  const third = await run();
  return {
    writes: killed.writes(),
    before,
    tokens: state.ci.hooks.flatMap(({ urlVariables }) => [...urlVariables.values()]),
    triggers: state.ci.triggers.map(({ id, token }) => ({ id, token })),
    third: third.reduce((sum, { changes }) => sum + changes.length, 0),
  };
}

test('a plain run finishes a rotation of tokens that was killed, whichever write was its last', async () => {
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
});
