import type { JsonFormat, ReportSink } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { readEntries, someLookLike } from './shared/json-entries.ts';
import {
  anyTextAt,
  has,
  isJsonObject,
  isList,
  listAt,
  listOf,
  textAt,
  valueAt,
} from './shared/json-value.ts';
import { securePlace } from './shared/secure-location.ts';
import { severityOfSecurityWord } from './shared/severity-scales.ts';

const newestMajor = 15;

// The list alone, without version, is how reports looked before schema 2.0.
function isVulnerability(value: unknown): boolean {
  if (!isJsonObject(value)) return false;
  // Schemas 14 and 15 require identifiers and a location of every vulnerability, and no name.
  if (has(value, 'identifiers', 'list') && has(value, 'location', 'object')) return true;
  const hasName =
    has(value, 'name', 'string') || has(value, 'message', 'string') || has(value, 'description', 'string');
  const isPlaced = has(value, 'location', 'object') || has(value, 'file', 'string');
  return hasName && isPlaced && (has(value, 'identifiers', 'list') || has(value, 'cve', 'string'));
}

/** What an entry has at least one of; the schemas require an id since 14.1. */
const keys = ['id', 'name', 'message', 'cve', 'description', 'category', 'severity'];

function identifiersOf(vulnerability: unknown): readonly unknown[] {
  return listAt(vulnerability, 'identifiers').filter((it) => anyTextAt(it, 'name', 'value') !== '');
}

function nameOf(identifier: unknown): readonly string[] {
  const name = textAt(identifier, 'name') ?? textAt(identifier, 'value');
  return name === null ? [] : [name];
}

// Signatures follow the code and not its line; by how exact they are
// (docs.gitlab.com/user/application_security/detect/vulnerability_tracking).
const algorithms = ['scope_offset_compressed', 'scope_offset', 'location', 'hash'];

function signatureOf(vulnerability: unknown): string {
  const items = listAt(vulnerability, 'tracking', 'items');
  const signatures = items.flatMap((item) => listAt(item, 'signatures'));
  for (const algorithm of algorithms) {
    const signature = signatures.find((it) => textAt(it, 'algorithm') === algorithm);
    const value = textAt(signature, 'value');
    if (value !== null) return `${algorithm}=${value}`;
  }
  return '';
}

// Ids are made from line numbers by some analysers and at random by others (DAST, fuzzing), so they cannot be an
// identity; GitLab itself takes the first identifier and the location.
function fingerprintOf(vulnerability: unknown, place: string): string {
  const primary = identifiersOf(vulnerability)[0];
  const identifier = anyTextAt(primary, 'value', 'name') || anyTextAt(vulnerability, 'message', 'name');
  return ['secure', identifier, place, signatureOf(vulnerability)].join('\u0000');
}

function describe(vulnerability: unknown, remedies: ReadonlyMap<string, string>): string {
  const solution = textAt(vulnerability, 'solution');
  const remedy = remedies.get(textAt(vulnerability, 'id') ?? textAt(vulnerability, 'cve') ?? '');
  // Nobody has decided on a flag yet: GitLab shows it as a badge and counts the vulnerability.
  const flags = listAt(vulnerability, 'flags').map(
    (flag) =>
      `Flagged as ${(textAt(flag, 'type') ?? '').replaceAll('-', ' ').replace('flagged as ', '')}: ${textAt(flag, 'description') ?? ''}`,
  );
  const parts = [
    textAt(vulnerability, 'description') ?? '',
    textAt(vulnerability, 'location', 'stacktrace_snippet') ?? '',
    solution === null ? '' : `Solution: ${solution}`,
    remedy === undefined ? '' : `Remediation: ${remedy}`,
    ...flags,
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function isDismissed(vulnerability: unknown): boolean {
  if (
    valueAt(vulnerability, 'dismissed') === true ||
    isJsonObject(valueAt(vulnerability, 'dismissal_feedback'))
  )
    return true;
  const state = textAt(vulnerability, 'state')?.toLowerCase();
  return state === 'dismissed' || state === 'resolved';
}

interface SecureReport {
  readonly tool: string;
  readonly remedies: ReadonlyMap<string, string>;
}

// A name is not required, an identifier is: it says what was found.
function titleOf(vulnerability: unknown): string {
  const identifier = identifiersOf(vulnerability)[0];
  return anyTextAt(vulnerability, 'message', 'name', 'description') || anyTextAt(identifier, 'name', 'value');
}

function messageOf(vulnerability: unknown, where: string): string {
  const [name = ''] = titleOf(vulnerability).split('\n', 1);
  const isSaid = where === '' || where.split(/[ ()]/).some((word) => word.length > 3 && name.includes(word));
  return isSaid ? name : `${name} ${where}`;
}

function urlOf(vulnerability: unknown): string | null {
  const [identifier, link] = [identifiersOf(vulnerability)[0], listAt(vulnerability, 'links')[0]];
  return textAt(identifier, 'url') ?? textAt(link, 'url') ?? textAt(vulnerability, 'url');
}

function readVulnerability(vulnerability: unknown, report: SecureReport, sink: ReportSink): void {
  const place = securePlace(vulnerability);
  const identifiers = identifiersOf(vulnerability);
  sink.finding(
    {
      ...blankFinding,
      category: 'security',
      tool: textAt(vulnerability, 'scanner', 'name') ?? (report.tool || anyTextAt(vulnerability, 'tool')),
      rule: anyTextAt(identifiers[0], 'value', 'name') || anyTextAt(vulnerability, 'cve'),
      ruleUrl: urlOf(vulnerability),
      severity: severityOfSecurityWord(anyTextAt(vulnerability, 'severity', 'priority')),
      message: messageOf(vulnerability, place.where),
      description: describe(vulnerability, report.remedies),
      path: place.path ?? textAt(vulnerability, 'file'),
      line: place.line,
      endLine: place.endLine,
      identifiers: identifiers.flatMap(nameOf),
      suppressed: isDismissed(vulnerability),
    },
    fingerprintOf(vulnerability, place.stable),
  );
}

function remediesOf(value: unknown): ReadonlyMap<string, string> {
  const remedies = new Map<string, string>();
  for (const remediation of listAt(value, 'remediations')) {
    const summary = textAt(remediation, 'summary');
    for (const fix of listAt(remediation, 'fixes')) {
      const id = textAt(fix, 'id') ?? textAt(fix, 'cve');
      if (id !== null && summary !== null) remedies.set(id, summary);
    }
  }
  return remedies;
}

function warnAbout(value: unknown, sink: ReportSink): void {
  const version = textAt(value, 'version');
  const major = /^(\d{1,4})\./.exec(version ?? '')?.[1];
  if (major !== undefined && Number(major) > newestMajor)
    sink.warn(
      `schema version ${version ?? ''} is newer than ${newestMajor}, the newest that Herald knows; read as that`,
    );
  const status = textAt(value, 'scan', 'status')?.toLowerCase();
  const fatal = listAt(value, 'scan', 'messages').find((it) => textAt(it, 'level') === 'fatal');
  const reason = textAt(fatal, 'value');
  if (status !== undefined && status !== 'success')
    sink.failed(`the scan ended with status "${status}"${reason === null ? '' : `: ${reason}`}`);
  // "fatal" names what stopped the scan, whatever the status says.
  else if (fatal !== undefined) sink.failed(`the scan says: ${reason ?? 'fatal'}`);
}

/**
 * GitLab's security reports: SAST, secret detection, dependency, container and cluster image scanning, DAST, fuzzing.
 */
export const gitlabSecure: JsonFormat = {
  format: 'gitlab-secure',
  title: 'GitLab security report',
  kind: 'findings',
  wellKnownNames: [
    '**/gl-sast-report.json',
    '**/gl-secret-detection-report.json',
    '**/gl-dependency-scanning-report.json',
    '**/gl-container-scanning-report.json',
    '**/gl-cluster-image-scanning-report.json',
    '**/gl-dast-report.json',
    '**/gl-api-security-scanning-report.json',
    '**/gl-api-fuzzing-report.json',
    '**/gl-coverage-fuzzing-report.json',
  ],
  specification: 'https://gitlab.com/gitlab-org/security-products/security-report-schemas',
  producers: [
    { tool: 'GitLab SAST and other secure templates', option: 'include: template: Jobs/SAST.gitlab-ci.yml' },
    { tool: 'Semgrep', option: 'scan --gitlab-sast --output gl-sast-report.json' },
    { tool: 'Trivy', option: '--format template --template "@contrib/gitlab.tpl"' },
  ],
  syntax: 'json',
  lists: ['[]', 'vulnerabilities[]'],

  detect(value) {
    if (Array.isArray(value)) return someLookLike(listOf(value), isVulnerability);
    if (!has(value, 'vulnerabilities', 'list') || valueAt(value, 'bomFormat') !== undefined) return false;
    const vulnerabilities = listAt(value, 'vulnerabilities');
    if (has(value, 'version', 'string') && has(value, 'scan', 'object')) return true;
    if (vulnerabilities.length > 0) return someLookLike(vulnerabilities, isVulnerability);
    // Others that list vulnerabilities have more to say even when there are none: Snyk, OSV, Grype.
    return ['dependencyCount', 'packageManager', 'matches', 'ok'].every(
      (key) => valueAt(value, key) === undefined,
    );
  },

  read(value, sink) {
    warnAbout(value, sink);
    const report = {
      tool: textAt(value, 'scan', 'scanner', 'name') ?? textAt(value, 'scan', 'analyzer', 'name') ?? '',
      remedies: remediesOf(value),
    };
    const read = (vulnerability: unknown): void => {
      if (titleOf(vulnerability) === '') sink.incomplete('a vulnerability that says nothing was skipped');
      else readVulnerability(vulnerability, report, sink);
    };
    const vulnerabilities = isList(value) ? value : valueAt(value, 'vulnerabilities');
    readEntries(vulnerabilities, { what: 'vulnerabilities', keys, read }, sink);
  },
};
