import { describe, expect, test } from 'vitest';
import type { Summary } from '../../src/model/summary.ts';
import { plainLayout } from '../../src/render/comment/section.ts';
import { failedJobsSection } from '../../src/render/comment/sections/failed-jobs.ts';
import { renderMarkdown } from '../../src/render/markdown/render-markdown.ts';
import { english } from '../../src/render/words/english.ts';
import { aFailedTest, aFailureCause, aJob, aPipelineWithJobs, aSummary, aTestsReport } from '../builders.ts';

const options = { title: null, maxDetails: 3, max: null, version: '1.0.0', layout: plainLayout };

function shown(summary: Partial<Summary>, size: 'full' | 'short' = 'full'): string {
  const section = failedJobsSection(aSummary(summary), english, options);
  return section === null ? '' : renderMarkdown(section[size]);
}

const lines = Array.from({ length: 12 }, (_, index) => ({ number: index + 1, text: `line ${index + 1}.` }));
const testsFailed = aFailureCause({ kind: 'test', headline: 'FAILED tests/a.py::b', excerpt: lines });

describe('failed jobs', () => {
  test('are no section when there are none', () => {
    expect(shown({ pipeline: aPipelineWithJobs([aJob()]) })).toBe('');
  });

  test('of failing tests that a report names are short and closed', () => {
    const text = shown({ causes: [testsFailed], tests: aTestsReport({ cases: [aFailedTest()] }) });
    expect(text).toContain('line 5.');
    expect(text).not.toContain('line 6.');
    expect(text).not.toContain('<details open>');
  });

  test('of failing tests that no report names are shown in full', () => {
    const text = shown({ causes: [testsFailed] });
    expect(text).toContain('line 12.');
    expect(text).toContain('<details open>');
  });

  test('of one cause are shown once, and how many are not named is said', () => {
    const jobs = Array.from({ length: 25 }, (_, index) => aJob({ id: 600 + index, name: `job-${index}` }));
    const text = shown({ causes: [aFailureCause({ jobs })] });
    expect(text.match(/<details/g)).toHaveLength(1);
    expect(text).toContain('and 22 more');
    expect(text).toContain('and 5 more');
  });

  test('lead to the very line of the log, and to none where there is none', () => {
    expect(shown({ causes: [aFailureCause({ line: 28 })] })).toContain('/-/jobs/502#L28)');
    expect(shown({ causes: [aFailureCause({ line: null })] })).not.toContain('#L');
  });

  test('outside of the change come last, under words that say so', () => {
    const outside = aFailureCause({ origin: 'infrastructure', kind: 'disk-full', headline: 'no space left' });
    const text = shown({ causes: [aFailureCause(), outside] });
    expect(text.indexOf('Outside of the change')).toBeGreaterThan(text.indexOf('TS2345'));
    expect(text.indexOf('no space left')).toBeGreaterThan(text.indexOf('Outside of the change'));
  });

  test('beyond what is shown in detail are counted', () => {
    const causes = [1, 2, 3, 4, 5].map((id) => aFailureCause({ jobs: [aJob({ id, name: `job-${id}` })] }));
    expect(shown({ causes })).toContain('2 more causes are in the full report.');
    expect(shown({ causes: [...causes, aFailureCause()] }, 'short')).toContain(
      '1 more cause is in the full report.',
    );
  });

  test.each([
    ['refused', 'GitLab refused the log'],
    ['empty', 'The log is empty or was erased.'],
    ['job-token', 'a bot token in HERALD_TOKEN can'],
    ['over-limit', 'The log was not read'],
    ['start', 'too long to read to its end'],
  ] as const)('whose log was %s say so', (trace, words) => {
    expect(shown({ causes: [aFailureCause({ trace })] })).toContain(words);
  });

  test('in few words name the cause and lead to the line', () => {
    const text = shown({ causes: [aFailureCause()] }, 'short');
    expect(text).toContain(
      '[`types`](https://gitlab.example.com/shop/checkout/-/jobs/502#L28) – Type errors:',
    );
    expect(text).not.toContain('<details');
  });
});
