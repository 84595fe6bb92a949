import type { JsonFormat, ReportSink } from '../format.ts';
import { has, isJsonObject, listAt, listOf, textAt, valueAt } from '../json-value.ts';
import { sarifLocations } from '../sarif-location.ts';
import { readSarifResult } from '../sarif-result.ts';
import { sarifRules, sarifText } from '../sarif-rules.ts';

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

function failureOf(invocation: unknown): string {
  const notifications = ['toolExecutionNotifications', 'toolNotifications', 'toolConfigurationNotifications'];
  const error = notifications
    .flatMap((key) => listAt(invocation, key))
    .find((notification) => textAt(notification, 'level') === 'error');
  const reason = textAt(invocation, 'exitCodeDescription') ?? sarifText(valueAt(error, 'message'));
  return reason === null ? '' : `: ${reason.slice(0, 300)}`;
}

/** §3.20.14 and §3.14.2: a run that did not end well, or that keeps a part of itself in other files, is incomplete. */
function warnIfIncomplete(run: unknown, number: number, sink: ReportSink): void {
  const name = `run ${number} (${toolOf(run) || 'no tool named'})`;
  for (const invocation of listAt(run, 'invocations')) {
    const succeeded =
      valueAt(invocation, 'executionSuccessful') ?? valueAt(invocation, 'toolExecutionSuccessful');
    if (succeeded === false) sink.warn(`${name} says that its tool failed${failureOf(invocation)}`);
  }
  const isReferenced = (reference: unknown): boolean => valueAt(reference, 'location') !== undefined;
  const external = listAt(run, 'externalPropertyFileReferences', 'results').filter(isReferenced).length;
  if (external > 0) sink.warn(`${name} keeps results in ${external} other files, which were not read`);
}

function readRun(run: unknown, number: number, sink: ReportSink): void {
  warnIfIncomplete(run, number, sink);
  const results = valueAt(run, 'results');
  if (results !== undefined && results !== null && !Array.isArray(results)) {
    sink.warn(`results of run ${number} are no list and were skipped`);
    return;
  }
  const locations = sarifLocations(run);
  for (const root of locations.roots) sink.sourceRoot(root);
  const shared = { tool: toolOf(run), rules: sarifRules(run), locations, levels: levelsOf(run) };
  for (const result of listOf(results)) {
    if (isJsonObject(result)) readSarifResult(result, shared, sink);
  }
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

  detect(value) {
    const runs = valueAt(value, 'runs');
    const saysSo = textAt(value, '$schema')?.toLowerCase().includes('sarif') === true;
    if (runs === null && has(value, 'version', 'string')) return saysSo;
    if (!Array.isArray(runs)) return false;
    return runs.length === 0
      ? saysSo || has(value, 'version', 'string')
      : runs.slice(0, 20).every(saysSo || isVersion(value) ? isJsonObject : isRun);
  },

  read(value, sink) {
    // §3.13.4: null says that the tool failed before there was a run.
    if (valueAt(value, 'runs') === null) sink.warn('the report says that its tool failed: `runs` is null');
    listAt(value, 'runs').forEach((run, index) => {
      readRun(run, index + 1, sink);
    });
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
  for (const result of listAt(properties, 'results')) {
    if (isJsonObject(result)) readSarifResult(result, shared, sink);
  }
}
