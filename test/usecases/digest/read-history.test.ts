import { describe, expect, test } from 'vitest';
import { addDays, day, end, spans, startHistoryStage, twoMonths } from './history-stage.ts';

describe('a month and the one before it', () => {
  test('cost at most 160 requests, and the next digest at most 40', async () => {
    const state = twoMonths();
    const stage = await startHistoryStage(state);
    const first = await stage.read();
    const firstAsked = stage.asked();
    expect(firstAsked.length).toBe(first.requests);
    expect(first.history.jobs.length).toBeGreaterThan(3_800);
    expect(first.history.mergeRequests.filter(({ mergedAt }) => (mergedAt ?? 0) >= spans[1].from).length).toBeGreaterThan(110);
    expect(firstAsked.length).toBeLessThanOrEqual(160);
    console.log(firstAsked.length, first.history.jobs.length, first.history.read);

    addDays(state, end, 7, { seed: 3 });
    const later = spans.map(({ from, until }) => ({ from: from + 7 * day, until: until + 7 * day }));
    const second = await stage.read({ kept: first.kept, now: end + 7 * day, spans: [later[0]!, later[1]!] });
    const asked = stage.asked();
    console.log(asked.length, second.history.read, asked.join('\n'), first.kept.length);
    expect(asked.length).toBeLessThanOrEqual(40);
  });
});
