import { describe, expect, test } from 'vitest';
import { counted, formIn, pluralCategories } from '../../src/model/plural.ts';

describe('plurals', () => {
  test.each(Object.entries(pluralCategories))('have the forms that %s has', (tag, categories) => {
    const inCldr = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
    expect([...categories].sort()).toEqual([...inCldr].sort());
  });

  test.each([
    [0, '0 jobs'],
    [1, '1 job'],
    [2, '2 jobs'],
    [1204, '1204 jobs'],
  ])('say %i as "%s"', (count, words) => {
    expect(counted(count, { one: 'job', other: 'jobs' })).toBe(words);
  });

  test('know German forms', () => {
    const forms = { one: 'Lauf', other: 'Läufe' };
    expect([0, 1, 2].map((count) => formIn('de', count, forms))).toEqual(['Läufe', 'Lauf', 'Läufe']);
  });
});
