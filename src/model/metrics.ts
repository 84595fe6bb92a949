/** What measuring tools say: sizes, benchmarks, load tests, plans, any named number. */

export interface Metric {
  /** What is measured, unique together with `group` and `labels`: `dist/app.js`, `BM_Sort/1024`, `http_req_duration p95`. */
  readonly name: string;
  /** The tool or part it belongs to: `terraform`, `k6`, `size-limit`. */
  readonly group: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** `seconds`, `bytes`, `percent`, `count`, … or null when unknown. */
  readonly unit: string | null;
  /** Which direction is good; null when neither. */
  readonly better: 'lower' | 'higher' | null;
  /** Path of the report file it was read from. */
  readonly report: string;
}

export interface MetricsReport {
  readonly kind: 'metrics';
  readonly metrics: readonly Metric[];
  readonly omittedMetrics: number;
}
