import type { XmlFormat } from '../format.ts';
import { JunitHandler } from './shared/junit-handler.ts';

/**
 * JUnit XML in all its dialects. A test with several verdicts counts once, by the worst; Surefire's `flakyFailure` and
 * `rerunFailure` are earlier runs of the same test; a suite that failed itself, or says that tests failed and names
 * none, counts as a test of its name.
 */
export const junit: XmlFormat = {
  format: 'junit',
  title: 'JUnit XML',
  kind: 'tests',
  unit: 'Each `<testcase>` is one test, whatever others have its name; a suite that failed and names no test is one errored test.',
  reruns:
    '`flakyFailure`, `flakyError`, `rerunFailure` and `rerunError` inside a `<testcase>`; equal names only where the report counts its tests and failures so.',
  countsReruns: true,
  wellKnownNames: [
    '**/junit*.xml',
    '**/*junit.xml',
    '**/TEST-*.xml',
    '**/test-results.xml',
    '**/test-report.xml',
    '**/test-results/**/*.xml',
    '**/surefire-reports/*.xml',
    '**/failsafe-reports/*.xml',
    '**/bazel-testlogs/**/test.xml',
    '**/rspec*.xml',
    '**/pytest*.xml',
    '**/report.xml',
    '**/reports/*.xml',
    '**/TESTS-*.xml',
    '**/*junit-report*.xml',
    '**/*junit-reporter.xml',
    '**/test_detail.xml',
    '**/nosetests.xml',
    '**/*.junit',
    '**/newman/*.xml',
    '**/results.xml',
    '**/test-reports/*.xml',
    '**/test_results/*.xml',
    '**/unit-tests.xml',
  ],
  specification: 'https://github.com/testmoapp/junitxml',
  producers: [
    { tool: 'pytest', option: '--junitxml=junit.xml' },
    { tool: 'Jest', option: '--reporters=jest-junit' },
    { tool: 'Vitest', option: '--reporter=junit --outputFile=junit.xml' },
    { tool: 'Maven Surefire and Failsafe, Gradle', option: '' },
    { tool: 'gotestsum', option: '--junitfile junit.xml' },
    { tool: 'cargo nextest', option: 'junit.path in its profile' },
    { tool: 'CTest', option: '--output-junit junit.xml' },
    { tool: 'PHPUnit', option: '--log-junit junit.xml' },
    { tool: 'RSpec', option: '--format RspecJunitFormatter --out rspec.xml' },
    { tool: 'Playwright', option: '--reporter=junit' },
    { tool: 'GoogleTest', option: '--gtest_output=xml:junit.xml' },
    { tool: 'dotnet test', option: '--logger junit' },
  ],
  syntax: 'xml',
  detect: ({ name, firstChild }) =>
    name === 'testsuites' ||
    name === 'testrun' ||
    name === 'testcase' ||
    (name === 'testsuite' && firstChild !== 'test-case' && firstChild !== 'test'),
  read: (sink) => new JunitHandler(sink),
};
