import type { Summary } from '../../../model/summary.ts';
import { completeFix } from '../../../reports/formats/shared/whole-line-fix.ts';

/** The new findings, with what a tool offers to change in parts of lines as whole lines, where the lines are known; else without it. */
export function withCompleteFixes(
  summary: Summary,
  sources: ReadonlyMap<string, readonly string[]>,
): Summary {
  const { comparison } = summary;
  const { findings } = comparison;
  if (findings === null) return summary;
  const fresh = findings.fresh.map((one) => {
    const { path, fix } = one.finding;
    const lines = path === null ? undefined : sources.get(path);
    const completed = fix === null ? null : completeFix(fix, (line) => lines?.[line - 1] ?? null);
    return completed === fix ? one : { ...one, finding: { ...one.finding, fix: completed } };
  });
  return { ...summary, comparison: { ...comparison, findings: { ...findings, fresh } } };
}
