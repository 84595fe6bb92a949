import type { JsonFormat, ReportSink } from '../format.ts';
import { readEntries, sayIfFewerAreListed } from './shared/json-entries.ts';
import {
  anyTextAt,
  has,
  isJsonObject,
  listAt,
  objectOf,
  textAt,
  valueAt,
  valuesOf,
} from './shared/json-value.ts';
import { advisoryId, readAdvisory, sharedByAdvisory, weaknessesOf } from './shared/npm-advisory.ts';

const tool = 'npm audit';

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

// npm 7 and newer: an object of packages. Texts in `via` name the package whose advisory is the cause: it has its own
// entry, so that an advisory is one finding however many packages it reaches.
function readPackage(found: unknown, sink: ReportSink): void {
  for (const advisory of listAt(found, 'via').filter(isAdvisory)) {
    const name = anyTextAt(advisory, 'name') || anyTextAt(found, 'name');
    const id = advisoryId(advisory);
    sink.finding(
      {
        ...sharedByAdvisory(advisory, { name: `${name} ${anyTextAt(advisory, 'range')}`.trim(), tool }),
        rule: id,
        description: remedyOf(valueAt(found, 'fixAvailable')),
        identifiers: [id, ...weaknessesOf(advisory)],
      },
      ['npm-audit', id, name].join('\u0000'),
    );
  }
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
  lists: ['vulnerabilities{}', 'advisories{}'],

  detect(value) {
    if (has(value, 'auditReportVersion', 'number')) return has(value, 'vulnerabilities', 'object');
    return (has(value, 'advisories', 'object') && has(value, 'metadata', 'object')) || isFailure(value);
  },

  read(value, sink) {
    // `npm audit` without a lock file, or without its registry.
    if (isFailure(value)) sink.failed(`npm audit: ${reasonOf(value)}`);
    const advisories = valuesOf(valueAt(value, 'advisories'));
    const advisoryKeys = ['title', 'module_name', 'id'];
    const read = (advisory: unknown): void => {
      readAdvisory(advisory, tool, sink);
    };
    readEntries(advisories, { what: 'advisories', keys: advisoryKeys, read }, sink);
    const packages = valuesOf(valueAt(value, 'vulnerabilities'));
    readEntries(packages, { what: 'packages', keys: ['name', 'severity'], read: readPackage }, sink);
    // What is counted are packages, of which one advisory reaches many: only a list of nothing is a contradiction.
    const counted = countedBy(value);
    if (advisories.length + packages.length === 0)
      sayIfFewerAreListed({ counted, listed: 0, what: 'vulnerabilities' }, sink);
  },
};
