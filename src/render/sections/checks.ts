import { percentOf } from '../../model/coverage.ts';
import { type Block, type Icon, type Inline, icon, link, text } from '../../model/document.ts';
import { severities } from '../../model/findings.ts';
import type { Summary } from '../../model/summary.ts';
import { formatDifference, formatPercent, formatPoints } from '../format-number.ts';
import type { Language } from '../languages/english.ts';
import type { Section } from '../section.ts';
import { failedJobs } from './headline.ts';

interface Row {
  readonly label: readonly Inline[];
  readonly state: Icon;
  readonly result: string;
  readonly change: string;
}

function joined(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(', ');
}

function some(count: number, words: (count: number) => string): string | null {
  return count > 0 ? words(count) : null;
}

function testsRow({ tests, comparison, context }: Summary, words: Language): Row | null {
  if (tests === null) return null;
  const { passed, failed, errored, skipped, flaky, total } = tests.totals;
  const failing = failed + errored;
  const before = comparison.tests;
  const change =
    before === null
      ? ''
      : joined([
          some(before.newFailures.length, words.tests.newFailures),
          some(before.fixed.count, words.tests.fixed),
          some(before.added.count, words.tests.added),
          some(before.removed.count, words.tests.removed),
        ]);
  return {
    label: [link(`${context.pipeline.url}/test_report`, text(words.tests.label))],
    state: failing > 0 ? 'failed' : total === 0 ? 'warning' : 'passed',
    result:
      total === 0
        ? words.tests.noneRan
        : joined([
            some(failed, words.tests.failed),
            some(errored, words.tests.errored),
            some(flaky, words.tests.flaky),
            words.tests.passed(passed),
            some(skipped, words.tests.skipped),
          ]),
    change: before !== null && change === '' ? formatDifference(0) : change,
  };
}

function coverageRow({ coverage, comparison }: Summary, words: Language): Row | null {
  if (coverage === null) return null;
  const { lines, branches } = coverage.totals;
  const percent = percentOf(lines);
  const before = comparison.coverage === null ? null : percentOf(comparison.coverage.before.lines);
  const branchPercent = branches === null ? null : percentOf(branches);
  const label = [text(words.coverage.label)];
  if (percent === null) return { label, state: 'info', result: words.coverage.nothing, change: '' };
  const delta = before === null ? null : percent - before;
  return {
    label,
    state: delta !== null && delta < -0.05 ? 'down' : 'passed',
    result: joined([
      words.coverage.ofLines(formatPercent(percent), lines.covered, lines.total),
      branchPercent === null ? null : words.coverage.branches(formatPercent(branchPercent)),
    ]),
    change: delta === null ? '' : formatPoints(delta),
  };
}

function findingsRow({ findings }: Summary, words: Language): Row | null {
  if (findings === null) return null;
  const counts = severities.flatMap((severity) => {
    const count = findings.bySeverity[severity];
    return count > 0 ? [words.findings.ofSeverity(count, severity)] : [];
  });
  const grave = findings.bySeverity.critical + findings.bySeverity.high;
  return {
    label: [text(words.findings.label)],
    state: grave > 0 ? 'warning' : findings.total > 0 ? 'info' : 'passed',
    result: counts.length === 0 ? words.findings.none : joined(counts),
    change: '',
  };
}

function jobsRow(summary: Summary, words: Language): Row | null {
  const { pipeline } = summary;
  if (pipeline === null) return null;
  // Not the job that this report is made in: it is running, and no result of the change.
  const jobs = pipeline.jobs.filter(({ id }) => id !== summary.context.job.id);
  if (jobs.length === 0) return null;
  const latest = jobs.filter(({ retried }) => !retried);
  const failed = failedJobs(summary).length;
  const allowed = latest.filter(({ status, allowFailure }) => status === 'failed' && allowFailure).length;
  const retried = jobs.length - latest.length;
  return {
    label: [link(pipeline.pipeline.url, text(words.jobs.label))],
    state: failed > 0 ? 'failed' : allowed > 0 ? 'warning' : 'passed',
    result: joined([
      failed > 0 ? words.jobs.failed(failed, latest.length) : words.jobs.allPass(latest.length - allowed),
      allowed > 0 ? `${allowed} ${words.jobs.allowed}` : null,
      some(retried, words.jobs.retried),
    ]),
    change: '',
  };
}

function metricsRow({ metrics }: Summary, words: Language): Row | null {
  if (metrics === null) return null;
  const count = metrics.metrics.length + metrics.omittedMetrics;
  return {
    label: [text(words.metrics.label)],
    state: 'info',
    result: words.metrics.count(count),
    change: '',
  };
}

function gateRows({ gates }: Summary, words: Language): readonly Row[] {
  const states = { passed: 'passed', failed: 'failed', unknown: 'skipped' } as const;
  return gates.map(({ condition, grade, outcome, message, override }) => ({
    label: [text(`${words.gates.label} `), { kind: 'code', text: condition }],
    state: outcome === 'failed' && (grade === 'warn' || override !== null) ? 'warning' : states[outcome],
    result:
      override === null ? message : `${message}; ${words.gates.allowed(override.label, override.setBy)}`,
    change: '',
  }));
}

function tableOf(rows: readonly Row[], words: Language): Block {
  const hasChange = rows.some(({ change }) => change !== '');
  const columns = [words.checks.check, words.checks.result, ...(hasChange ? [words.checks.change] : [])];
  return {
    kind: 'table',
    columns: columns.map((title) => ({ title: [text(title)], align: 'left' })),
    rows: rows.map(({ label, state, result, change }) => [
      label,
      [icon(state), text(` ${result}`)],
      ...(hasChange ? [[text(change)]] : []),
    ]),
  };
}

/** One table: a row per check with its result and what changed against the baseline. */
export const checks: Section = (summary, words) => {
  const rows = [
    testsRow(summary, words),
    coverageRow(summary, words),
    findingsRow(summary, words),
    metricsRow(summary, words),
    jobsRow(summary, words),
    ...gateRows(summary, words),
  ].filter((row) => row !== null);
  if (rows.length === 0) return null;
  const table = tableOf(rows, words);
  return {
    id: 'checks',
    importance: 1,
    full: [table],
    short: [table],
    counted: words.checks.noun(rows.length),
  };
};
