import { type CoveredOf, percentOf } from '../../model/coverage.ts';
import { counted, type Gate, type Judgeable, rounded } from '../gate.ts';

const noCoverage = 'no coverage report was found';

function linePercent({ coverage }: Judgeable): number | null {
  return coverage === null ? null : percentOf(coverage.totals.lines);
}

/** What the percentage is of, in words. */
function figureOf({ coverage }: Judgeable): string {
  const names = {
    lines: 'line coverage',
    statements: 'statement coverage',
    mixed: 'line and statement coverage',
  };
  return names[coverage?.unit ?? 'lines'];
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
        : { value: percent, found: `${figureOf(summary)} is ${rounded(percent)} %` };
    },
    unmeasured: noCoverage,
    remedy: 'cover more lines',
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
      return percent === null ? null : { value: percent, found: `branch coverage is ${rounded(percent)} %` };
    },
    unmeasured: 'no report measures branches',
    remedy: 'cover more branches',
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
      const found =
        drop > 0
          ? `${figureOf(summary)} fell by ${rounded(drop)} pp`
          : `${figureOf(summary)} did not fall (${rounded(-drop)} pp up)`;
      return { value: drop, found };
    },
    unmeasured:
      'coverage is missing in this run or in the baseline, or the two count different things (lines, statements)',
    remedy: 'cover the lines that this change adds',
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
      return {
        value: percent,
        found: `coverage of the changed lines is ${rounded(percent)} % (${counted(uncovered, 'line', 'lines')} not covered)`,
      };
    },
    unmeasured: 'the coverage reports do not measure any changed line',
    remedy: 'cover the changed lines',
  },
] as const satisfies readonly Gate[];
