import type { Summary } from '../../../model/summary.ts';
import { isFailing, type TestCase } from '../../../model/tests.ts';
import { failingTests } from '../verdict.ts';
import { shellWord } from './shell-quote.ts';
import { type Rerun, rerunOf } from './tools.ts';

/** Longer lines nobody copies. */
const maxLine = 1_000;
const maxLines = 10;

export interface RerunCommands {
  /** Each a line for a POSIX shell. */
  readonly lines: readonly string[];
  /** How many failing tests are in none of them. */
  readonly without: number;
}

function lineOf({ before, words }: Rerun, names: readonly string[]): string | null {
  const quoted = [...before, ...words(names)].map((word) => shellWord(word));
  const known = quoted.filter((word) => word !== null);
  return known.length === quoted.length ? known.join(' ') : null;
}

interface Line {
  readonly rerun: Rerun;
  readonly names: string[];
}

/** Adds a test to the line of its tool; false when no command can name it, or the line would be too long. */
function add(lines: Map<string, Line>, rerun: Rerun): boolean {
  if (lineOf(rerun, [rerun.name]) === null) return false;
  const key = rerun.before.join('\n');
  const line = lines.get(key) ?? { rerun, names: [] };
  if (line.names.includes(rerun.name)) return true;
  // Each name alone is safe; together they may be longer than a word may be.
  const together = lineOf(rerun, [...line.names, rerun.name]);
  if (together === null || together.length > maxLine || (line.names.length === 0 && lines.size >= maxLines))
    return false;
  line.names.push(rerun.name);
  lines.set(key, line);
  return true;
}

/** New failures before known ones. */
function failingCases({ tests, comparison }: Summary): readonly TestCase[] {
  const failing = tests?.cases.filter(({ outcome }) => isFailing(outcome)) ?? [];
  const fresh = new Set(comparison.tests?.newFailures.map(({ id }) => id) ?? []);
  return [...failing.filter(({ id }) => fresh.has(id)), ...failing.filter(({ id }) => !fresh.has(id))];
}

/**
 * Commands that run the failing tests again, by tool. A test is counted instead where its report does not show the tool
 * for certain, or where its name cannot be quoted safely: names are of strangers.
 */
export function rerunCommands(summary: Summary): RerunCommands {
  const formats = new Map(summary.files.map(({ path, format }) => [path, format]));
  const lines = new Map<string, Line>();
  let named = 0;
  for (const test of failingCases(summary)) {
    const { report } = test;
    const rerun = rerunOf({ test, report, format: formats.get(report) ?? '' });
    if (rerun !== null && add(lines, rerun)) named += 1;
  }
  return {
    lines: [...lines.values()].flatMap(({ rerun, names }) => lineOf(rerun, names) ?? []),
    without: failingTests(summary) - named,
  };
}
