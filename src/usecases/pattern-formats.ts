import { UsageError } from '../errors.ts';
import type { ReportFormat } from '../reports/format.ts';
import { patternFormat } from '../reports/formats/pattern.ts';
import { readyPatternFormat } from '../reports/formats/shared/ready-pattern.ts';
import { readyPatterns } from '../reports/formats/shared/ready-patterns.ts';
import { builtInFormats, type ListedFormat } from '../reports/listed-formats.ts';

function readyFormat(name: string): ReportFormat {
  const pattern = readyPatterns.find((ready) => ready.name === name);
  if (pattern !== undefined) return readyPatternFormat(pattern);
  const names = readyPatterns.map((ready) => ready.name).join(', ');
  throw new UsageError(`patterns: unknown ready pattern "${name.slice(0, 80)}"`, {
    hint: `one of ${names}, or one of your own: shell=^(?<path>[^:]+):(?<line>\\d+): (?<message>.*)$`,
  });
}

/** One of the project's own, `name=expression`, or names of ready ones. */
function formatsOfEntry(entry: string): readonly ReportFormat[] {
  const text = entry.trim();
  const [, name, pattern] = /^([\w.-]{1,60})\s*=\s*(.+)$/s.exec(text) ?? [];
  if (name !== undefined && pattern !== undefined)
    return [patternFormat({ name, tool: name, pattern, category: 'quality', severity: 'medium' })];
  if (!/^[\w.-]+(?:[\s,]+[\w.-]+)*$/.test(text)) {
    throw new UsageError(`patterns: "${entry.slice(0, 80)}" has no name`, {
      hint: 'for example: shell=^(?<path>[^:]+):(?<line>\\d+): (?<message>.*)$',
    });
  }
  return text.split(/[\s,]+/).map(readyFormat);
}

/**
 * The formats of a run: those that the project describes (`name=expression`) or names (`gcc`, `tsc`, …) before the
 * built-in ones, so that a text both could read is the project's. Throws `UsageError` for an entry without a name, for
 * a name that no ready pattern has, and for a pattern that cannot be used.
 */
export function formatsWith(patterns: readonly string[]): readonly ListedFormat[] {
  return [...patterns.flatMap(formatsOfEntry), ...builtInFormats];
}
