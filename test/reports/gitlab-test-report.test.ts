import { describe, expect, test } from 'vitest';
import type { PipelineTestReport } from '../../src/model/pipeline-test-report.ts';
import { fromGitLabTestReport, unreadSuites } from '../../src/reports/gitlab-test-report.ts';
import { mask } from '../mask.ts';

const passed = {
  status: 'success',
  name: 'pays',
  classname: 'till',
  file: null,
  executionTimeSeconds: 1,
  systemOutput: null,
  stackTrace: null,
} as const;

/** As GitLab answers for a job whose JUnit file is broken: an error, and no tests. */
const answer: PipelineTestReport = {
  suites: [
    { name: 'unit', error: null, cases: [passed] },
    { name: 'e2e', error: 'JUnit XML parsing failed:\n1:1: FATAL: Document is empty', cases: [] },
  ],
};

describe("GitLab's own test report", () => {
  test('a suite that GitLab could not read is a report that could not be read', () => {
    expect(unreadSuites(answer, mask)).toEqual([
      {
        kind: 'unreadable',
        path: null,
        count: 1,
        reason:
          'GitLab could not read the report of e2e: JUnit XML parsing failed: 1:1: FATAL: Document is empty',
      },
    ]);
    expect(fromGitLabTestReport(answer, { warn: () => undefined, mask }).totals).toMatchObject({ total: 1 });
  });

  test('of suites that were read nothing is missing', () => {
    expect(unreadSuites({ suites: answer.suites.slice(0, 1) }, mask)).toEqual([]);
  });

  test('what the parser quotes is masked, and cut', () => {
    const secret = ['glpat', 'abcdefghijklmnopqrst'].join('-');
    const error = `at ${secret} ${'x'.repeat(5_000)}`;
    const [sign] = unreadSuites({ suites: [{ name: 'e2e', error, cases: [] }] }, mask);
    expect(sign?.reason).not.toContain(secret);
    expect(sign?.reason.length).toBeLessThan(1_000);
  });
});
