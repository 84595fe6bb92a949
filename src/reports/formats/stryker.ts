import type { JsonFormat } from '../format.ts';
import { someLookLike } from './shared/json-entries.ts';
import {
  anyTextAt,
  has,
  isJsonObject,
  listAt,
  membersOf,
  numberAt,
  objectOf,
  textAt,
  valueAt,
} from './shared/json-value.ts';
import { createMutants, type Mutant, type MutantFate } from './shared/mutants.ts';

// https://stryker-mutator.io/docs/mutation-testing-elements/mutant-states-and-metrics/
const fates = new Map<string, MutantFate>([
  ['Killed', 'detected'],
  ['Timeout', 'detected'],
  ['Survived', 'survived'],
  ['NoCoverage', 'uncovered'],
  ['CompileError', 'invalid'],
  ['RuntimeError', 'invalid'],
  ['Ignored', 'invalid'],
]);

function messageOf(mutant: unknown): string {
  const replacement = textAt(mutant, 'replacement');
  const description = textAt(mutant, 'description');
  return description ?? (replacement === null ? '' : `replaced with ${replacement}`);
}

function mutantOf(value: unknown, path: string, fate: MutantFate): Mutant {
  return {
    tool: 'Stryker',
    fate,
    rule: anyTextAt(value, 'mutatorName'),
    message: messageOf(value),
    path,
    line: numberAt(value, 'location', 'start', 'line'),
    endLine: numberAt(value, 'location', 'end', 'line'),
    column: numberAt(value, 'location', 'start', 'column'),
  };
}

/** The report of the Stryker family, by the schema of mutation-testing-elements. Infection and mutant write it too. */
export const stryker: JsonFormat = {
  format: 'stryker',
  title: 'Mutation testing report (Stryker)',
  kind: 'findings',
  alsoKind: 'metrics',
  wellKnownNames: ['**/reports/mutation/mutation.json', '**/mutation-report.json'],
  specification:
    'https://github.com/stryker-mutator/mutation-testing-elements/blob/master/packages/report-schema/src/mutation-testing-report-schema.json',
  producers: [
    { tool: 'StrykerJS', option: '--reporters json' },
    { tool: 'Stryker.NET', option: '--reporter json' },
    { tool: 'Infection', option: '--logger-json' },
  ],
  syntax: 'json',
  lists: ['files{}'],
  detect(value) {
    const files = Object.values(objectOf(valueAt(value, 'files')));
    return (
      isJsonObject(valueAt(value, 'files')) &&
      (someLookLike(files, (file) => has(file, 'mutants', 'list')) ||
        (files.length === 0 && has(value, 'schemaVersion', 'string') && has(value, 'thresholds', 'object')))
    );
  },
  read(value, sink) {
    const mutants = createMutants(sink);
    let pending = 0;
    for (const [path, file] of membersOf(valueAt(value, 'files'))) {
      for (const mutant of listAt(file, 'mutants')) {
        const fate = fates.get(anyTextAt(mutant, 'status'));
        if (fate === undefined) pending += 1;
        else mutants.add(mutantOf(mutant, path, fate));
      }
    }
    mutants.end('Stryker');
    if (pending > 0) sink.incomplete(`mutants without a result: ${pending}`);
  },
};
