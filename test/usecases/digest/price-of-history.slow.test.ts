import { expect, test } from 'vitest';
import type { Span } from '../../../src/model/digest.ts';
import type { HistoryMergeRequest, ProjectHistory } from '../../../src/model/project-history.ts';
import { addDays, day, end, later, spans, startHistoryStage, twoMonths } from './history-stage.ts';

function mergedIn(history: ProjectHistory, { from, until }: Span): readonly HistoryMergeRequest[] {
  return history.mergeRequests.filter(({ mergedAt: at }) => at !== null && at >= from && at < until);
}

test('a month and the one before it at most 160 requests, and the next digest at most 40', async () => {
  const state = twoMonths();
  const stage = await startHistoryStage(state);
  const first = await stage.read();
  const asked = stage.asked();
  expect(first.history.jobs.filter(({ createdAt }) => createdAt >= spans[1].from).length).toBeGreaterThan(
    2_000,
  );
  expect(mergedIn(first.history, spans[1]).length).toBeGreaterThan(110);
  expect(asked.length).toBeLessThanOrEqual(160);
  const { 'merge-request-details': details } = first.history.read;
  expect(details.gap).toMatch(
    /^the details of \d{2} of 2\d{2} merged merge requests were read, chosen evenly$/,
  );
  expect(asked.length).toBe(first.requests);
  // Each list once: no page is asked for twice, but for the first page of a long list at its end.
  expect(new Set(asked).size).toBe(asked.length);

  addDays(state, end, 7, { seed: 3 });
  const second = await stage.read({
    kept: first.kept,
    now: end + 7 * day,
    spans: later(spans, 7 * day),
  });
  expect(stage.asked().length).toBeLessThanOrEqual(40);
  expect(second.remarks).toEqual([]);
  expect(mergedIn(second.history, { from: end, until: end + 7 * day }).length).toBeGreaterThan(15);
});

test('a week and the one before it, and a week later, cost no more', async () => {
  const state = twoMonths();
  const stage = await startHistoryStage(state);
  const weeks = [
    { from: end - 14 * day, until: end - 7 * day },
    { from: end - 7 * day, until: end },
  ] as const;
  const first = await stage.read({ spans: weeks });
  expect(stage.asked().length).toBeLessThanOrEqual(160);
  addDays(state, end, 7, { seed: 3 });
  await stage.read({ kept: first.kept, now: end + 7 * day, spans: later(weeks, 7 * day) });
  expect(stage.asked().length).toBeLessThanOrEqual(40);
});
