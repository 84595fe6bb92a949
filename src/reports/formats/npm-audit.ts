import { blankFinding } from '../blank-finding.ts';
import type { JsonFormat, ReportSink } from '../format.ts';
import { readEntries, sayIfFewerAreListed } from '../json-entries.ts';
import {
  anyTextAt,
  has,
  isJsonObject,
  listAt,
  numberAt,
  objectOf,
  textAt,
  textsAt,
  valueAt,
} from '../json-value.ts';
import { severityOfCvss, severityOfSecurityWord } from '../severity-scales.ts';

function shared(advisory: unknown, name: string) {
  const word = severityOfSecurityWord(textAt(advisory, 'severity'));
  return {
    ...blankFinding,
    category: 'security' as const,
    tool: 'npm audit',
    ruleUrl: textAt(advisory, 'url'),
    severity: word === 'unknown' ? (severityOfCvss(numberAt(advisory, 'cvss', 'score')) ?? word) : word,
    message: `${anyTextAt(advisory, 'title') || 'Vulnerability'} in ${name}`,
  };
}

/** The advisory's GHSA id, which only its URL has; else npm's number. */
function idOf(advisory: unknown): string {
  const ghsa = /GHSA(?:-[0-9a-z]{4}){3}/i.exec(anyTextAt(advisory, 'url').slice(0, 500))?.[0];
  const number = numberAt(advisory, 'id') ?? numberAt(advisory, 'source');
  return ghsa ?? textAt(advisory, 'github_advisory_id') ?? (number === null ? '' : String(number));
}

function weaknessesOf(advisory: unknown): readonly string[] {
  const single = textAt(advisory, 'cwe');
  return single === null ? textsAt(advisory, 'cwe') : [single];
}

// npm 6, pnpm: an object of advisories by number.
function readAdvisory(advisory: unknown, sink: ReportSink): void {
  const name = anyTextAt(advisory, 'module_name', 'name');
  const id = idOf(advisory);
  const paths = listAt(advisory, 'findings').flatMap((finding) => textsAt(finding, 'paths'));
  const parts = [
    anyTextAt(advisory, 'overview'),
    anyTextAt(advisory, 'recommendation'),
    paths.length === 0 ? '' : `Paths: ${paths.slice(0, 20).join(', ')}`,
  ];
  sink.finding(
    {
      ...shared(advisory, name),
      rule: id,
      description: parts.filter((part) => part !== '').join('\n\n'),
      identifiers: [id, ...textsAt(advisory, 'cves'), ...weaknessesOf(advisory)],
    },
    ['npm-audit', id, name].join('\u0000'),
  );
}

function remedyOf(fix: unknown): string {
  if (fix === false) return 'No fix is available.';
  const name = textAt(fix, 'name');
  if (name === null) return fix === true ? 'A fix is available: npm audit fix.' : '';
  const breaking = valueAt(fix, 'isSemVerMajor') === true ? ' (a breaking change)' : '';
  return `Fixed by ${name} ${anyTextAt(fix, 'version')}${breaking}.`;
}

function isAdvisory(value: unknown): boolean {
  return isJsonObject(value) && ['source', 'title', 'url', 'name'].some((key) => Object.hasOwn(value, key));
}

// npm 7 and newer: an object of packages. Texts in `via` name the package whose advisory is the cause: it has its own entry,
// so that an advisory is one finding however many packages it reaches.
function readPackage(found: unknown, sink: ReportSink): void {
  for (const advisory of listAt(found, 'via').filter(isAdvisory)) {
    const name = anyTextAt(advisory, 'name') || anyTextAt(found, 'name');
    const id = idOf(advisory);
    sink.finding(
      {
        ...shared(advisory, `${name} ${anyTextAt(advisory, 'range')}`.trim()),
        rule: id,
        description: remedyOf(valueAt(found, 'fixAvailable')),
        identifiers: [id, ...weaknessesOf(advisory)],
      },
      ['npm-audit', id, name].join('\u0000'),
    );
  }
}

function entriesOf(value: unknown, key: string): readonly unknown[] {
  return Object.values(objectOf(valueAt(value, key)));
}

function isFailure(value: unknown): boolean {
  const error = valueAt(value, 'error');
  return has(error, 'summary', 'string') && has(error, 'code', 'string') && has(error, 'detail', 'string');
}

function reasonOf(value: unknown): string {
  return `${anyTextAt(valueAt(value, 'error'), 'code')} ${anyTextAt(valueAt(value, 'error'), 'summary')}`.trim();
}

function countedBy(value: unknown): number | null {
  const counts = objectOf(valueAt(value, 'metadata', 'vulnerabilities'));
  const numbers = Object.entries(counts).flatMap(([key, count]) =>
    key !== 'total' && typeof count === 'number' ? [count] : [],
  );
  return numbers.length === 0 ? null : numbers.reduce((sum, count) => sum + count, 0);
}

/** The result of `npm audit` (versions 1 and 2) and of `pnpm audit`. */
export const npmAudit: JsonFormat = {
  format: 'npm-audit',
  title: 'npm audit JSON',
  kind: 'findings',
  wellKnownNames: ['**/npm-audit*.json', '**/pnpm-audit*.json'],
  specification: 'https://docs.npmjs.com/cli/commands/npm-audit',
  producers: [
    { tool: 'npm', option: 'audit --json > npm-audit.json' },
    { tool: 'pnpm', option: 'audit --json > pnpm-audit.json' },
  ],
  syntax: 'json',

  detect(value) {
    if (has(value, 'auditReportVersion', 'number')) return has(value, 'vulnerabilities', 'object');
    return (has(value, 'advisories', 'object') && has(value, 'metadata', 'object')) || isFailure(value);
  },

  read(value, sink) {
    // `npm audit` without a lock file, or without its registry.
    if (isFailure(value)) sink.failed(`npm audit: ${reasonOf(value)}`);
    const advisories = entriesOf(value, 'advisories');
    const advisoryKeys = ['title', 'module_name', 'id'];
    readEntries(advisories, { what: 'advisories', keys: advisoryKeys, read: readAdvisory }, sink);
    const packages = entriesOf(value, 'vulnerabilities');
    readEntries(packages, { what: 'packages', keys: ['name', 'severity'], read: readPackage }, sink);
    // What is counted are packages, of which one advisory reaches many: only a list of nothing is a contradiction.
    const counted = countedBy(value);
    if (advisories.length + packages.length === 0)
      sayIfFewerAreListed({ counted, listed: 0, what: 'vulnerabilities' }, sink);
  },
};
