import type { JsonFormat } from '../format.ts';
import { has, listAt, numberAt, textAt, valueAt } from './shared/json-value.ts';

/** pytest-benchmark's `--benchmark-json`: the median of each benchmark in seconds. */
export const pytestBenchmark: JsonFormat = {
  format: 'pytest-benchmark',
  title: 'pytest-benchmark JSON',
  kind: 'metrics',
  wellKnownNames: ['**/benchmark*.json', '**/.benchmarks/**/*.json'],
  specification: 'https://pytest-benchmark.readthedocs.io/en/latest/usage.html#commandline-options',
  producers: [{ tool: 'pytest-benchmark', option: '--benchmark-json=benchmark.json' }],
  syntax: 'json',
  detect: (value) =>
    has(value, 'benchmarks', 'list') &&
    listAt(value, 'benchmarks').some((benchmark) => has(valueAt(benchmark, 'stats'), 'median', 'number')),
  read(value, sink) {
    for (const benchmark of listAt(value, 'benchmarks')) {
      const median = numberAt(benchmark, 'stats', 'median');
      const name = textAt(benchmark, 'fullname') ?? textAt(benchmark, 'name') ?? '';
      if (median !== null)
        sink.metric({
          name,
          group: 'benchmark',
          labels: {},
          value: median,
          unit: 'seconds',
          better: 'lower',
        });
    }
  },
};
