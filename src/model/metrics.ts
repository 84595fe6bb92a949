/** What measuring tools say: sizes, benchmarks, load tests, plans, any named number. */

export interface Metric {
  /**
   * What is measured, unique together with `group` and `labels`: `dist/app.js`, `BM_Sort/1024`,
   * `http_req_duration p95`.
   */
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

/** A limit that the tool itself checks (k6, Lighthouse CI), or a measurement that it could not make. */
export interface ThresholdResult {
  /** The tool or part that it belongs to: `k6`. */
  readonly group: string;
  /** What is limited, in the tool's words: `http_req_duration: p(95)<500`; untrusted. */
  readonly name: string;
  readonly passed: boolean;
  /** What was found instead, or why it failed; untrusted, may be empty. */
  readonly detail: string;
  /** Path of the report file it was read from. */
  readonly report: string;
}

export interface MetricsReport {
  readonly kind: 'metrics';
  readonly metrics: readonly Metric[];
  readonly omittedMetrics: number;
  /** Crossed ones all, as far as limits allow. */
  readonly thresholds: readonly ThresholdResult[];
}
