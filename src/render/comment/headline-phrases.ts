import { percentOf } from '../../model/coverage.ts';
import type { UnexplainedSign } from '../../model/evidence.ts';
import { severities } from '../../model/findings.ts';
import { failsJob } from '../../model/gate.ts';
import type { Job } from '../../model/pipeline.ts';
import type { Summary } from '../../model/summary.ts';
import type { TestsReport } from '../../model/tests.ts';
import type { Language } from '../words/english.ts';
import { destroysOf, planActions, planOf } from './terraform-plan.ts';
import {
  allowedFailures,
  crossedThresholds,
  failedJobs,
  failingTests,
  hasGraveNews,
  hiddenFailures,
  isEmpty,
  isGateWarning,
  openParts,
  quarantinedFailures,
} from './verdict.ts';

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

/** What the headline may say of one kind of result; null when there is nothing to say. */
export type Phrase = (summary: Summary, words: Language) => string | null;

/** How many failures are of tests that come and go: new ones by their history, others by what people say. */
function knownFlaky({ comparison: { tests, records, flakyMarks } }: Summary): number {
  const byHistory = tests?.newFailures.filter(({ id }) => records.get(id)?.flaky === true).length ?? 0;
  return byHistory + flakyMarks.size;
}

type PhraseParts = readonly (string | null)[];

function passingParts({ totals, runs }: TestsReport, summary: Summary, words: Language): PhraseParts {
  const { total, passed, skipped, flaky } = totals;
  const before = summary.comparison.tests;
  // "All" only where nothing is left open.
  const isAll = skipped === 0 && summary.unexplained.length === 0;
  return [
    isAll ? words.tests.allPass(total) : words.tests.pass(passed),
    runs > total ? words.tests.inRuns(runs) : null,
    skipped > 0 ? words.tests.skipped(skipped) : null,
    before !== null && before.added.count > 0 ? words.tests.areNew(before.added.count) : null,
    before !== null && before.fixed.count > 0 ? words.tests.fixed(before.fixed.count) : null,
    flaky > 0 ? words.tests.onRetry(flaky) : null,
  ];
}

/** What is new, where that is known: the table has the total. */
function failingParts({ totals }: TestsReport, summary: Summary, words: Language): PhraseParts {
  const failing = failingTests(summary);
  const flaky = knownFlaky(summary);
  const fresh = summary.comparison.tests?.newFailures.length ?? 0;
  const known = failing - fresh;
  const counted =
    fresh === 0
      ? [
          words.tests.fail(failing, totals.total),
          summary.comparison.tests === null ? null : words.tests.noneNew(failing),
        ]
      : [words.tests.newOnes(fresh), known > 0 ? words.tests.knownOnes(known) : null];
  const quarantined = quarantinedFailures(summary);
  return [
    ...counted,
    quarantined > 0 ? words.tests.quarantined(quarantined) : null,
    flaky > 0 ? words.tests.knownFlaky(flaky) : null,
  ];
}

export const testsPhrase: Phrase = (summary, words) => {
  const { tests } = summary;
  if (tests === null) return null;
  const { total, skipped } = tests.totals;
  if (skipped === total)
    return [words.tests.noneRan, ...(total > 0 ? [words.tests.skipped(skipped)] : [])].join(', ');
  const parts = failingTests(summary) === 0 ? passingParts : failingParts;
  return parts(tests, summary, words)
    .filter((part) => part !== null)
    .join(', ');
};

/**
 * Where all is well this is all that a comment says of coverage: what the figure counts, and the branches, belong to
 * it.
 */
export const coveragePhrase: Phrase = ({ coverage, comparison }, words) => {
  const percent = coverage === null ? null : percentOf(coverage.totals.lines);
  if (coverage === null || percent === null) return null;
  const before = comparison.coverage === null ? null : percentOf(comparison.coverage.before.lines);
  const delta = before === null ? '' : ` (${words.format.points(percent - before)})`;
  const ofBranches = coverage.totals.branches === null ? null : percentOf(coverage.totals.branches);
  const branches =
    ofBranches === null ? '' : `, ${words.coverage.branches(words.format.percent(ofBranches))}`;
  const figure = words.format.percent(percent);
  const share =
    coverage.unit === 'lines' ? figure : words.coverage.shareOf(figure, words.coverage.units[coverage.unit]);
  return words.coverage.inWords(share) + delta + branches;
};

/** What its log says counts more than GitLab's reason. */
function isOutside({ id, failureReason }: Job, { causes }: Summary): boolean {
  const cause = causes.find(({ jobs }) => jobs.some((job) => job.id === id));
  if (cause !== undefined && cause.origin !== 'unknown') return cause.origin === 'infrastructure';
  return failureReason !== null && infrastructure.has(failureReason);
}

export const jobsPhrase: Phrase = (summary, words) => {
  const failed = failedJobs(summary);
  const allowed = allowedFailures(summary).length;
  if (failed.length === 0) {
    const hidden = hiddenFailures(summary).length;
    const phrases = [
      ...(allowed > 0 ? [words.jobs.allowedPhrase(allowed)] : []),
      ...(hidden > 0 ? [words.jobs.downstreamFailed(hidden)] : []),
    ];
    return phrases.length === 0 ? null : phrases.join(', ');
  }
  const outside = failed.every((job) => isOutside(job, summary));
  return outside ? words.jobs.infrastructure(failed.length) : words.jobs.jobsFailed(failed.length);
};

export const gatesPhrase: Phrase = ({ gates }, words) => {
  const failed = gates.filter(failsJob).length;
  const warned = gates.filter(isGateWarning).length;
  if (failed > 0) return words.gates.failed(failed);
  return warned > 0 ? words.gates.warned(warned) : null;
};

/** Severities that a headline names where nobody knows what is new. */
const graveSeverities = ['critical', 'high'] as const;

export const findingsPhrase: Phrase = ({ comparison, findings }, words) => {
  if (comparison.findings === null) {
    if (findings === null || findings.total === 0) return null;
    const grave = graveSeverities.find((severity) => findings.bySeverity[severity] > 0);
    return [
      words.findings.countPhrase(findings.total),
      ...(grave === undefined
        ? []
        : [words.findings.ofWorst(findings.bySeverity[grave], words.findings.severity[grave])]),
    ].join(', ');
  }
  const fresh = comparison.findings.fresh.map(({ finding }) => finding);
  const ofSecurity = fresh.filter(({ category }) => category === 'security');
  const worst = severities.find((severity) => ofSecurity.some((finding) => finding.severity === severity));
  const others = fresh.length - ofSecurity.length;
  if (fresh.length === 0)
    return comparison.findings.undecided.length === 0
      ? words.findings.noneFresh
      : words.findings.countPhrase(comparison.findings.undecided.length);
  return [
    worst === undefined
      ? null
      : words.findings.freshSecurityPhrase(ofSecurity.length, words.findings.severity[worst]),
    others > 0 ? words.findings.freshPhrase(others) : null,
  ]
    .filter((part) => part !== null)
    .join(', ');
};

const planPhrase: Phrase = ({ metrics }, words) => {
  const plan = planOf(metrics);
  if (plan === null) return null;
  const changes = planActions.flatMap((action) =>
    plan[action] > 0 ? [words.plan[action](plan[action])] : [],
  );
  return words.plan.phrase(changes.join(', ') || words.plan.nothing);
};

const thresholdsPhrase: Phrase = (summary, words) => {
  const crossed = crossedThresholds(summary).length;
  return crossed > 0 ? words.thresholds.crossedPhrase(crossed) : null;
};

const maxKinds = 2;

/** Signs of failure by kind, as nothing else in the headline stands for them. */
export const unexplainedPhrase: Phrase = ({ unexplained }, words) => {
  const kinds = new Map<UnexplainedSign['kind'], number>();
  for (const { kind, count } of unexplained) kinds.set(kind, (kinds.get(kind) ?? 0) + count);
  if (kinds.size === 0) return null;
  if (kinds.size > maxKinds)
    return words.unexplained.noun([...kinds.values()].reduce((sum, count) => sum + count, 0));
  return [...kinds].map(([kind, count]) => words.unexplained.phrase[kind](count)).join(', ');
};

/** What is not known and could be red. */
const missingPhrase: Phrase = (summary, words) => {
  const open = openParts(summary);
  if (open.length > maxKinds) return words.missing.several(open.length);
  return open.length === 0 ? null : open.map((part) => words.missing.phrase[part]).join(', ');
};

/** More than this nobody reads at a glance; the table has the rest. */
const maxPhrases = 3;

/** Whether what tests say is good: then it comes after everything that is not. */
function testsAreGood(summary: Summary): boolean {
  const { tests } = summary;
  return tests !== null && failingTests(summary) === 0 && tests.totals.skipped < tests.totals.total;
}

/** What makes the verdict worse than passed, the gravest first. */
function badNews(summary: Summary): readonly Phrase[] {
  const plan = planOf(summary.metrics);
  return [
    gatesPhrase,
    ...(testsAreGood(summary) ? [] : [testsPhrase]),
    unexplainedPhrase,
    missingPhrase,
    thresholdsPhrase,
    // With failing tests the jobs that ran them fail too: no news.
    ...(failingTests(summary) > 0 ? [] : [jobsPhrase]),
    ...(plan !== null && destroysOf(plan) > 0 ? [planPhrase] : []),
    ...(hasGraveNews(summary) ? [findingsPhrase] : []),
  ];
}

/**
 * What matters most, most important first: what makes the verdict worse than passed, then tests that pass, plans,
 * findings and coverage.
 */
export function summaryPhrases(summary: Summary, words: Language): readonly string[] {
  const inOrder = new Set([...badNews(summary), testsPhrase, planPhrase, findingsPhrase, coveragePhrase]);
  const phrases = [...inOrder].flatMap((phrase) => phrase(summary, words) ?? []);
  if (phrases.length > 0) return phrases.slice(0, maxPhrases);
  if (isEmpty(summary)) return [words.nothing.headline];
  if (summary.findings !== null) return [words.findings.countPhrase(0)];
  return [words.metrics.count(summary.metrics?.metrics.length ?? 0)];
}
