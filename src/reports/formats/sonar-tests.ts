import type { TestOutcome } from '../../model/tests.ts';
import type { ReportSink, TestRun, XmlElement, XmlFormat, XmlHandler } from '../format.ts';
import { blankTestRun, failureFrom, secondsFrom } from './shared/blank-test-run.ts';
import { junitSeconds } from './shared/junit-numbers.ts';

const verdicts = new Map<string, TestOutcome>([
  ['skipped', 'skipped'],
  ['failure', 'failed'],
  ['error', 'errored'],
]);
const maxTextCharacters = 64 * 1024;

function createHandler(sink: ReportSink): XmlHandler {
  let file: string | null = null;
  let test: TestRun | null = null;
  let message: string | null = null;

  function closeTest(): void {
    if (test !== null) sink.test(test);
    test = null;
  }

  function openTest(element: XmlElement): void {
    closeTest();
    test = {
      ...blankTestRun,
      name: element.attribute('name') ?? '',
      file,
      durationSeconds: secondsFrom(junitSeconds(element.attribute('duration'))),
    };
  }

  return {
    open(element) {
      if (element.name === 'file') file = element.attribute('path');
      else if (element.name === 'testCase') openTest(element);
      else if (verdicts.has(element.name)) {
        message = element.attribute('message');
        element.keepText(maxTextCharacters);
      }
    },
    close(name, text) {
      const outcome = verdicts.get(name);
      if (outcome !== undefined && test !== null)
        test = {
          ...test,
          outcome,
          failure: failureFrom(outcome, { message, details: text.trim(), type: null }),
        };
      else if (name === 'testCase') closeTest();
    },
    end: closeTest,
  };
}

/** SonarQube's generic test execution. */
export const sonarTests: XmlFormat = {
  format: 'sonar-tests',
  title: 'SonarQube generic test execution',
  kind: 'tests',
  unit: 'Each `testCase` is one test.',
  reruns: 'Nothing: the format has no reruns.',
  wellKnownNames: ['**/test-execution*.xml', '**/sonar-test*.xml', '**/test-report.xml'],
  specification:
    'https://docs.sonarsource.com/sonarqube-server/latest/analyzing-source-code/test-coverage/generic-test-data/',
  producers: [{ tool: 'jest-sonar-reporter, karma-sonarqube-unit-reporter and others', option: '' }],
  syntax: 'xml',
  detect: ({ name, firstChild }) =>
    name === 'testExecutions' || (name === 'unitTest' && (firstChild === 'file' || firstChild === null)),
  read: createHandler,
};
