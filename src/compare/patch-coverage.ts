import type { PatchCoverage } from '../model/comparison.ts';
import type { CoverageReport } from '../model/coverage.ts';
import type { Diff } from '../model/diff.ts';

/** Coverage of the lines that the diff adds or changes; null when the reports hold no lines or the diff adds none. */
export function patchCoverage(_coverage: CoverageReport, _diff: Diff): PatchCoverage | null {
  return null;
}
