import type { TestCase } from '../../model/tests.ts';

/** Fewer tests than this with one message are listed one by one. */
const smallestGroup = 3;

/** Tests that fail alike, in the order they were given; one that fails like no other is alone. */
export type FailureGroup = readonly [TestCase, ...TestCase[]];

/**
 * What makes failures alike: type and first line of the message, in which numbers, addresses and ids differ from test
 * to test. Null for one that gives no message: silence is not a common cause.
 */
function signatureOf({ failure }: TestCase): string | null {
  const [line = ''] = (failure?.message ?? '').split('\n', 1);
  if (failure === null || line.trim() === '') return null;
  const general = line.slice(0, 300).replace(/\b(?:0x[\da-f]+|[\da-f]{8,}|\d+)\b/gi, '#');
  return `${failure.type ?? ''}\n${general}`;
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
