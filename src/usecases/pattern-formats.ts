import { UsageError } from '../errors.ts';
import type { ReportFormat } from '../reports/format.ts';
import { patternFormat } from '../reports/formats/pattern.ts';
import { formats } from '../reports/registry.ts';

/**
 * The formats of a run: those that the project describes (`name=expression`) before the built-in ones, so that a text both could read is
 * the project's. Throws `UsageError` for an entry without a name and for a pattern that cannot be used.
 */
export function formatsWith(patterns: readonly string[]): readonly ReportFormat[] {
  const own = patterns.map((entry) => {
    const [, name, pattern] = /^([\w.-]{1,60})\s*=\s*(.+)$/s.exec(entry.trim()) ?? [];
    if (name === undefined || pattern === undefined) {
      throw new UsageError(`patterns: "${entry.slice(0, 80)}" has no name`, {
        hint: 'for example: shell=^(?<path>[^:]+):(?<line>\\d+): (?<message>.*)$',
      });
    }
    return patternFormat({ name, tool: name, pattern, category: 'quality', severity: 'medium' });
  });
  return [...own, ...formats];
}
