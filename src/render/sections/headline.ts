import { percentOf } from '../../model/coverage.ts';
import { heading, type Icon, type Inline, icon, paragraph, strong, text } from '../../model/document.ts';
import { failsJob } from '../../model/gate.ts';
import type { Job } from '../../model/pipeline.ts';
import type { Summary } from '../../model/summary.ts';
import { formatPercent, formatPoints } from '../format-number.ts';
import type { Language } from '../languages/english.ts';
import type { Section } from '../section.ts';

/** Reasons that lie outside of the change. Source: https://docs.gitlab.com/ci/yaml/#retrywhen */
const infrastructure = new Set([
  'runner_system_failure',
  'runner_unsupported',
  'stuck_or_timeout_failure',
  'scheduler_failure',
  'data_integrity_failure',
  'api_failure',
  'image_pull_failure',
  'no_matching_runner',
  'runner_quota_exceeded',
]);

/** Jobs that failed in their last attempt and were not allowed to. */
export function failedJobs(summary: Summary): readonly Job[] {
  return (
    summary.pipeline?.jobs.filter((job) => job.status === 'failed' && !job.retried && !job.allowFailure) ?? []
  );
}

function testsPhrase({ tests, comparison }: Summary, words: Language): string | null {
  if (tests === null) return null;
  const { total, failed, errored, flaky } = tests.totals;
  const failing = failed + errored;
  if (total === 0) return words.tests.noneRan;
  if (failing === 0) return words.tests.allPass(total) + (flaky > 0 ? `, ${words.tests.flaky(flaky)}` : '');
  const before = comparison.tests;
  const phrase = words.tests.fail(failing, total);
  if (before === null) return phrase;
  const fresh = before.newFailures.length;
  const news = fresh === 0 ? words.tests.noneNew : words.tests.newOnes(fresh, failing);
  return `${phrase}, ${news}`;
}

function coveragePhrase({ coverage, comparison }: Summary, words: Language): string | null {
  const percent = coverage === null ? null : percentOf(coverage.totals.lines);
  if (percent === null) return null;
  const before = comparison.coverage === null ? null : percentOf(comparison.coverage.before.lines);
  const delta = before === null ? '' : ` (${formatPoints(percent - before)})`;
  return words.coverage.inWords(formatPercent(percent)) + delta;
}

function jobsPhrase(summary: Summary, words: Language): string | null {
  const failed = failedJobs(summary);
  if (failed.length === 0) return null;
  const outside = failed.every(
    ({ failureReason }) => failureReason !== null && infrastructure.has(failureReason),
  );
  return outside ? words.jobs.infrastructure(failed.length) : words.jobs.jobsFailed(failed.length);
}

function gatesPhrase({ gates }: Summary, words: Language): string | null {
  const failed = gates.filter(failsJob).length;
  return failed === 0 ? null : words.gates.failed(failed);
}

function isEmpty({ tests, coverage, findings, metrics }: Summary): boolean {
  return tests === null && coverage === null && findings === null && metrics === null;
}

function verdictIcon(summary: Summary): Icon {
  const { tests, gates } = summary;
  const failing = (tests?.totals.failed ?? 0) + (tests?.totals.errored ?? 0);
  if (failing > 0 || failedJobs(summary).length > 0 || gates.some(failsJob)) return 'failed';
  if (isEmpty(summary) || tests?.totals.total === 0) return 'warning';
  return summary.files.some(({ error }) => error !== null) ? 'warning' : 'passed';
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** The verdict in one line, most important first: gates, tests, jobs, coverage. */
export function verdict(summary: Summary, words: Language): readonly Inline[] {
  const phrases = [
    gatesPhrase(summary, words),
    testsPhrase(summary, words),
    // With failing tests the jobs that ran them fail too: no news.
    (summary.tests?.totals.failed ?? 0) + (summary.tests?.totals.errored ?? 0) > 0
      ? null
      : jobsPhrase(summary, words),
    coveragePhrase(summary, words),
  ].filter((phrase) => phrase !== null);
  const sentence = phrases.length === 0 ? words.nothing.headline : phrases.join(' · ');
  return [icon(verdictIcon(summary)), text(` ${capitalised(sentence)}`)];
}

/** The verdict; with nothing found, what to do about it. */
export const headline: Section = (summary, words, { title }) => {
  const line = verdict(summary, words);
  const children = title === null ? line : [text(`${title}: `), ...line];
  const advice = isEmpty(summary) ? [paragraph(text(words.nothing.advice))] : [];
  return {
    id: 'headline',
    importance: 0,
    full: [heading(3, ...children), ...advice],
    short: [paragraph(strong(...children))],
    counted: '',
  };
};
