import type { TestOutcome } from '../../model/tests.ts';
import { blankTestRun, failureFrom } from '../blank-test-run.ts';
import type { JsonFormat, ReportSink } from '../format.ts';
import { has, isJsonObject, listAt, listOf, numberAt, textAt } from '../json-value.ts';

const nanosecondsPerSecond = 1e9;

/** The worst step decides: https://cucumber.io/docs/cucumber/api/#step-results; undefined and ambiguous steps cannot run. */
const ranks: readonly (readonly [TestOutcome, ReadonlySet<string>])[] = [
  ['failed', new Set(['failed'])],
  ['errored', new Set(['undefined', 'ambiguous', 'unknown'])],
  ['skipped', new Set(['skipped', 'pending'])],
];

interface Step {
  readonly title: string;
  readonly status: string;
  readonly error: string | null;
  readonly nanoseconds: number;
}

function stepOf(step: unknown): Step {
  return {
    title: `${textAt(step, 'keyword')?.trim() ?? ''} ${textAt(step, 'name') ?? ''}`.trim(),
    status: textAt(step, 'result', 'status')?.toLowerCase() ?? '',
    error: textAt(step, 'result', 'error_message'),
    nanoseconds: numberAt(step, 'result', 'duration') ?? 0,
  };
}

function stepsOf(element: unknown): readonly Step[] {
  return [...listAt(element, 'before'), ...listAt(element, 'steps'), ...listAt(element, 'after')].map(stepOf);
}

function outcomeOf(steps: readonly Step[]): TestOutcome {
  return ranks.find(([, statuses]) => steps.some(({ status }) => statuses.has(status)))?.[0] ?? 'passed';
}

function readScenario(
  scenario: unknown,
  background: readonly Step[],
  feature: unknown,
): Parameters<ReportSink['test']>[0] {
  const steps = [...background, ...stepsOf(scenario)];
  const outcome = outcomeOf(steps);
  const culprit = steps.find(
    ({ status, error }) => error !== null || ranks.some(([, statuses]) => statuses.has(status)),
  );
  const message = culprit === undefined ? null : `${culprit.title} (${culprit.status})`;
  return {
    ...blankTestRun,
    suite: textAt(feature, 'name') ?? '',
    name: textAt(scenario, 'name') ?? textAt(scenario, 'id') ?? textAt(scenario, 'keyword') ?? '',
    file: textAt(feature, 'uri'),
    line: numberAt(scenario, 'line'),
    outcome,
    durationSeconds: steps.reduce((sum, { nanoseconds }) => sum + nanoseconds, 0) / nanosecondsPerSecond,
    failure:
      outcome === 'passed'
        ? null
        : failureFrom(outcome, { message, details: culprit?.error ?? null, type: null }),
  };
}

function readFeature(feature: unknown, sink: ReportSink): void {
  let background: readonly Step[] = [];
  for (const element of listAt(feature, 'elements')) {
    if (textAt(element, 'type') === 'background') {
      background = stepsOf(element);
      continue;
    }
    sink.test(readScenario(element, background, feature));
    background = [];
  }
}

/** Cucumber's `json` formatter, the same in all its languages: a scenario is a test, its background belongs to it. */
export const cucumber: JsonFormat = {
  format: 'cucumber',
  title: 'Cucumber JSON',
  kind: 'tests',
  wellKnownNames: ['**/cucumber.json', '**/cucumber-report.json', '**/cucumber*/*.json'],
  specification: 'https://github.com/cucumber/cucumber-json-schema',
  producers: [
    { tool: 'Cucumber', option: '--format json:cucumber.json' },
    { tool: 'Behave', option: '-f json -o cucumber.json' },
  ],
  syntax: 'json',
  detect: (value) =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(
      (feature) =>
        isJsonObject(feature) && has(feature, 'keyword', 'string') && !has(feature, 'symbol', 'string'),
    ) &&
    value.some((feature) => has(feature, 'elements', 'list')),
  read(value, sink) {
    for (const feature of listOf(value)) readFeature(feature, sink);
  },
};
