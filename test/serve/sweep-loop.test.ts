import { expect, test } from 'vitest';
import { startSweeping } from '../../src/serve/sweep-loop.ts';
import type { HandlingOutcome } from '../../src/serve/work-loop.ts';
import { aClock } from './a-clock.ts';

const minute = 60_000;
const done: HandlingOutcome = { outcome: 'handled', detail: '' };

async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

/** Sweeps are ended by hand. */
function begin() {
  const clock = aClock();
  const sweeps: {
    readonly at: number;
    readonly signal: AbortSignal;
    readonly end: (result: HandlingOutcome) => void;
  }[] = [];
  const warnings: string[] = [];
  const stop = startSweeping({
    everyMs: 15 * minute,
    callAfter: (milliseconds, callback) => clock.callAfter(milliseconds, callback),
    sweep: (signal) =>
      new Promise((resolve) => {
        sweeps.push({ at: clock.now(), signal, end: resolve });
      }),
    warn: (text) => void warnings.push(text),
  });
  return { clock, sweeps, warnings, stop };
}

test('the first sweep comes after an interval, and each next one after the end of the one before', async () => {
  const { clock, sweeps } = begin();
  clock.moveTo(15 * minute - 1);
  expect(sweeps).toHaveLength(0);
  clock.moveTo(15 * minute);
  clock.moveTo(40 * minute);
  await settled();
  expect(sweeps.map(({ at }) => at)).toEqual([15 * minute]);
  sweeps[0]?.end(done);
  await settled();
  clock.moveTo(55 * minute);
  expect(sweeps.map(({ at }) => at)).toEqual([15 * minute, 55 * minute]);
});

test('one that fails is in the log, and the next comes all the same', async () => {
  const { clock, sweeps, warnings } = begin();
  clock.moveTo(15 * minute);
  sweeps[0]?.end({ outcome: 'failed', detail: 'GitLab could not be reached', again: true });
  await settled();
  expect(warnings).toEqual(['the sweep failed: GitLab could not be reached']);
  clock.moveTo(30 * minute);
  expect(sweeps).toHaveLength(2);
});

test('one that hangs is ended after an hour', () => {
  const { clock, sweeps } = begin();
  clock.moveTo(15 * minute);
  clock.moveTo(75 * minute - 1);
  expect(sweeps[0]?.signal.aborted).toBe(false);
  clock.moveTo(75 * minute);
  expect(sweeps[0]?.signal.aborted).toBe(true);
});

test('the end of the receiver ends the sweep that runs, and no other begins', async () => {
  const { clock, sweeps, warnings, stop } = begin();
  clock.moveTo(15 * minute);
  let isOver = false;
  const over = stop().then(() => {
    isOver = true;
  });
  await settled();
  expect([sweeps[0]?.signal.aborted, isOver]).toEqual([true, false]);
  sweeps[0]?.end({ outcome: 'failed', detail: 'its process was ended by SIGTERM', again: true });
  await over;
  clock.moveTo(60 * minute);
  expect([sweeps.length, warnings]).toEqual([1, []]);
});
