import { describe, expect, test } from 'vitest';
import type { FailureCause } from '../../../src/model/failure-cause.ts';
import type { SectionId } from '../../../src/model/section-id.ts';
import { plainLayout } from '../../../src/render/comment/section.ts';
import { toldCauses } from '../../../src/render/comment/told-by-tests.ts';
import { aFailedTest, aFailureCause, aSummary, aTestsReport } from '../../builders.ts';

const tests = aTestsReport({ cases: [aFailedTest({ name: 'takes a voucher', file: null, line: null })] });
const named = aFailureCause({ kind: 'test', headline: 'FAIL > takes a voucher' });

function told(cause: FailureCause, layout = {}, found: typeof tests | null = tests): boolean {
  const summary = aSummary({ tests: found, causes: [cause] });
  return toldCauses(summary, { ...plainLayout, ...layout }).byTests.length === 1;
}

describe('the failing tests explain a failed job', () => {
  test('whose log names one of them', () => {
    expect(told(named)).toBe(true);
  });

  test.each([
    ['whose log names none of them', aFailureCause({ kind: 'test', headline: 'FAIL > pays' })],
    ['that failed of something else', { ...named, kind: 'compilation' as const }],
    ['that ran out of memory', { ...named, origin: 'infrastructure' as const }],
  ])('not one %s', (_what, cause) => {
    expect(told(cause)).toBe(false);
  });

  test.each([
    ['no report names them', {}, null],
    ['the project hides them', { hide: ['failed-tests'] as readonly SectionId[] }, tests],
    ['all is shown', { detail: 'full' as const }, tests],
  ])('not where %s', (_what, layout, found) => {
    expect(told(named, layout, found)).toBe(false);
  });

  test('above or below', () => {
    const summary = aSummary({ tests, causes: [named] });
    expect(toldCauses(summary, plainLayout).above).toBe(true);
    expect(toldCauses(summary, { ...plainLayout, order: ['failed-jobs'] }).above).toBe(false);
  });
});
