import { expect, test } from 'vitest';
import { createMetrics } from '../../src/serve/metrics.ts';

test('10,000 projects are counted by name, and more of them together', async () => {
  const state = { waiting: 0, running: 0, oldestAge: 0, bytes: 0, dead: 0 };
  const metrics = createMetrics(() => Promise.resolve(state));
  for (let project = 1; project <= 10_050; project += 1) metrics.answered('push', project, 'queued');
  metrics.answered('push', 7, 'queued');
  metrics.answered('unknown', null, 'secret-wrong');
  const { body } = await metrics.text();
  const lines = body.split('\n').filter((line) => line.startsWith('herald_deliveries_total{'));
  expect(lines).toHaveLength(10_002);
  expect(lines).toContain('herald_deliveries_total{event="push",project="other",outcome="queued"} 50');
  expect(lines).toContain('herald_deliveries_total{event="push",project="7",outcome="queued"} 2');
  expect(lines).toContain('herald_deliveries_total{event="unknown",project="",outcome="secret-wrong"} 1');
});
