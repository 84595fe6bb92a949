import type { UnexplainedSign } from '../model/evidence.ts';
import type { PipelineTestReport } from '../model/pipeline-test-report.ts';
import type { TestOutcome, TestsReport } from '../model/tests.ts';
import type { MaskText } from '../secrets/masked-value.ts';
import { createReportMask } from './collect/mask-reported.ts';
import { createTestsCollector } from './collect/tests.ts';
import { blankTestRun, failureFrom } from './formats/shared/blank-test-run.ts';

const outcomes = new Map<string, TestOutcome>([
  ['success', 'passed'],
  ['failed', 'failed'],
  ['error', 'errored'],
  ['skipped', 'skipped'],
]);

/**
 * GitLab's own reading of a pipeline's JUnit reports as tests. The suite there is the job's name; class and name are
 * the report's, so identities are those of the files. `mask` takes secrets out of it, as out of the files.
 */
export function fromGitLabTestReport(
  answer: PipelineTestReport,
  { warn, mask: maskText }: { readonly warn: (message: string) => void; readonly mask: MaskText },
): TestsReport {
  const mask = createReportMask(maskText, { showsRuns: true });
  const collector = createTestsCollector("GitLab's test report", warn);
  for (const suite of answer.suites) {
    if (suite.error !== null)
      warn(mask.text(`GitLab could not read the report of ${suite.name}: ${suite.error}`));
    for (const test of suite.cases) {
      const outcome = outcomes.get(test.status) ?? 'errored';
      const texts = { message: null, details: test.systemOutput ?? test.stackTrace, type: null };
      const run = {
        ...blankTestRun,
        suite: suite.name,
        className: test.classname,
        name: test.name,
        file: test.file,
        outcome,
        durationSeconds: test.executionTimeSeconds,
        failure: outcome === 'passed' ? null : failureFrom(outcome, texts),
      };
      collector.add(mask.run(run));
    }
  }
  return collector.finish();
}

/**
 * The suites that GitLab could not read, of which nothing is in `fromGitLabTestReport`: whatever failed there, nobody
 * sees it. Of a job with such a suite GitLab gives no tests at all.
 */
export function unreadSuites(answer: PipelineTestReport, mask: MaskText): readonly UnexplainedSign[] {
  return answer.suites.flatMap(({ name, error }) =>
    error === null
      ? []
      : [
          {
            kind: 'unreadable',
            path: null,
            count: 1,
            reason: mask(oneLine(`GitLab could not read the report of ${name}: ${error}`)),
          } as const,
        ],
  );
}

/** Room for the reason of a parser. */
const maxReasonCharacters = 500;

function oneLine(text: string): string {
  return text.split(/\s+/).join(' ').slice(0, maxReasonCharacters);
}
