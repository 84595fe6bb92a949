import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { clockUntil } from '../../../src/io/clock.ts';
import { haltTimers } from '../../halted-timers.ts';
import { connect, rejection } from '../connect-for-test.ts';
import { serve, useRealNetwork } from '../loopback.ts';

useRealNetwork();

/** A GitLab that answers 503, or nothing at all. */
async function aTrouble(kind: 'unavailable' | 'silent') {
  const end = new AbortController();
  const asked = new EventTarget();
  let requests = 0;
  const { origin } = await serve((_request, response) => {
    requests += 1;
    asked.dispatchEvent(new Event('request'));
    if (kind === 'unavailable') response.writeHead(503).end();
  });
  const time = haltTimers();
  const { gitlab, log } = connect({
    apiUrl: `${origin}/api/v4`,
    clock: clockUntil(end.signal),
    end: end.signal,
    limits: { maxTotalMs: 600_000 },
  });
  return { end, time, gitlab, log, requested: () => once(asked, 'request'), requests: () => requests };
}

describe('when a run ends while something is still asked', () => {
  test('a wait before the next try ends, and there is no next try', async () => {
    const { end, time, gitlab, log, requests } = await aTrouble('unavailable');
    const answer = rejection(gitlab.fetchCurrentUser());
    while (!log.lines.some((line) => line.includes('retrying'))) await new Promise(setImmediate);
    expect(time.waiting()).toBe(1);
    end.abort();
    expect(await answer).toMatchObject({ exitCode: 5 });
    expect([requests(), time.waiting()]).toEqual([1, 0]);
    expect(log.lines.filter((line) => line.includes('retrying'))).toHaveLength(1);
  });

  test('an answer that does not come is not waited for', async () => {
    const { end, time, gitlab, requested, requests } = await aTrouble('silent');
    const answer = rejection(gitlab.fetchCurrentUser());
    await requested();
    expect(time.waiting()).toBeGreaterThan(0);
    end.abort();
    expect(await answer).toMatchObject({
      exitCode: 5,
      message: expect.stringContaining('this run is over') as unknown,
    });
    expect([requests(), time.waiting()]).toEqual([1, 0]);
  });

  test('nothing is sent any more', async () => {
    const { end, time, gitlab, requests } = await aTrouble('silent');
    end.abort();
    expect(await rejection(gitlab.fetchCurrentUser())).toMatchObject({ exitCode: 5 });
    expect([requests(), time.waiting()]).toEqual([0, 0]);
  });
});
