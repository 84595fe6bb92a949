import type { JsonFormat } from '../format.ts';
import { someLookLike } from './shared/json-entries.ts';
import { has, listAt, listOf, numberAt, textAt } from './shared/json-value.ts';

/** What sitespeed.io's GitLab plugin writes, as GitLab's `artifacts:reports:browser_performance` takes it. */
export const browserPerformance: JsonFormat = {
  format: 'browser-performance',
  title: 'Browser performance (sitespeed.io for GitLab)',
  kind: 'metrics',
  wellKnownNames: ['**/browser-performance.json', '**/performance.json'],
  specification: 'https://docs.gitlab.com/ci/testing/browser_performance_testing/',
  producers: [
    { tool: "sitespeed.io with GitLab's gl-performance plugin", option: '--plugins.add ./gitlab-exporter' },
  ],
  syntax: 'json',
  detect: (value) =>
    Array.isArray(value) &&
    someLookLike(value, (page) => has(page, 'subject', 'string') && has(page, 'metrics', 'list')),
  read(value, sink) {
    for (const page of listOf(value)) {
      const subject = textAt(page, 'subject') ?? '';
      for (const metric of listAt(page, 'metrics')) {
        const number = numberAt(metric, 'value');
        const name = textAt(metric, 'name');
        if (number === null || name === null) continue;
        const desired = textAt(metric, 'desiredSize');
        const better = desired === 'larger' ? 'higher' : desired === 'smaller' ? 'lower' : null;
        sink.metric({
          name,
          group: 'browser performance',
          labels: { page: subject },
          value: number,
          unit: null,
          better,
        });
      }
    }
  },
};
