import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TestsReport } from '../../../src/model/tests.ts';
import { apartByModule } from '../../../src/reports/collect/apart-by-module.ts';
import { createTestsCollector } from '../../../src/reports/collect/tests.ts';
import { blankTestRun } from '../../../src/reports/formats/shared/blank-test-run.ts';
import { growthOf, inProportion } from '../../cost.ts';

function aReport(folder: string, names: readonly string[]): TestsReport {
  const collector = createTestsCollector(`${folder}/junit.xml`, () => undefined);
  for (const name of names) collector.add({ ...blankTestRun, className: 'Basket', name });
  return collector.finish();
}

function idsByName({ cases }: TestsReport): ReadonlyMap<string, string> {
  return new Map(cases.map(({ name, id }) => [name, id]));
}

/** The rule of the docs, pair by pair: a name is apart when a folder before has it and shares at most half with it. */
function namesApart(folders: readonly (readonly string[])[], position: number): ReadonlySet<string> {
  const own = folders[position] ?? [];
  const modules = folders.slice(0, position).filter((earlier) => {
    const common = earlier.filter((name) => own.includes(name)).length;
    return common * 2 <= Math.max(own.length, earlier.length);
  });
  return new Set(own.filter((name) => modules.some((earlier) => earlier.includes(name))));
}

describe('tests of several folders', () => {
  test('are apart where the folders share at most half of the larger one, in whatever folders', () => {
    const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'), { minLength: 1 });
    fc.assert(
      fc.property(fc.array(names, { minLength: 2, maxLength: 6 }), (folders) => {
        const reports = folders.map((own, position) => aReport(`module-${position}`, own));
        const before = reports.map(idsByName);
        const after = apartByModule(reports).map(idsByName);
        for (const [position, own] of folders.entries()) {
          const changed = own.filter((name) => before[position]?.get(name) !== after[position]?.get(name));
          expect(new Set(changed)).toEqual(namesApart(folders, position));
        }
      }),
      { numRuns: 200 },
    );
  });

  test('cost in proportion to their number, though each shares a test with all others', () => {
    const merge = (count: number): void => {
      const reports = Array.from({ length: count }, (_, position) =>
        aReport(`module-${position}`, ['set-up', `first ${position}`, `second ${position}`]),
      );
      expect(apartByModule(reports)).toHaveLength(count);
    };
    expect(growthOf(merge, 1_000)).toBeLessThan(inProportion);
  });
});
