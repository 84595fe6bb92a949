import type { FailureCause } from '../../model/failure-cause.ts';
import type { Summary } from '../../model/summary.ts';
import { isFailing, type TestCase } from '../../model/tests.ts';
import { arranged } from './arrange.ts';
import type { Layout } from './section.ts';
import { failingTests } from './verdict.ts';

/** Shorter names are in any log by chance. */
const leastName = 4;

/** What a log prints of a failing test: its name, the place where it failed, what it says. */
function signsOf({ name, file, line, failure }: TestCase): readonly string[] {
  const [message = ''] = (failure?.message ?? '').split('\n', 1);
  const place = file === null || line === null ? '' : `${file}:${line}`;
  return [name, place, message.trim()].filter((sign) => sign.length >= leastName);
}

function isNamed({ headline, excerpt }: FailureCause, signs: readonly string[]): boolean {
  const said = [headline, ...excerpt.map((line) => line.text)].join('\n');
  return signs.some((sign) => said.includes(sign));
}

export interface ToldCauses {
  /** Of jobs that failed because of tests that the comment shows: a line is enough. */
  readonly byTests: readonly FailureCause[];
  readonly others: readonly FailureCause[];
  /** How many failing tests there are. */
  readonly failing: number;
  /** False where the project shows its failing tests below its failed jobs. */
  readonly above: boolean;
}

/**
 * Parts causes that failing tests explain from the others. A job counts only when its log names one of the tests: one
 * whose tests are in no report has its own lines shown.
 */
export function toldCauses(summary: Summary, layout: Layout): ToldCauses {
  const { causes, tests } = summary;
  const failing = failingTests(summary);
  const order = arranged(layout);
  const place = order.indexOf('failed-tests');
  const nothing = { byTests: [], others: causes, failing, above: true };
  // The full report shows what each log says.
  if (failing === 0 || place < 0 || layout.detail === 'full') return nothing;
  const cases = tests?.cases.filter(({ outcome }) => isFailing(outcome)) ?? [];
  const signs = cases.flatMap(signsOf);
  const isTold = (cause: FailureCause): boolean =>
    cause.kind === 'test' && cause.origin !== 'infrastructure' && isNamed(cause, signs);
  return {
    byTests: causes.filter(isTold),
    others: causes.filter((cause) => !isTold(cause)),
    failing,
    above: place < order.indexOf('failed-jobs'),
  };
}
