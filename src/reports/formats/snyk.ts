import type { JsonFormat, ReportSink } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { readEntries, sayIfFewerAreListed, someLookLike } from './shared/json-entries.ts';
import {
  anyTextAt,
  has,
  isList,
  listAt,
  listOf,
  numberAt,
  textAt,
  textsAt,
  valueAt,
} from './shared/json-value.ts';
import { severityOfCvss, severityOfSecurityWord } from './shared/severity-scales.ts';

/** What one project writes; `--all-projects` makes a list of them. */
function isProject(value: unknown): boolean {
  const keys = ['ok', 'packageManager', 'dependencyCount', 'projectName', 'uniqueCount'];
  return (
    has(value, 'vulnerabilities', 'list') &&
    (keys.some((key) => valueAt(value, key) !== undefined) || isSnyk(value))
  );
}

function isSnyk(value: unknown): boolean {
  return someLookLike(
    listAt(value, 'vulnerabilities'),
    (vulnerability) => has(vulnerability, 'identifiers', 'object') && has(vulnerability, 'title', 'string'),
  );
}

function isFailure(value: unknown): boolean {
  return valueAt(value, 'ok') === false && has(value, 'error', 'string');
}

function nameOf(vulnerability: unknown): string {
  const name = anyTextAt(vulnerability, 'packageName', 'moduleName', 'name');
  return `${name} ${anyTextAt(vulnerability, 'version', 'packageVersion')}`.trim();
}

function describe(vulnerability: unknown): string {
  const fixed = textsAt(vulnerability, 'fixedIn');
  const chain = textsAt(vulnerability, 'from');
  const parts = [
    anyTextAt(vulnerability, 'description'),
    chain.length === 0 ? '' : `Comes by ${chain.slice(0, 20).join(' > ')}.`,
    fixed.length === 0 ? '' : `Fixed in ${fixed.slice(0, 20).join(', ')}.`,
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function readVulnerability(vulnerability: unknown, path: string | null, sink: ReportSink): void {
  const id = anyTextAt(vulnerability, 'id');
  const word = severityOfSecurityWord(textAt(vulnerability, 'severity'));
  const score = severityOfCvss(numberAt(vulnerability, 'cvssScore')) ?? word;
  const isLicense = textAt(vulnerability, 'type') === 'license';
  sink.finding(
    {
      ...blankFinding,
      category: isLicense ? 'license' : 'security',
      tool: 'Snyk',
      rule: id,
      ruleUrl: /^[\w:.-]+$/.test(id) ? `https://security.snyk.io/vuln/${id}` : null,
      severity: word === 'unknown' ? score : word,
      message: `${anyTextAt(vulnerability, 'title') || id} in ${nameOf(vulnerability)}`,
      description: describe(vulnerability),
      path,
      identifiers: [
        ...(id === '' ? [] : [id]),
        ...textsAt(vulnerability, 'identifiers', 'CVE'),
        ...textsAt(vulnerability, 'identifiers', 'CWE'),
      ],
    },
    ['snyk', id, path ?? ''].join('\u0000'),
  );
}

/**
 * Each way to a vulnerability is an entry of its own: as in Snyk's own "found 43 issues, 254 vulnerable paths", it is
 * one finding.
 */
function readProject(project: unknown, sink: ReportSink): void {
  const path = textAt(project, 'displayTargetFile') ?? textAt(project, 'targetFile');
  const seen = new Set<string>();
  const read = (vulnerability: unknown): void => {
    const key = anyTextAt(vulnerability, 'id') || nameOf(vulnerability);
    if (seen.has(key)) return;
    seen.add(key);
    readVulnerability(vulnerability, path, sink);
  };
  readEntries(
    valueAt(project, 'vulnerabilities'),
    { what: 'vulnerabilities', keys: ['id', 'title'], read },
    sink,
  );
  const counted = numberAt(project, 'uniqueCount');
  sayIfFewerAreListed({ counted, listed: seen.size, what: 'issues' }, sink);
  for (const application of listAt(project, 'applications')) readProject(application, sink);
  if (isFailure(project)) sink.failed(`Snyk: ${anyTextAt(project, 'error')}`);
  else if (valueAt(project, 'ok') === false && seen.size === 0)
    sink.failed('Snyk reports that a project is not ok, but lists no problem');
}

/** The JSON of `snyk test` and `snyk container test`. */
export const snyk: JsonFormat = {
  format: 'snyk',
  title: 'Snyk JSON',
  kind: 'findings',
  wellKnownNames: ['**/snyk*.json'],
  specification: 'https://docs.snyk.io/snyk-cli/commands/test',
  producers: [{ tool: 'Snyk', option: 'test --json-file-output=snyk.json' }],
  syntax: 'json',
  lists: ['[]', 'vulnerabilities[]', '[].vulnerabilities[]'],

  detect(value) {
    if (Array.isArray(value)) return someLookLike(listOf(value), isProject);
    return isProject(value) || isFailure(value);
  },

  read(value, sink) {
    const projects = isList(value) ? value : [value];
    readEntries(projects, { what: 'projects', keys: [], read: readProject }, sink);
  },
};
