import type { JsonFormat, ReportSink } from '../format.ts';
import { has, listAt, numberAt, textAt, valueAt } from '../json-value.ts';

const factors = new Map<string | null, number>([
  ['ns', 1e-9],
  ['us', 1e-6],
  ['ms', 1e-3],
  ['s', 1],
  [null, 1e-9],
]);

function readBenchmark(benchmark: unknown, sink: ReportSink): void {
  const name = textAt(benchmark, 'name') ?? '';
  if (valueAt(benchmark, 'error_occurred') === true) {
    sink.warn(
      `benchmark ${name.slice(0, 200)} ended with an error: ${(textAt(benchmark, 'error_message') ?? '').slice(0, 200)}`,
    );
    return;
  }
  // Of repetitions, the aggregates but the spread are what is compared.
  const aggregate = textAt(benchmark, 'aggregate_name');
  if (aggregate === 'stddev' || aggregate === 'cv') return;
  const time = numberAt(benchmark, 'real_time');
  const factor = factors.get(textAt(benchmark, 'time_unit')) ?? null;
  if (time === null || factor === null) return;
  sink.metric({
    name,
    group: 'benchmark',
    labels: {},
    value: time * factor,
    unit: 'seconds',
    better: 'lower',
  });
}

/** Google Benchmark's JSON: real time of each benchmark. */
export const googleBenchmark: JsonFormat = {
  format: 'google-benchmark',
  title: 'Google Benchmark JSON',
  kind: 'metrics',
  wellKnownNames: ['**/benchmark*.json'],
  specification: 'https://github.com/google/benchmark/blob/main/docs/user_guide.md#output-formats',
  producers: [
    { tool: 'Google Benchmark', option: '--benchmark_out=benchmark.json --benchmark_out_format=json' },
  ],
  syntax: 'json',
  detect: (value) =>
    has(value, 'benchmarks', 'list') &&
    listAt(value, 'benchmarks').some((benchmark) => has(benchmark, 'real_time', 'number')),
  read(value, sink) {
    for (const benchmark of listAt(value, 'benchmarks')) readBenchmark(benchmark, sink);
  },
};
