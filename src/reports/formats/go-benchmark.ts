import type { Metric } from '../../model/metrics.ts';
import type { TextFormat } from '../format.ts';

// https://go.googlesource.com/proposal/+/master/design/14313-benchmark-format.md
const benchmarkLine = /^(Benchmark\S*)\s+\d+((?:\s+\S+\s+\S+)+)\s*$/;

const units = new Map<
  string,
  { readonly name: string; readonly factor: number; readonly better: Metric['better'] }
>([
  ['ns/op', { name: 'seconds', factor: 1e-9, better: 'lower' }],
  ['B/op', { name: 'bytes', factor: 1, better: 'lower' }],
  ['allocs/op', { name: 'count', factor: 1, better: 'lower' }],
  ['MB/s', { name: 'MB/s', factor: 1, better: 'higher' }],
]);

/** The measurements of one line: numbers and units in turn. */
function metricsOf(line: string, packageName: string): readonly Omit<Metric, 'report'>[] {
  const match = benchmarkLine.exec(line);
  const words = (match?.[2] ?? '').trim().split(/\s+/);
  const labels: Readonly<Record<string, string>> = packageName === '' ? {} : { package: packageName };
  const metrics: Omit<Metric, 'report'>[] = [];
  for (let index = 0; index + 1 < words.length; index += 2) {
    const unitText = words[index + 1] ?? '';
    const { name: unit, factor, better } = units.get(unitText) ?? { name: unitText, factor: 1, better: null };
    const value = Number(words[index]) * factor;
    if (Number.isFinite(value))
      metrics.push({
        name: `${match?.[1] ?? ''} ${unitText}`,
        group: 'benchmark',
        labels,
        value,
        unit,
        better,
      });
  }
  return metrics;
}

function keepBest(metric: Omit<Metric, 'report'>, best: Map<string, Omit<Metric, 'report'>>): void {
  const key = `${metric.labels['package'] ?? ''} ${metric.name}`;
  const known = best.get(key);
  const isBetter =
    known === undefined ||
    (metric.better === 'higher' ? metric.value > known.value : metric.value < known.value);
  if (isBetter) best.set(key, metric);
}

/** `go test -bench` text; several runs of a benchmark (`-count`) give its lowest time. */
export const goBenchmark: TextFormat = {
  format: 'go-benchmark',
  title: 'go test -bench text',
  kind: 'metrics',
  wellKnownNames: ['**/go-bench*.txt', '**/bench.txt'],
  specification: 'https://go.googlesource.com/proposal/+/master/design/14313-benchmark-format.md',
  producers: [{ tool: 'go test', option: '-bench=. -benchmem > go-bench.txt' }],
  syntax: 'text',
  detect: (head) => head.split('\n').some((line) => benchmarkLine.test(line) && /\bns\/op\b/.test(line)),
  read(sink) {
    const best = new Map<string, Omit<Metric, 'report'>>();
    let packageName = '';
    return {
      line(text) {
        if (/^(?:--- FAIL: |FAIL\t|FAIL$|panic: )/.test(text)) sink.failed(text.slice(0, 200));
        if (text.startsWith('pkg: ')) packageName = text.slice('pkg: '.length).trim();
        for (const metric of metricsOf(text, packageName)) keepBest(metric, best);
      },
      end() {
        for (const metric of best.values()) sink.metric(metric);
      },
    };
  },
};
