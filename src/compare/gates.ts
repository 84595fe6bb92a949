import { UsageError } from '../errors.ts';
import { percentOf } from '../model/coverage.ts';
import type { GateVerdict } from '../model/gate.ts';
import type { Summary } from '../model/summary.ts';

/** What gates look at: a summary whose gates are not judged yet. */
export type Judgeable = Omit<Summary, 'gates'>;

type Operator = '<' | '<=' | '>' | '>=';

export interface Condition {
  /** As the user wrote it. */
  readonly text: string;
  readonly name: GateName;
  readonly operator: Operator;
  readonly limit: number;
}

interface Gate {
  readonly name: string;
  readonly meaning: string;
  /** Operator and limit of the bare name (`failures` = more than 0); null when the gate needs a number. */
  readonly bare: { readonly operator: Operator; readonly limit: number } | null;
  readonly example: string;
  /** Null when there is nothing to measure; then `unmeasured` says why, and the gate is `unknown`. */
  measure(summary: Judgeable): number | null;
  readonly unmeasured: string;
  /** What was measured, in words; `undefined` limit texts are added by `judge`. */
  describe(value: number, summary: Judgeable): string;
  readonly remedy: string;
}

const moreThanNone = { operator: '>', limit: 0 } as const;

function rounded(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

function lineCoverage(summary: Judgeable): number | null {
  return summary.coverage === null ? null : percentOf(summary.coverage.totals.lines);
}

function coverageDrop(summary: Judgeable): number | null {
  const now = lineCoverage(summary);
  const before =
    summary.comparison.coverage === null ? null : percentOf(summary.comparison.coverage.before.lines);
  return now === null || before === null ? null : before - now;
}

/** Adding a gate is one entry here; docs and messages come from it. */
export const gates = [
  {
    name: 'failures',
    meaning: 'Tests that fail or cannot run, new or not.',
    bare: moreThanNone,
    example: 'failures',
    measure: ({ tests }) => (tests === null ? null : tests.totals.failed + tests.totals.errored),
    unmeasured: 'no test report was found',
    describe: (value) => counted(value, 'test fails', 'tests fail'),
    remedy: 'mend the failing tests',
  },
  {
    name: 'errors',
    meaning: 'Tests that could not run to a verdict.',
    bare: moreThanNone,
    example: 'errors',
    measure: ({ tests }) => (tests === null ? null : tests.totals.errored),
    unmeasured: 'no test report was found',
    describe: (value) => `${counted(value, 'test', 'tests')} could not run`,
    remedy: 'mend what keeps the tests from running',
  },
  {
    name: 'new-failures',
    meaning:
      'Failing tests that do not fail on the target branch; every failure counts as new without a baseline.',
    bare: moreThanNone,
    example: 'new-failures',
    measure: ({ tests, comparison }) =>
      comparison.tests === null
        ? tests === null
          ? null
          : tests.totals.failed + tests.totals.errored
        : comparison.tests.newFailures.length,
    unmeasured: 'no test report was found',
    describe: (value, { comparison }) =>
      comparison.tests === null
        ? `${counted(value, 'test fails', 'tests fail')} and there is no baseline to tell old failures from new`
        : `${counted(value, 'test fails', 'tests fail')} that ${value === 1 ? 'does' : 'do'} not fail on the target branch`,
    remedy: 'mend the new failures',
  },
  {
    name: 'coverage',
    meaning: 'Line coverage in percent.',
    bare: null,
    example: 'coverage<80',
    measure: lineCoverage,
    unmeasured: 'no coverage report was found',
    describe: (value) => `line coverage is ${rounded(value)} %`,
    remedy: 'cover more lines',
  },
  {
    name: 'coverage-drop',
    meaning: 'How much line coverage fell against the baseline, in percentage points.',
    bare: moreThanNone,
    example: 'coverage-drop>0.5',
    measure: coverageDrop,
    unmeasured: 'there is no coverage to compare with',
    describe: (value) =>
      value > 0
        ? `line coverage fell by ${rounded(value)} pp`
        : `line coverage did not fall (${rounded(-value)} pp up)`,
    remedy: 'cover the lines that this change adds',
  },
  {
    name: 'missing-report',
    meaning: 'Files that were expected and are missing or unreadable, or no report at all.',
    bare: moreThanNone,
    example: 'missing-report',
    measure: ({ files, tests, coverage, findings, metrics }) => {
      const unreadable = files.filter((file) => file.error !== null).length;
      const nothing = [tests, coverage, findings, metrics].every((report) => report === null);
      return unreadable + (nothing ? 1 : 0);
    },
    unmeasured: '',
    describe: (value) =>
      value === 0
        ? 'every report was read'
        : `${counted(value, 'report is', 'reports are')} missing or unreadable`,
    remedy: 'see the warnings for the file and the reason',
  },
] as const satisfies readonly Gate[];

export type GateName = (typeof gates)[number]['name'];

function gateNamed(name: string): (Gate & { readonly name: GateName }) | null {
  return gates.find((gate) => gate.name === name) ?? null;
}

function operatorFrom(text: string): Operator {
  return text === '<' || text === '<=' || text === '>' ? text : '>=';
}

/**
 * Reads one condition of `fail-on`: a gate's name, alone or with `<`, `<=`, `>`, `>=` and a number (`coverage<80`, `coverage-drop>0.5%`).
 * Throws `UsageError` that names the condition and what is possible.
 */
export function parseCondition(text: string): Condition {
  const match = /^([a-z-]+)\s*(?:(<=|>=|<|>)\s*(\d+(?:\.\d+)?)\s*%?)?$/.exec(text.trim());
  const gate = match?.[1] === undefined ? null : gateNamed(match[1]);
  if (match === null || gate === null) {
    const examples = gates.map(({ example }) => example).join(', ');
    throw new UsageError(`fail-on: "${text.slice(0, 80)}" is no condition`, {
      hint: `conditions look like: ${examples}`,
    });
  }
  const [, , operator, limit] = match;
  if (operator !== undefined && limit !== undefined) {
    return { text: text.trim(), name: gate.name, operator: operatorFrom(operator), limit: Number(limit) };
  }
  if (gate.bare === null) {
    throw new UsageError(`fail-on: "${gate.name}" needs a number`, { hint: `for example ${gate.example}` });
  }
  return { text: text.trim(), name: gate.name, ...gate.bare };
}

function holds(value: number, { operator, limit }: Condition): boolean {
  switch (operator) {
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
  }
}

/** The verdict on each condition. A condition that cannot be measured is `unknown`, which fails nothing and is said. */
export function judgeGates(conditions: readonly Condition[], summary: Judgeable): readonly GateVerdict[] {
  return conditions.map((condition) => {
    const gate = gateNamed(condition.name);
    const base = { condition: condition.text, grade: 'fail', override: null } as const;
    const value = gate?.measure(summary) ?? null;
    if (gate === null || value === null) {
      return {
        ...base,
        outcome: 'unknown',
        message: `not judged: ${gate?.unmeasured ?? 'unknown gate'}`,
      };
    }
    const found = gate.describe(value, summary);
    return holds(value, condition)
      ? { ...base, outcome: 'failed', message: `${found}; ${gate.remedy}` }
      : { ...base, outcome: 'passed', message: found };
  });
}
