import type { Severity } from '../../model/findings.ts';
import type { JsonFormat, ReportSink } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { severityOfVector } from './shared/cvss-vector.ts';
import { readEntries, sayIfFewerAreListed, someLookLike } from './shared/json-entries.ts';
import {
  anyTextAt,
  has,
  isJsonObject,
  lengthOf,
  listOf,
  numberAt,
  objectOf,
  textAt,
  textsAt,
  valueAt,
} from './shared/json-value.ts';
import { severityOfSecurityWord } from './shared/severity-scales.ts';

function severityOf(advisory: unknown): Severity {
  const scored = severityOfVector(textAt(advisory, 'cvss'));
  return scored === 'unknown' ? severityOfSecurityWord(textAt(advisory, 'severity')) : scored;
}

function remedyOf(found: unknown): string {
  const patched = textsAt(found, 'versions', 'patched');
  return patched.length === 0 ? 'No version is patched.' : `Patched in ${patched.join(', ')}.`;
}

function crateOf(found: unknown): { readonly name: string; readonly version: string } {
  const name = textAt(found, 'package', 'name') ?? textAt(found, 'advisory', 'package') ?? '';
  return { name, version: textAt(found, 'package', 'version') ?? '' };
}

function urlOf(id: string): string | null {
  return id === '' ? null : `https://rustsec.org/advisories/${id}.html`;
}

/** `kind` is null for vulnerabilities; what else there is, an unmaintained or a yanked crate, is less than one. */
function readFound(found: unknown, kind: string | null, sink: ReportSink): void {
  const advisory = valueAt(found, 'advisory');
  const { name, version } = crateOf(found);
  const id = anyTextAt(advisory, 'id');
  const what = kind ?? 'vulnerability';
  const parts = [anyTextAt(advisory, 'description'), kind === null ? remedyOf(found) : ''];
  sink.finding(
    {
      ...blankFinding,
      category: 'security',
      tool: 'cargo audit',
      rule: id || what,
      ruleUrl: textAt(advisory, 'url') ?? urlOf(id),
      severity: kind === null ? severityOf(advisory) : 'low',
      message: `${anyTextAt(advisory, 'title') || what} in ${`${name} ${version}`.trim()}`,
      description: parts.filter((part) => part !== '').join('\n\n'),
      identifiers: [id, ...textsAt(advisory, 'aliases')],
    },
    ['cargo-audit', id || what, name].join('\u0000'),
  );
}

function isFound(value: unknown): boolean {
  return (
    isJsonObject(value) &&
    (isJsonObject(valueAt(value, 'advisory')) || isJsonObject(valueAt(value, 'package')))
  );
}

function readList(list: unknown, kind: string | null, sink: ReportSink): void {
  const read = (found: unknown): void => {
    if (isFound(found)) readFound(found, kind, sink);
    else sink.incomplete('a vulnerability without advisory and package was skipped');
  };
  readEntries(list, { what: 'vulnerabilities', keys: [], read }, sink);
}

function vulnerabilitiesOf(value: unknown): unknown {
  const vulnerabilities = valueAt(value, 'vulnerabilities');
  if (has(vulnerabilities, 'list', 'list')) return valueAt(vulnerabilities, 'list');
  return Object.values(objectOf(vulnerabilities)).filter(isFound);
}

/** What `cargo audit` writes. */
export const cargoAudit: JsonFormat = {
  format: 'cargo-audit',
  title: 'cargo audit JSON',
  kind: 'findings',
  wellKnownNames: ['**/cargo-audit*.json'],
  specification: 'https://docs.rs/rustsec/latest/rustsec/report/struct.Report.html',
  producers: [{ tool: 'cargo audit', option: '--json > cargo-audit.json' }],
  syntax: 'json',
  lists: ['vulnerabilities.list[]'],

  detect(value) {
    const vulnerabilities = valueAt(value, 'vulnerabilities');
    if (!isJsonObject(vulnerabilities)) return false;
    if (has(vulnerabilities, 'list', 'list') && has(vulnerabilities, 'found', 'boolean')) return true;
    return someLookLike(listOf(vulnerabilitiesOf(value)), (found) =>
      (textAt(found, 'advisory', 'id') ?? '').startsWith('RUSTSEC-'),
    );
  },

  read(value, sink) {
    const vulnerabilities = vulnerabilitiesOf(value);
    readList(vulnerabilities, null, sink);
    const counted = numberAt(value, 'vulnerabilities', 'count');
    sayIfFewerAreListed({ counted, listed: lengthOf(vulnerabilities), what: 'vulnerabilities' }, sink);
    // Older versions had one list of warnings, newer ones have a list for each kind.
    const warnings = valueAt(value, 'warnings');
    if (Array.isArray(warnings)) readList(warnings, 'warning', sink);
    for (const [kind, list] of Object.entries(objectOf(warnings))) readList(list, kind, sink);
  },
};
