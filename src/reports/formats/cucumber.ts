import { counted } from '../../model/plural.ts';
import type { TestOutcome } from '../../model/tests.ts';
import type { JsonFormat, ReportSink } from '../format.ts';
import { blankTestRun, failureFrom } from './shared/blank-test-run.ts';
import { entriesOf, someLookLike } from './shared/json-entries.ts';
import { has, itemsAt, itemsOf, listAt, listOf, numberAt, textAt, textsAt } from './shared/json-value.ts';
import { tallyTests } from './shared/test-tally.ts';

const nanosecondsPerSecond = 1e9;

/** The worst step decides: https://cucumber.io/docs/cucumber/api/#step-results; undefined and ambiguous steps cannot run. */
const ranks: readonly (readonly [TestOutcome, ReadonlySet<string>])[] = [
  ['failed', new Set(['failed'])],
  ['errored', new Set(['undefined', 'ambiguous', 'unknown', 'error', 'hook_error', 'cleanup_error'])],
  ['skipped', new Set(['skipped', 'pending', 'untested'])],
];

interface Step {
  readonly title: string;
  readonly status: string;
  readonly error: string | null;
  readonly duration: number;
  /** Where the code of the step is: in Ruby, `features/steps.rb:1`. */
  readonly code: string;
}

/** `features/till.feature:4`, which Behave writes instead of `uri` and `line`. */
function placeOf(element: unknown): { readonly file: string | null; readonly line: number | null } {
  const match = /^(.+):(\d{1,9})$/.exec(textAt(element, 'location') ?? '');
  return { file: match?.[1] ?? null, line: match === null ? null : Number(match[2]) };
}

function stepOf(step: unknown): Step {
  return {
    title: `${textAt(step, 'keyword')?.trim() ?? ''} ${textAt(step, 'name') ?? ''}`.trim(),
    status: textAt(step, 'result', 'status')?.toLowerCase() ?? '',
    // Behave writes a list of lines.
    error:
      textAt(step, 'result', 'error_message') ??
      (textsAt(step, 'result', 'error_message').join('\n') || null),
    duration: numberAt(step, 'result', 'duration') ?? 0,
    code: textAt(step, 'match', 'location') ?? '',
  };
}

function stepsOf(element: unknown): readonly Step[] {
  const steps = listAt(element, 'steps').flatMap((step) => [
    ...listAt(step, 'before'),
    step,
    ...listAt(step, 'after'),
  ]);
  return [...listAt(element, 'before'), ...steps, ...listAt(element, 'after')].map(stepOf);
}

interface Verdict {
  readonly outcome: TestOutcome;
  /** The first step that decided it. */
  readonly culprit: Step | undefined;
}

/**
 * By the steps; where none says anything against it, by what Behave says of the scenario. A step without a status has
 * not run.
 */
function verdictOf(steps: readonly Step[], scenario: unknown): Verdict {
  const status = textAt(scenario, 'status')?.toLowerCase() ?? '';
  const isSilent = steps.every((step) => step.status === '' || step.status === 'passed');
  const title = 'the scenario';
  const told =
    status !== '' && isSilent
      ? [{ title, status, error: null, duration: 0, code: '' }]
      : steps.map((step) => (step.status === '' ? { ...step, status: 'untested' } : step));
  for (const [outcome, statuses] of ranks) {
    const culprit = told.find((step) => statuses.has(step.status));
    if (culprit !== undefined) return { outcome, culprit };
  }
  return { outcome: 'passed', culprit: undefined };
}

function failureOf(outcome: TestOutcome, { title, status, error }: Step): ReturnType<typeof failureFrom> {
  return failureFrom(outcome, { message: `${title || 'a hook'} (${status})`, details: error, type: null });
}

function readScenario(
  scenario: unknown,
  background: readonly Step[],
  feature: unknown,
): Parameters<ReportSink['test']>[0] {
  const steps = [...background, ...stepsOf(scenario)];
  const { outcome, culprit } = verdictOf(steps, scenario);
  const place = placeOf(scenario);
  const name = textAt(scenario, 'name') ?? textAt(scenario, 'id') ?? textAt(scenario, 'keyword');
  const unitsPerSecond = textAt(feature, 'uri') === null && place.file !== null ? 1 : nanosecondsPerSecond;
  return {
    ...blankTestRun,
    suite: textAt(feature, 'name') ?? '',
    name: name ?? '',
    file: textAt(feature, 'uri') ?? place.file,
    line: numberAt(scenario, 'line') ?? place.line,
    outcome,
    durationSeconds: steps.reduce((sum, { duration }) => sum + duration, 0) / unitsPerSecond,
    failure: culprit === undefined ? null : failureOf(outcome, culprit),
  };
}

/**
 * True for a step that is still to be written, which fails the run: by default in JavaScript, always in Java; Ruby has
 * to be asked for it. https://github.com/cucumber/cucumber-js/blob/main/docs/configuration.md
 */
function isStrictlyPending({ status, code }: Step): boolean {
  return status === 'pending' && !/\.rb(?::\d|$)/.test(code);
}

/** Gives the number of scenarios that are pending. */
function readFeature(feature: unknown, target: ReportSink): number {
  const { sink, failing } = tallyTests(target);
  let pending = 0;
  let background: readonly Step[] = [];
  for (const element of entriesOf(itemsAt(feature, 'elements'), 'elements of a feature', sink)) {
    if (textAt(element, 'type') === 'background') {
      // Behave gives the steps of a background no result here: they come again in the scenario.
      background = stepsOf(element).filter(({ status }) => status !== '');
      continue;
    }
    const run = readScenario(element, background, feature);
    sink.test(run);
    if (run.outcome === 'skipped' && stepsOf(element).some(isStrictlyPending)) pending += 1;
    background = [];
  }
  // A background that failed and whose scenario is not there.
  if (background.some(({ status }) => status === 'failed'))
    sink.test(readScenario({ name: 'Background' }, background, feature));
  if (textAt(feature, 'status')?.toLowerCase() === 'failed' && failing() === 0)
    sink.failed(`feature ${textAt(feature, 'name') ?? ''} failed, but no scenario in it failed`);
  return failing() > 0 ? 0 : pending;
}

/**
 * Cucumber's `json` formatter, the same in all its languages, and Behave's: a scenario is a test, its background
 * belongs to it.
 */
export const cucumber: JsonFormat = {
  format: 'cucumber',
  title: 'Cucumber JSON',
  kind: 'tests',
  unit: 'Each scenario, and each row of an outline, is one test.',
  reruns: 'Nothing: Cucumber writes the last attempt only.',
  wellKnownNames: ['**/cucumber.json', '**/cucumber-report.json', '**/cucumber*/*.json'],
  specification: 'https://github.com/cucumber/cucumber-json-schema',
  producers: [
    { tool: 'Cucumber', option: '--format json:cucumber.json' },
    { tool: 'Behave', option: '-f json -o cucumber.json' },
  ],
  syntax: 'json',
  lists: ['[]', '[].elements[]'],
  detect: (value) =>
    someLookLike(
      listOf(value),
      (feature) => has(feature, 'keyword', 'string') && has(feature, 'elements', 'list'),
    ),
  read(value, sink) {
    let pending = 0;
    for (const feature of entriesOf(itemsOf(value), 'features', sink)) pending += readFeature(feature, sink);
    if (pending > 0)
      sink.failed(
        `${counted(pending, { one: 'scenario is', other: 'scenarios are' })} pending, which fails a strict run`,
      );
  },
};
