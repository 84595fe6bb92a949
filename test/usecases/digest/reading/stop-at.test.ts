import { expect, test } from 'vitest';
import type { HistoryJob } from '../../../../src/model/project-history.ts';
import { stopAt } from '../../../../src/usecases/digest/reading/read-jobs.ts';
import { aJob } from '../../../digest/histories.ts';

/** Kept jobs with these states, of the ids 1, 2, 3 and so on. */
function kept(...states: readonly string[]): readonly HistoryJob[] {
  return states.map((status, index) => aJob(1, [null, null], { id: index + 1, status }));
}

test.each<[string, readonly HistoryJob[], number]>([
  ['nothing is kept: the chain goes to its end', [], 0],
  ['all have ended: it stops at the newest', kept('success', 'failed', 'canceled', 'skipped'), 4],
  ['one still ran: it goes on behind it', kept('success', 'running', 'success'), 1],
  ['of several that ran, the oldest counts', kept('success', 'pending', 'success', 'running'), 1],
  ['the newest itself ran', kept('success', 'running'), 1],
  ['one waits for a person, perhaps for ever: it does not count', kept('manual', 'created', 'success'), 3],
  ['a state that no version had yet may end', kept('success', 'waiting_for_callback', 'success'), 1],
  [
    'one that ran is 300 jobs back: the chain still goes there',
    kept('success', 'running', ...Array.from({ length: 299 }, () => 'success')),
    1,
  ],
  [
    'one that ran is farther back: it is read by its pipeline',
    kept('success', 'running', ...Array.from({ length: 300 }, () => 'success')),
    302,
  ],
])('%s', (_name, jobs, id) => {
  expect(stopAt(jobs)).toBe(id);
});
