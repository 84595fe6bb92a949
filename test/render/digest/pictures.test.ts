import { describe, expect, test } from 'vitest';
import type { MeasuredFigure } from '../../../src/model/digest.ts';
import { digestPage } from '../../../src/render/digest/digest-page.ts';
import { englishDigest } from '../../../src/render/words/english-digest.ts';
import { germanDigest } from '../../../src/render/words/german-digest.ts';
import { aDigest, aMeasured } from './a-digest.ts';

const hour = 3_600;

/** A figure with these values, a week each. */
function course(
  id: string,
  values: readonly (number | null)[],
  given: Partial<MeasuredFigure> = {},
): MeasuredFigure {
  const { series } = aMeasured();
  const weeks = values.map((value, index) => ({
    from: (series[0]?.from ?? 0) + index * 7 * 86_400_000,
    until: (series[0]?.from ?? 0) + (index + 1) * 7 * 86_400_000,
    value,
    n: value === null ? 0 : 5,
  }));
  return aMeasured({
    id,
    section: 'merge-requests',
    unit: 'seconds',
    better: 'lower',
    series: weeks,
    ...given,
  });
}

function pageOf(figures: readonly MeasuredFigure[], words = englishDigest): string {
  return digestPage(aDigest({ figures }), words);
}

/** The attributes of the rectangles of a class. */
function boxes(page: string, fill: string): readonly { readonly y: number; readonly height: number }[] {
  const found = page.matchAll(
    new RegExp(`<rect class="${fill}" x="[\\d.]+" y="([\\d.]+)" width="[\\d.]+" height="([\\d.]+)"`, 'g'),
  );
  return [...found].map(([, y, height]) => ({ y: Number(y), height: Number(height) }));
}

describe('the cycle time by part', () => {
  const figures = [
    course('coding-time', [hour, 2 * hour]),
    course('pickup-time', [3 * hour, null]),
    course('merge-time', [2 * hour, 2 * hour]),
  ];

  test('stands as bars whose parts lie one on the other, as high as they last', () => {
    const page = pageOf(figures);
    const [coding, pickup, merge] = [boxes(page, 'part-1'), boxes(page, 'part-3'), boxes(page, 'part-5')];
    expect([coding.length, pickup.length, merge.length]).toEqual([2, 1, 2]);
    const unit = (coding[0]?.height ?? 0) / 1;
    expect((coding[1]?.height ?? 0) / unit).toBeCloseTo(2, 1);
    expect((pickup[0]?.height ?? 0) / unit).toBeCloseTo(3, 1);
    expect((pickup[0]?.y ?? 0) + (pickup[0]?.height ?? 0)).toBeCloseTo(coding[0]?.y ?? 0, 1);
    expect((merge[0]?.y ?? 0) + (merge[0]?.height ?? 0)).toBeCloseTo(pickup[0]?.y ?? 0, 1);
    // A part without a value leaves no hole.
    expect((merge[1]?.y ?? 0) + (merge[1]?.height ?? 0)).toBeCloseTo(coding[1]?.y ?? 0, 1);
  });

  test('has its values in a table and no further plots', () => {
    const page = pageOf(figures);
    expect(page.match(/<figure/g)).toHaveLength(1);
    expect(page).toMatch(
      /<th scope="col"[^>]*>Coding time<th[^>]*>Wait for a review<th[^>]*>Approval to merge</,
    );
    expect(page).toMatch(/2026-11-01<td>2026-11-07<td class="right">1\u00A0?h/);
    expect(page).toContain('medians do not add up');
  });

  test('is not drawn of one week or one part: then each has its own line', () => {
    expect(pageOf([course('coding-time', [hour, 2 * hour])])).not.toContain('Cycle time by part');
    expect(pageOf(figures.map((one) => ({ ...one, series: one.series.slice(0, 1) })))).not.toContain(
      '<figure',
    );
  });
});

describe('the ribbon of the default branch', () => {
  const red = course('default-branch-red', [0, 0.5, 1, null], { section: 'ci', unit: 'share' });

  test('is red from below as far as the branch was red, and empty where nobody knows', () => {
    const page = pageOf([red]);
    const [greens, reds] = [boxes(page, 'green'), boxes(page, 'red')];
    expect(greens.map(({ height }) => height)).toEqual([40, 40, 40]);
    expect(reds.map(({ height }) => height)).toEqual([20, 40]);
    expect(reds.every(({ y, height }) => y + height === 48)).toBe(true);
    expect(boxes(page, 'unknown')).toHaveLength(1);
    expect(page).toContain('Red at some time in 2 of 3 intervals.');
    expect(page).toContain('Not known');
    expect(page).toMatch(/<td class="right">50(?:\.0)?[\s\u00A0\u202F]*%</);
  });

  test('speaks German', () => {
    const page = pageOf([red], germanDigest);
    expect(page).toContain('Zeitweise rot in 2 von 3 Zeitabschnitten.');
    expect(page).not.toContain('Not known');
  });
});
