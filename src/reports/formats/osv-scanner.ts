import type { Severity } from '../../model/findings.ts';
import type { JsonFormat, ReportSink } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { severityOfVector } from './shared/cvss-vector.ts';
import { readEntries, someLookLike } from './shared/json-entries.ts';
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
} from './shared/json-value.ts';
import { moreSevere, severityOfCvss, severityOfSecurityWord } from './shared/severity-scales.ts';

interface Place {
  readonly path: string | null;
  readonly name: string;
  readonly version: string;
  /** `max_severity` of the groups, by the ids in them. */
  readonly scores: ReadonlyMap<string, number | null>;
}

function isResult(value: unknown): boolean {
  return isJsonObject(value) && has(value, 'source', 'object') && has(value, 'packages', 'list');
}

// ossf.github.io/osv-schema: the vectors are the standard's, the database's word is the fallback.
function severityOf(vulnerability: unknown, { scores }: Place): Severity {
  const group = severityOfCvss(scores.get(anyTextAt(vulnerability, 'id')) ?? null);
  if (group !== null) return group;
  const scored = listAt(vulnerability, 'severity')
    .map((severity) => severityOfVector(textAt(severity, 'score')))
    .reduce(moreSevere, 'unknown');
  return scored === 'unknown'
    ? severityOfSecurityWord(textAt(vulnerability, 'database_specific', 'severity'))
    : scored;
}

function readVulnerability(vulnerability: unknown, place: Place, sink: ReportSink): void {
  const id = anyTextAt(vulnerability, 'id');
  const summary = anyTextAt(vulnerability, 'summary');
  sink.finding(
    {
      ...blankFinding,
      category: 'security',
      tool: 'OSV-Scanner',
      rule: id,
      ruleUrl: /^[A-Za-z]+-[\w-]+$/.test(id) ? `https://osv.dev/vulnerability/${id}` : null,
      severity: severityOf(vulnerability, place),
      message: `${id} in ${`${place.name} ${place.version}`.trim()}${summary === '' ? '' : `: ${summary}`}`,
      description: anyTextAt(vulnerability, 'details'),
      path: place.path,
      identifiers: [
        id,
        ...textsAt(vulnerability, 'aliases'),
        ...textsAt(vulnerability, 'database_specific', 'cwe_ids'),
      ],
    },
    ['osv-scanner', id, place.name, place.path ?? ''].join('\u0000'),
  );
}

function scoresOf(found: unknown): Place['scores'] {
  return new Map(
    listAt(found, 'groups').flatMap((group) =>
      textsAt(group, 'ids').map((id): [string, number | null] => [id, numberAt(group, 'max_severity')]),
    ),
  );
}

function readPackage(found: unknown, path: string | null, sink: ReportSink): void {
  const place = {
    path,
    name: textAt(found, 'package', 'name') ?? textAt(found, 'package', 'commit') ?? '',
    version: textAt(found, 'package', 'version') ?? '',
    scores: scoresOf(found),
  };
  const read = (vulnerability: unknown): void => {
    readVulnerability(vulnerability, place, sink);
  };
  readEntries(valueAt(found, 'vulnerabilities'), { what: 'vulnerabilities', keys: ['id'], read }, sink);
  for (const license of textsAt(found, 'license_violations'))
    sink.finding(
      {
        ...blankFinding,
        category: 'license',
        tool: 'OSV-Scanner',
        rule: license,
        message: `Licence ${license} of ${`${place.name} ${place.version}`.trim()}`,
        path,
      },
      null,
    );
}

function readResult(result: unknown, sink: ReportSink): void {
  const path = textAt(result, 'source', 'path');
  const read = (found: unknown): void => {
    readPackage(found, path, sink);
  };
  readEntries(valueAt(result, 'packages'), { what: 'packages', keys: [], read }, sink);
}

/** OSV-Scanner's JSON: a finding for each vulnerability of each package. */
export const osvScanner: JsonFormat = {
  format: 'osv-scanner',
  title: 'OSV-Scanner JSON',
  kind: 'findings',
  wellKnownNames: ['**/osv-scanner*.json', '**/osv-results*.json'],
  specification: 'https://google.github.io/osv-scanner/output/#json',
  producers: [{ tool: 'OSV-Scanner', option: 'scan --format json --output osv-scanner.json' }],
  syntax: 'json',
  lists: ['results[]', 'results[].packages[]', 'results[].packages[].vulnerabilities[]'],

  detect(value) {
    const results = listAt(value, 'results');
    if (results.length > 0) return someLookLike(results, isResult);
    const keys = Object.keys(objectOf(value));
    return (
      has(value, 'results', 'list') &&
      keys.every((key) =>
        ['results', 'experimental_config', 'image_metadata', 'license_summary'].includes(key),
      )
    );
  },

  read(value, sink) {
    const read = (result: unknown): void => {
      if (isResult(result)) readResult(result, sink);
      else sink.incomplete('a result without source and packages was skipped');
    };
    readEntries(valueAt(value, 'results'), { what: 'results', keys: [], read }, sink);
  },
};
