import type { RawFinding } from '../collect/findings.ts';
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
  numberAt,
  textAt,
  textsAt,
  valueAt,
} from './shared/json-value.ts';
import { severityOfSecurityWord } from './shared/severity-scales.ts';

/** One scanned thing: a lock file, an image's operating system, a Dockerfile. */
interface Target {
  readonly name: string;
  /** Null for operating systems, whose target is an image and no file. */
  readonly path: string | null;
}

const parts = ['Vulnerabilities', 'Misconfigurations', 'Secrets', 'Licenses'] as const;

/** Scans of clusters have the results of each resource; older ones have two lists of resources. */
const resourceLists = ['Resources', 'Vulnerabilities', 'Misconfigurations'] as const;

function isCluster(value: unknown): boolean {
  return has(value, 'ClusterName', 'string') && resourceLists.some((key) => has(value, key, 'list'));
}

function resultsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? listOf(value) : listAt(value, 'Results');
}

function isResult(value: unknown): boolean {
  return isJsonObject(value) && has(value, 'Target', 'string');
}

function shared(item: unknown, target: Target): RawFinding {
  return {
    ...blankFinding,
    category: 'security',
    tool: 'Trivy',
    severity: severityOfSecurityWord(textAt(item, 'Severity')),
    description: textAt(item, 'Description') ?? '',
    ruleUrl: textAt(item, 'PrimaryURL') ?? textAt(item, 'Link'),
    path: target.path,
  };
}

function readVulnerability(item: unknown, target: Target, sink: ReportSink): void {
  const id = textAt(item, 'VulnerabilityID') ?? '';
  const name = textAt(item, 'PkgName') ?? '';
  const fixed = textAt(item, 'FixedVersion');
  const title = textAt(item, 'Title');
  const installed = `${name} ${textAt(item, 'InstalledVersion') ?? ''}`.trim();
  const remedy = fixed === null ? '' : ` (fixed in ${fixed})`;
  sink.finding(
    {
      ...shared(item, target),
      rule: id,
      message: `${id} in ${installed}${remedy}${title === null ? '' : `: ${title}`}`,
      path: textAt(item, 'PkgPath') ?? target.path,
      identifiers: [id, ...textsAt(item, 'CweIDs'), ...textsAt(item, 'VendorIDs')],
    },
    ['trivy', id, name, target.path ?? '', textAt(item, 'PkgPath') ?? ''].join('\u0000'),
  );
}

function readMisconfiguration(item: unknown, target: Target, sink: ReportSink): void {
  const status = textAt(item, 'Status')?.toUpperCase() ?? 'FAIL';
  if (status === 'PASS') return;
  const id = textAt(item, 'ID') ?? textAt(item, 'AVDID') ?? '';
  const resolution = textAt(item, 'Resolution');
  const finding = shared(item, target);
  sink.finding(
    {
      ...finding,
      rule: id,
      message: textAt(item, 'Message') ?? textAt(item, 'Title') ?? id,
      description:
        resolution === null ? finding.description : `${finding.description}\n\nResolution: ${resolution}`,
      line: numberAt(item, 'CauseMetadata', 'StartLine'),
      endLine: numberAt(item, 'CauseMetadata', 'EndLine'),
      identifiers: textsAt(item, 'CweIDs'),
      suppressed: status === 'EXCEPTION',
    },
    null,
  );
}

// The matched text is the secret, even if Trivy masks most of it: it stays out.
function readSecret(item: unknown, target: Target, sink: ReportSink): void {
  const id = textAt(item, 'RuleID') ?? '';
  sink.finding(
    {
      ...shared(item, target),
      rule: id,
      message: textAt(item, 'Title') ?? id,
      path: target.path ?? target.name,
      line: numberAt(item, 'StartLine'),
      endLine: numberAt(item, 'EndLine'),
    },
    null,
  );
}

function readLicense(item: unknown, target: Target, sink: ReportSink): void {
  const name = textAt(item, 'Name') ?? '';
  const owner = textAt(item, 'PkgName') ?? textAt(item, 'FilePath') ?? target.name;
  sink.finding(
    {
      ...shared(item, target),
      category: 'license',
      rule: name,
      message: `Licence ${name} (${textAt(item, 'Category') ?? 'unknown'}) of ${owner}`,
      // The target is a group of packages (`Node.js`), no file.
      path: textAt(item, 'FilePath'),
    },
    null,
  );
}

const readers = {
  Vulnerabilities: readVulnerability,
  Misconfigurations: readMisconfiguration,
  Secrets: readSecret,
  Licenses: readLicense,
} as const;

/** What names an entry of each part. */
const namesOf = {
  Vulnerabilities: ['VulnerabilityID', 'PkgName'],
  Misconfigurations: ['ID', 'AVDID', 'Message', 'Title'],
  Secrets: ['RuleID', 'Title'],
  Licenses: ['Name', 'PkgName'],
} as const;

// Findings that an ignore file or a VEX document took out; kept apart by `--show-suppressed`.
function readSuppressed(result: unknown, target: Target, sink: ReportSink): void {
  const suppressing = {
    ...sink,
    finding: (finding: RawFinding, fingerprint: string | null) => {
      sink.finding({ ...finding, suppressed: true }, fingerprint);
    },
  };
  for (const item of listAt(result, 'ExperimentalModifiedFindings')) {
    if (textAt(item, 'Type') === 'vulnerability')
      readVulnerability(valueAt(item, 'Finding'), target, suppressing);
  }
}

function readResult(result: unknown, sink: ReportSink): void {
  const name = anyTextAt(result, 'Target');
  // Before there was `Class`, only operating systems had their name in brackets: `alpine:3.10 (alpine 3.10.2)`.
  const isSystem = (textAt(result, 'Class') ?? (/ \([^()]+\)$/.test(name) ? 'os-pkgs' : '')) === 'os-pkgs';
  const target = { name, path: isSystem ? null : name };
  for (const part of parts) {
    const read = (item: unknown): void => {
      readers[part](item, target, sink);
    };
    readEntries(valueAt(result, part), { what: part.toLowerCase(), keys: namesOf[part], read }, sink);
  }
  readSuppressed(result, target, sink);
}

function readResults(results: unknown, sink: ReportSink): void {
  readEntries(results, { what: 'results', keys: ['Target', 'Class', 'Type'], read: readResult }, sink);
}

/** Trivy's own JSON: vulnerabilities, misconfigurations, secrets, licences. */
export const trivy: JsonFormat = {
  format: 'trivy',
  title: 'Trivy JSON',
  kind: 'findings',
  wellKnownNames: ['**/trivy*.json'],
  specification: 'https://trivy.dev/latest/docs/configuration/reporting/#json',
  producers: [{ tool: 'Trivy', option: '--format json --output trivy.json' }],
  syntax: 'json',
  lists: [
    '[]',
    'Resources[]',
    'Vulnerabilities[]',
    'Misconfigurations[]',
    'Results[]',
    'Results[].Vulnerabilities[]',
    'Results[].Misconfigurations[]',
    'Results[].Secrets[]',
    'Results[].Licenses[]',
  ],

  detect(value) {
    const results = resultsOf(value);
    if (isCluster(value)) return true;
    if (Array.isArray(value)) {
      const isPart = (result: unknown): boolean => parts.some((part) => has(result, part, 'list'));
      return someLookLike(results, (result) => isResult(result) && isPart(result));
    }
    if (someLookLike(results, isResult)) return true;
    return has(value, 'SchemaVersion', 'number') && has(value, 'ArtifactName', 'string');
  },

  read(value, sink) {
    readResults(isList(value) ? value : valueAt(value, 'Results'), sink);
    if (!isCluster(value)) return;
    const read = (resource: unknown): void => {
      const error = textAt(resource, 'Error');
      if (error !== null) sink.failed(`Trivy could not scan ${anyTextAt(resource, 'Name')}: ${error}`);
      readResults(valueAt(resource, 'Results'), sink);
    };
    for (const key of resourceLists)
      readEntries(valueAt(value, key), { what: 'resources', keys: ['Kind', 'Name'], read }, sink);
  },
};
