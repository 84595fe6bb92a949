import type { JsonFormat, ReportSink } from '../format.ts';
import { has, listAt, numberAt, textAt, valueAt } from './shared/json-value.ts';

const factors = new Map<string | null, number>([
  ['ns', 1e-9],
  ['us', 1e-6],
  ['ms', 1e-3],
  ['s', 1],
  [null, 1e-9],
]);

/** Names of benchmarks that were repeated: their aggregates stand for the single repetitions. */
function repeatedNames(benchmarks: readonly unknown[]): ReadonlySet<string> {
  const aggregates = benchmarks.filter((benchmark) => textAt(benchmark, 'run_type') === 'aggregate');
  return new Set(aggregates.flatMap((benchmark) => textAt(benchmark, 'run_name') ?? []));
}

/** Spreads and shares of something are not times. */
function isTime(benchmark: unknown): boolean {
  const aggregate = textAt(benchmark, 'aggregate_name');
  return aggregate !== 'stddev' && aggregate !== 'cv' && textAt(benchmark, 'aggregate_unit') !== 'percentage';
}

function readBenchmark(benchmark: unknown, sink: ReportSink): void {
  const name = textAt(benchmark, 'name') ?? '';
  if (valueAt(benchmark, 'error_occurred') === true) {
    sink.threshold({
      group: 'benchmark',
      name,
      passed: false,
      detail: textAt(benchmark, 'error_message') ?? 'ended with an error',
    });
    return;
  }
  if (!isTime(benchmark)) return;
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

/** Google Benchmark's JSON: real time of each benchmark; of a repeated one, its mean and median. */
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
    const benchmarks = listAt(value, 'benchmarks');
    const repeated = repeatedNames(benchmarks);
    for (const benchmark of benchmarks) {
      const isRepetition = textAt(benchmark, 'run_type') === 'iteration';
      if (!isRepetition || !repeated.has(textAt(benchmark, 'run_name') ?? '')) readBenchmark(benchmark, sink);
    }
  },
};
