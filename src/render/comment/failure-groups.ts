import type { TestCase } from '../../model/tests.ts';
import { comparedValues } from './failure-reason.ts';

/** Fewer tests than this with one message are listed one by one. */
const smallestGroup = 3;
const maxMessage = 4_000;

/** Tests that fail alike, in the order they were given; one that fails like no other is alone. */
export type FailureGroup = readonly [TestCase, ...TestCase[]];

/** Words of a comparison: its numbers are what the test is about. */
const comparison =
  /\b(?:expect(?:ed|s|ing)?|assert\w*|actual|received|want(?:ed)?|got|equals?|differs?)\b|[!=]=|<>/i;
/** Addresses and ids, which are new in each run. */
const identifiers = /\b(?:0x[\da-f]+|[\da-f]{8,})\b/gi;

/**
 * What makes failures alike: all that a reader would act on. That is the type, the whole message, and where two values
 * are compared, both of them and their diff. Of other messages numbers do not count: ports, durations, counters. Null
 * for a test without a message: silence is not a common cause.
 */
function signatureOf({ failure }: TestCase): string | null {
  if (failure === null || failure.message.trim() === '') return null;
  const { type, message } = failure;
  const compared = comparedValues(failure);
  const told = message.slice(0, maxMessage).replace(identifiers, '#');
  const isComparison = compared.length > 0 || comparison.test(`${type ?? ''} ${message}`);
  return [type ?? '', isComparison ? told : told.replace(/\b\d+\b/g, '#'), ...compared].join('\n');
}

/** Groups failures that have one cause as far as their messages show, so that three hundred of them read as one. */
export function groupFailures(tests: readonly TestCase[]): readonly FailureGroup[] {
  const signatures = tests.map(signatureOf);
  const byCause = new Map<string, TestCase[]>();
  for (const [index, test] of tests.entries()) {
    const signature = signatures[index] ?? null;
    if (signature === null) continue;
    const alike = byCause.get(signature);
    if (alike === undefined) byCause.set(signature, [test]);
    else alike.push(test);
  }
  const groups: FailureGroup[] = [];
  for (const [index, test] of tests.entries()) {
    const alike = byCause.get(signatures[index] ?? '') ?? [];
    if (alike.length < smallestGroup) groups.push([test]);
    else if (alike[0] === test) groups.push([test, ...alike.slice(1)]);
  }
  return groups;
}
