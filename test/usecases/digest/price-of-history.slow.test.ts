import { expect, test } from 'vitest';
import type { Span } from '../../../src/model/digest.ts';
import type { HistoryMergeRequest, ProjectHistory } from '../../../src/model/project-history.ts';
import {
  addDays,
  day,
  end,
  later,
  spans,
  startHistoryStage,
  twoMonths,
  withoutGraphql,
} from './history-stage.ts';

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
  // The details of every merge request, and not of a sample.
  expect(first.history.read['merge-request-details'].gap).toBeNull();
  expect(asked.length).toBe(first.requests);
  // Each list once: no page is asked for twice, but for the first page of a long list at its end.
  expect(new Set(asked).size).toBe(asked.length);

  addDays(state, end, 30, { seed: 3 });
  const month = await stage.read({
    kept: first.kept,
    now: end + 30 * day,
    spans: later(spans, 30 * day),
  });
  expect(stage.asked().length).toBeLessThanOrEqual(40);
  expect(month.remarks).toEqual([]);
  const added = { from: end, until: end + 30 * day };
  expect(mergedIn(month.history, added).length).toBeGreaterThan(110);
  expect(month.history.jobs.filter(({ createdAt }) => createdAt >= end).length).toBeGreaterThan(2_000);
  expect(month.history.read['merge-request-details'].gap).toBeNull();

  addDays(state, end + 30 * day, 7, { seed: 4 });
  await stage.read({ kept: month.kept, now: end + 37 * day, spans: later(spans, 37 * day) });
  expect(stage.asked().length).toBeLessThanOrEqual(40);
});

test('a GitLab that does not answer GraphQL takes at most 160, and 40 after a week', async () => {
  const state = twoMonths();
  const stage = await startHistoryStage(state, withoutGraphql);
  const first = await stage.read();
  expect(stage.asked().length).toBeLessThanOrEqual(160);
  expect(first.history.read['merge-request-details'].gap).toMatch(
    /^the details of \d{2} of 2\d{2} merged merge requests were read, chosen evenly$/,
  );
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
