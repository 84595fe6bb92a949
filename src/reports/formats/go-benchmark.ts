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
        if (text.startsWith('pkg: ')) packageName = text.slice('pkg: '.length).trim();
        const match = benchmarkLine.exec(text);
        const words = (match?.[2] ?? '').trim().split(/\s+/);
        for (let index = 0; index + 1 < words.length; index += 2) {
          const unitText = words[index + 1] ?? '';
          const unit = units.get(unitText) ?? { name: unitText, factor: 1, better: null };
          const value = Number(words[index]) * unit.factor;
          const name = `${match?.[1] ?? ''} ${unitText}`;
          const known = best.get(`${packageName} ${name}`);
          const isBetter =
            known === undefined || (unit.better === 'higher' ? value > known.value : value < known.value);
          const labels: Readonly<Record<string, string>> = packageName === '' ? {} : { package: packageName };
          const metric = { name, group: 'benchmark', labels, value, unit: unit.name, better: unit.better };
          if (Number.isFinite(value) && isBetter) best.set(`${packageName} ${name}`, metric);
        }
      },
      end() {
        for (const metric of best.values()) sink.metric(metric);
      },
    };
  },
};
