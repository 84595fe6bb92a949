import type { Severity } from '../../../model/findings.ts';
import { severityOfCvss } from './severity-scales.ts';

// first.org/cvss/v3.1/specification-document, section 7.4 "Metric Values".
const weights: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  AV: { N: 0.85, A: 0.62, L: 0.55, P: 0.2 },
  AC: { L: 0.77, H: 0.44 },
  UI: { N: 0.85, R: 0.62 },
  C: { H: 0.56, L: 0.22, N: 0 },
  I: { H: 0.56, L: 0.22, N: 0 },
  A: { H: 0.56, L: 0.22, N: 0 },
};
const privileges = {
  U: { N: 0.85, L: 0.62, H: 0.27 },
  C: { N: 0.85, L: 0.68, H: 0.5 },
} as const;

type Metrics = ReadonlyMap<string, string>;

function metricsOf(vector: string): Metrics {
  const pairs = vector.slice(0, 300).split('/').slice(1);
  return new Map(pairs.map((pair): [string, string] => [pair.split(':')[0] ?? '', pair.split(':')[1] ?? '']));
}

function weightOf(metrics: Metrics, name: string): number {
  return weights[name]?.[metrics.get(name) ?? ''] ?? Number.NaN;
}

function privilegesOf(metrics: Metrics): number {
  const table: Readonly<Record<string, number>> = metrics.get('S') === 'C' ? privileges.C : privileges.U;
  return table[metrics.get('PR') ?? ''] ?? Number.NaN;
}

function impactOf(metrics: Metrics): number {
  const left = ['C', 'I', 'A'].reduce((product, name) => product * (1 - weightOf(metrics, name)), 1);
  const base = 1 - left;
  return metrics.get('S') === 'C' ? 7.52 * (base - 0.029) - 3.25 * (base - 0.02) ** 15 : 6.42 * base;
}

/** Appendix A: rounds up to one decimal, without the errors of binary fractions. */
function roundUp(value: number): number {
  const whole = Math.round(value * 100_000);
  return whole % 10_000 === 0 ? whole / 100_000 : (Math.floor(whole / 10_000) + 1) / 10;
}

/**
 * Base score of a CVSS 3.0 or 3.1 vector (`CVSS:3.1/AV:N/AC:L/…`), null for other texts;
 * first.org/cvss/v3.1/specification-document, 7.1. Version 4 has no formula but a table of 270 rows: its vectors give
 * null.
 */
export function scoreOfVector(vector: string | null): number | null {
  if (vector?.startsWith('CVSS:3.') !== true) return null;
  const metrics = metricsOf(vector);
  const impact = impactOf(metrics);
  const reach = ['AV', 'AC', 'UI'].reduce((product, name) => product * weightOf(metrics, name), 8.22);
  const exploitability = reach * privilegesOf(metrics);
  if (!Number.isFinite(impact + exploitability) || !['U', 'C'].includes(metrics.get('S') ?? '')) return null;
  if (impact <= 0) return 0;
  const sum = impact + exploitability;
  return roundUp(Math.min(metrics.get('S') === 'C' ? 1.08 * sum : sum, 10));
}

/** Severity of a CVSS vector, `unknown` where there is none that can be scored. */
export function severityOfVector(vector: string | null): Severity {
  return severityOfCvss(scoreOfVector(vector)) ?? 'unknown';
}
