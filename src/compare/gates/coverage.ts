import { type CoverageUnit, type CoveredOf, percentOf } from '../../model/coverage.ts';
import { type Gate, type Judgeable, notCompared } from '../gate.ts';

function linePercent({ coverage }: Judgeable): number | null {
  return coverage === null ? null : percentOf(coverage.totals.lines);
}

/** What the percentage is of. */
function unitOf({ coverage }: Judgeable): CoverageUnit {
  return coverage?.unit ?? 'lines';
}

function branchesOf({ coverage }: Judgeable): CoveredOf | null {
  return coverage?.totals.branches ?? null;
}

export const coverageGates = [
  {
    name: 'coverage',
    meaning: 'Line coverage in percent; statement coverage where the tools count statements.',
    takes: ['number', 'percent'],
    bare: false,
    example: 'coverage<80',
    measure(summary) {
      const percent = linePercent(summary);
      return percent === null
        ? null
        : { value: percent, found: (words) => words.coverage(unitOf(summary), percent) };
    },
    unmeasured: 'no-coverage',
    remedy: 'cover-lines',
  },
  {
    name: 'branch-coverage',
    meaning: 'Branch coverage in percent.',
    takes: ['number', 'percent'],
    bare: false,
    example: 'branch-coverage<70',
    measure(summary) {
      const branches = branchesOf(summary);
      const percent = branches === null ? null : percentOf(branches);
      return percent === null ? null : { value: percent, found: (words) => words.branches(percent) };
    },
    unmeasured: ({ coverage }) => (coverage === null ? 'no-coverage' : 'no-branches'),
    remedy: 'cover-branches',
  },
  {
    name: 'coverage-drop',
    meaning: 'How much line coverage fell against the baseline, in percentage points.',
    takes: ['number', 'percent'],
    bare: true,
    example: 'coverage-drop>0.5',
    measure(summary) {
      const now = linePercent(summary);
      const before = summary.comparison.coverage;
      const earlier = before === null ? null : percentOf(before.before.lines);
      if (now === null || earlier === null) return null;
      const drop = earlier - now;
      return { value: drop, found: (words) => words.drop(unitOf(summary), drop) };
    },
    unmeasured: notCompared('coverage', 'no-coverage', 'no-earlier-coverage'),
    remedy: 'cover-added-lines',
  },
  {
    name: 'patch-coverage',
    meaning: 'Line coverage of the lines that the merge request adds or changes, in percent.',
    takes: ['number', 'percent'],
    bare: false,
    example: 'patch-coverage<80',
    measure({ comparison }) {
      const lines = comparison.patch?.lines ?? null;
      const percent = lines === null ? null : percentOf(lines);
      if (lines === null || percent === null) return null;
      const uncovered = lines.total - lines.covered;
      return { value: percent, found: (words) => words.patch(percent, uncovered) };
    },
    unmeasured({ comparison, coverage }) {
      if (comparison.patch !== null) return 'no-changed-lines';
      return coverage === null ? 'no-coverage' : 'no-diff';
    },
    remedy: 'cover-changed-lines',
  },
] as const satisfies readonly Gate[];
