import { counted, formOf } from '../../model/plural.ts';
import type { JsonFormat, ReportSink } from '../format.ts';
import { someLookLike } from './shared/json-entries.ts';
import { has, isJsonObject, isList, itemsAt, itemsOf, listAt, textAt, valueAt } from './shared/json-value.ts';
import { sarifLocations } from './shared/sarif-location.ts';
import { readSarifResult, type SarifRun } from './shared/sarif-result.ts';
import { sarifRules, sarifText } from './shared/sarif-rules.ts';

function isRun(value: unknown): boolean {
  return isJsonObject(value) && (has(value, 'tool', 'object') || has(value, 'results', 'list'));
}

function isVersion(value: unknown): boolean {
  return /^[12]\.\d/.test(textAt(value, 'version') ?? '');
}

function toolOf(run: unknown): string {
  return textAt(run, 'tool', 'driver', 'name') ?? textAt(run, 'tool', 'name') ?? '';
}

/** §3.20.6: levels that an invocation's command line or configuration gave to rules. */
function levelsOf(run: unknown): ReadonlyMap<string, string> {
  const levels = new Map<string, string>();
  const rules = listAt(run, 'tool', 'driver', 'rules');
  for (const invocation of listAt(run, 'invocations')) {
    for (const override of listAt(invocation, 'ruleConfigurationOverrides')) {
      const index = valueAt(override, 'descriptor', 'index');
      const id =
        textAt(override, 'descriptor', 'id') ??
        (typeof index === 'number' ? textAt(rules[index], 'id') : null);
      const level = textAt(override, 'configuration', 'level');
      if (id !== null && level !== null) levels.set(id, level);
    }
  }
  return levels;
}

const notifications = ['toolExecutionNotifications', 'toolNotifications', 'toolConfigurationNotifications'];

/** What one invocation says against itself, null when it says nothing. */
function failureOf(invocation: unknown): string | null {
  const error = notifications
    .flatMap((key) => listAt(invocation, key))
    .find((notification) => textAt(notification, 'level')?.toLowerCase() === 'error');
  const succeeded =
    valueAt(invocation, 'executionSuccessful') ?? valueAt(invocation, 'toolExecutionSuccessful');
  if (succeeded !== false && error === undefined) return null;
  const reason = textAt(invocation, 'exitCodeDescription') ?? sarifText(valueAt(error, 'message'));
  return reason === null ? '' : `: ${reason.slice(0, 300)}`;
}

/**
 * §3.20.14 and §3.58.6: a run that did not end well, or notes an error, which "caused the results to be incomplete or
 * incorrect"; §3.14.2: a run that keeps a part of itself in other files.
 */
function sayIfIncomplete(run: unknown, number: number, sink: ReportSink): void {
  const name = `run ${number} (${toolOf(run) || 'no tool named'})`;
  for (const invocation of listAt(run, 'invocations')) {
    const failure = failureOf(invocation);
    if (failure !== null) sink.failed(`${name}${failure || ' did not succeed'}`);
  }
  const isReferenced = (reference: unknown): boolean => valueAt(reference, 'location') !== undefined;
  const external = listAt(run, 'externalPropertyFileReferences', 'results').filter(isReferenced).length;
  if (external > 0)
    sink.incomplete(
      `${name} keeps results in ${counted(external, { one: 'other file', other: 'other files' })}; Herald did not read ${formOf(external, { one: 'it', other: 'them' })}`,
    );
}

function readRun(run: unknown, number: number, sink: ReportSink): void {
  sayIfIncomplete(run, number, sink);
  const locations = sarifLocations(run);
  for (const root of locations.roots) sink.sourceRoot(root);
  const shared = { tool: toolOf(run), rules: sarifRules(run), locations, levels: levelsOf(run) };
  readResults(valueAt(run, 'results'), { ...shared, number }, sink);
}

/** What a result has at least one of: the message (§3.27.11) or, by version, what names its rule. */
const resultKeys = ['message', 'ruleId', 'rule', 'ruleIndex', 'ruleKey', 'formattedRuleMessage', 'level'];

function isResult(value: unknown): boolean {
  return resultKeys.some((key) => valueAt(value, key) !== undefined);
}

function readResults(results: unknown, run: SarifRun & { readonly number: number }, sink: ReportSink): void {
  const isMissing = results === undefined || results === null;
  if (!isMissing && !isList(results))
    sink.incomplete(`results of run ${run.number} are not a list; Herald skipped them`);
  let skipped = 0;
  for (const result of itemsOf(results)) {
    if (isResult(result)) readSarifResult(result, run, sink);
    else skipped += 1;
  }
  if (skipped > 0) sink.incomplete(`${skipped} of the results of run ${run.number} could not be read`);
}

/** SARIF 2.1.0; the drafts of 2.0, version 1.0 and the draft of 2.2 are read as far as they are alike. */
export const sarif: JsonFormat = {
  format: 'sarif',
  title: 'SARIF',
  kind: 'findings',
  wellKnownNames: ['**/*.sarif', '**/*.sarif.json'],
  specification: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html',
  producers: [
    { tool: 'Semgrep', option: 'scan --sarif --output semgrep.sarif' },
    { tool: 'CodeQL', option: 'database analyze --format=sarif-latest' },
    { tool: 'Trivy', option: '--format sarif --output trivy.sarif' },
    { tool: 'Roslyn analysers', option: '-p:ErrorLog=analysis.sarif,version=2.1' },
  ],
  syntax: 'json',
  lists: ['runs[]', 'runs[].results[]'],

  detect(value) {
    const runs = valueAt(value, 'runs');
    const saysSo = textAt(value, '$schema')?.toLowerCase().includes('sarif') === true;
    if (runs === null && has(value, 'version', 'string')) return saysSo;
    if (!Array.isArray(runs)) return false;
    return runs.length === 0
      ? saysSo || has(value, 'version', 'string')
      : someLookLike(runs, saysSo || isVersion(value) ? isJsonObject : isRun);
  },

  read(value, sink) {
    // §3.13.4: null says that the tool failed before there was a run.
    if (valueAt(value, 'runs') === null) sink.failed('it ended before there was a run, `runs` is null');
    let number = 0;
    for (const run of itemsAt(value, 'runs')) {
      number += 1;
      if (isJsonObject(run)) readRun(run, number, sink);
      else sink.incomplete(`run ${number} cannot be read and was skipped`);
    }
    for (const properties of listAt(value, 'inlineExternalProperties')) {
      if (listAt(properties, 'results').length > 0) readInline(properties, value, sink);
    }
  },
};

// §3.15.2: results that a run refers to by guid. They are read with the run's rules where there is only one run.
function readInline(properties: unknown, log: unknown, sink: ReportSink): void {
  const runs = listAt(log, 'runs');
  const run = runs.length === 1 ? runs[0] : properties;
  const shared = {
    tool: toolOf(run),
    rules: sarifRules(run),
    locations: sarifLocations(run),
    levels: levelsOf(run),
  };
  readResults(valueAt(properties, 'results'), { ...shared, number: 1 }, sink);
}
