import { describe, expect, test } from 'vitest';
import { summaryPhrases, testsPhrase } from '../../../src/render/comment/headline-phrases.ts';
import { failingTests, verdictOf } from '../../../src/render/comment/verdict.ts';
import { english } from '../../../src/render/words/english.ts';
import { situations } from '../situations.ts';

const bad = Object.entries(situations).filter(
  ([, summary]) =>
    summary.tests !== null &&
    failingTests(summary) === 0 &&
    ['failed', 'warning'].includes(verdictOf(summary)),
);

describe('what is not well comes before tests that pass', () => {
  test('there are situations of this kind', () => {
    expect(bad.length).toBeGreaterThan(5);
  });

  test.each(bad)('%s', (_name, summary) => {
    const said = testsPhrase(summary, english) ?? '';
    const [first] = summaryPhrases(summary, english);
    if (said.includes('pass')) expect(first).not.toBe(said);
    else expect(first).toBe(said);
  });
});
