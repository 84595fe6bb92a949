import type { RawFinding } from '../../collect/findings.ts';
import type { ReportSink } from '../../format.ts';
import { blankFinding } from './blank-finding.ts';

/** How a mutant ended, for every tool alike. */
export type MutantFate = 'detected' | 'survived' | 'uncovered' | 'invalid';

export interface Mutant {
  readonly tool: string;
  readonly fate: MutantFate;
  /** What was changed: the name of the mutator. */
  readonly rule: string;
  /** What it was changed into, in the tool's words. */
  readonly message: string;
  readonly path: string | null;
  readonly line: number | null;
  readonly endLine: number | null;
  readonly column: number | null;
}

/** Counts the mutants of one report. */
export interface Mutants {
  add(mutant: Mutant): void;
  /** Gives the score. */
  end(tool: string): void;
}

function findingOf({ tool, fate, rule, message, path, line, endLine, column }: Mutant): RawFinding {
  const words = fate === 'survived' ? 'no test fails when this is changed' : 'no test runs this';
  return {
    ...blankFinding,
    category: 'quality',
    tool,
    rule,
    severity: fate === 'survived' ? 'medium' : 'low',
    message: message === '' ? words : `${words}: ${message}`,
    path,
    line,
    endLine,
    column,
  };
}

/**
 * Starts the account of a mutation report. Mutants that no test detected are findings on their line: medium where tests
 * ran the code and none failed, low where none ran it. The score, detected of valid mutants, is a metric; those that do
 * not compile or that the user excluded do not belong to it.
 */
export function createMutants(sink: ReportSink): Mutants {
  const counts: Record<MutantFate, number> = { detected: 0, survived: 0, uncovered: 0, invalid: 0 };
  return {
    add(mutant) {
      counts[mutant.fate] += 1;
      if (mutant.fate === 'survived' || mutant.fate === 'uncovered') sink.finding(findingOf(mutant), null);
    },
    end(tool) {
      const { detected, survived, uncovered } = counts;
      const valid = detected + survived + uncovered;
      if (valid === 0) return;
      const figure = { group: tool, labels: {} };
      sink.metric({
        ...figure,
        name: 'mutation score',
        value: (100 * detected) / valid,
        unit: 'percent',
        better: 'higher',
      });
      sink.metric({ ...figure, name: 'mutants', value: valid, unit: 'count', better: null });
    },
  };
}
