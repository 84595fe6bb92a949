import type { JsonFormat, ReportSink } from '../format.ts';
import { someLookLike } from './shared/json-entries.ts';
import {
  has,
  isJsonObject,
  listAt,
  listOf,
  objectOf,
  textAt,
  textsAt,
  valueAt,
} from './shared/json-value.ts';

/** The licence of each package, by whatever tool listed them. */
type Listed = readonly (readonly [license: string, packageName: string])[];

const unknownLicense = 'unknown';
const maxNamed = 2_000;

/** GitLab's license scanning report: https://gitlab.com/gitlab-org/security-products/security-report-schemas */
function fromGitLab(report: unknown): Listed {
  const names = new Map(
    listAt(report, 'licenses').map((entry) => [textAt(entry, 'id') ?? '', textAt(entry, 'name') ?? '']),
  );
  return listAt(report, 'dependencies').flatMap((dependency): Listed => {
    const licenses = textsAt(dependency, 'licenses').map((id) => names.get(id) ?? id);
    const name = textAt(dependency, 'name') ?? '';
    return (licenses.length === 0 ? [unknownLicense] : licenses).map((license) => [license, name] as const);
  });
}

/** license-checker: `{"name@1.0.0": {"licenses": "MIT" | ["MIT"], …}}` */
function fromLicenseChecker(report: unknown): Listed {
  return Object.entries(objectOf(report)).flatMap(([name, entry]): Listed => {
    const licenses = textAt(entry, 'licenses');
    const all = licenses === null ? textsAt(entry, 'licenses') : [licenses];
    return (all.length === 0 ? [unknownLicense] : all).map((license) => [license, name] as const);
  });
}

/** pip-licenses and cargo-license: a list of packages. */
function fromList(report: unknown): Listed {
  return listOf(report).map((entry) => [
    textAt(entry, 'License') ?? textAt(entry, 'license') ?? unknownLicense,
    textAt(entry, 'Name') ?? textAt(entry, 'name') ?? '',
  ]);
}

function isLicenseChecker(value: unknown): boolean {
  if (!isJsonObject(value)) return false;
  const entries = Object.entries(value);
  return someLookLike(
    entries,
    ([name, entry]) => name.includes('@') && isJsonObject(entry) && valueAt(entry, 'licenses') !== undefined,
  );
}

function isList(value: unknown): boolean {
  const isEntry = (entry: unknown): boolean =>
    (has(entry, 'License', 'string') && has(entry, 'Name', 'string')) ||
    (has(entry, 'name', 'string') &&
      has(entry, 'version', 'string') &&
      isJsonObject(entry) &&
      'license' in entry);
  return Array.isArray(value) && someLookLike(value, isEntry);
}

function isGitLab(value: unknown): boolean {
  return has(value, 'licenses', 'list') && has(value, 'dependencies', 'list');
}

function listedIn(value: unknown): Listed {
  if (isGitLab(value)) return fromGitLab(value);
  return isLicenseChecker(value) ? fromLicenseChecker(value) : fromList(value);
}

function addCounts(listed: Listed, sink: ReportSink): void {
  const counts = new Map<string, number>();
  for (const [license] of listed) counts.set(license, (counts.get(license) ?? 0) + 1);
  for (const [name, value] of counts)
    sink.metric({ name, group: 'licenses', labels: {}, value, unit: 'packages', better: null });
  const unnamed = listed
    .filter(([license]) => /^(?:unknown|unlicensed|noassertion|)$/i.test(license.trim()))
    .slice(0, maxNamed);
  for (const [license, name] of unnamed.slice(0, 5))
    sink.warn(`${name.slice(0, 100)} has no known licence (${license.slice(0, 40)})`);
}

/** Lists of licences: how many packages have which. */
export const licenses: JsonFormat = {
  format: 'licenses',
  title: 'Licence lists',
  kind: 'metrics',
  wellKnownNames: ['**/gl-license-scanning-report.json', '**/licenses.json', '**/license-report.json'],
  specification: 'https://docs.gitlab.com/user/compliance/license_scanning_of_cyclonedx_files/',
  producers: [
    { tool: 'license-checker', option: '--json --out licenses.json' },
    { tool: 'pip-licenses', option: '--format=json --output-file=licenses.json' },
    { tool: 'cargo-license', option: '--json > licenses.json' },
    { tool: "GitLab's license scanning", option: '' },
  ],
  syntax: 'json',
  detect: (value) => isGitLab(value) || isLicenseChecker(value) || isList(value),
  read(value, sink) {
    addCounts(listedIn(value), sink);
  },
};
