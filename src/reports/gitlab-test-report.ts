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
 * GitLab's own reading of a pipeline's JUnit reports as tests. The suite there is the job's name; class and name are the report's, so
 * identities are those of the files. `mask` takes secrets out of it, as out of the files.
 */
export function fromGitLabTestReport(
  answer: PipelineTestReport,
  { warn, mask: maskText }: { readonly warn: (message: string) => void; readonly mask: MaskText },
): TestsReport {
  const mask = createReportMask(maskText);
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
