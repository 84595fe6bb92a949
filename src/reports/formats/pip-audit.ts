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
  objectOf,
  textAt,
  textsAt,
  valueAt,
} from './shared/json-value.ts';

function isDependency(value: unknown): boolean {
  return (
    isJsonObject(value) &&
    has(value, 'name', 'string') &&
    (has(value, 'vulns', 'list') || has(value, 'skip_reason', 'string'))
  );
}

function urlOf(id: string): string | null {
  return /^[A-Z]+-[\w-]+$/.test(id) ? `https://osv.dev/vulnerability/${id}` : null;
}

function readVulnerability(vulnerability: unknown, dependency: unknown, sink: ReportSink): void {
  const id = anyTextAt(vulnerability, 'id');
  const name = anyTextAt(dependency, 'name');
  const fixed = textsAt(vulnerability, 'fix_versions');
  const remedy = fixed.length === 0 ? '' : ` (fixed in ${fixed.join(', ')})`;
  sink.finding(
    {
      ...blankFinding,
      category: 'security',
      tool: 'pip-audit',
      rule: id,
      ruleUrl: urlOf(id),
      message: `${id} in ${`${name} ${anyTextAt(dependency, 'version')}`.trim()}${remedy}`,
      description: anyTextAt(vulnerability, 'description'),
      identifiers: [...(id === '' ? [] : [id]), ...textsAt(vulnerability, 'aliases')],
    },
    ['pip-audit', id, name].join('\u0000'),
  );
}

function readDependency(dependency: unknown, sink: ReportSink): void {
  const skipped = textAt(dependency, 'skip_reason');
  // Private packages, which no database has: what an audit cannot say, it never says.
  if (skipped !== null) sink.warn(`pip-audit skipped ${anyTextAt(dependency, 'name')}: ${skipped}`);
  const read = (vulnerability: unknown): void => {
    readVulnerability(vulnerability, dependency, sink);
  };
  readEntries(valueAt(dependency, 'vulns'), { what: 'vulnerabilities', keys: ['id'], read }, sink);
}

/** pip-audit's JSON; before version 2.4 a list alone. */
export const pipAudit: JsonFormat = {
  format: 'pip-audit',
  title: 'pip-audit JSON',
  kind: 'findings',
  wellKnownNames: ['**/pip-audit*.json'],
  specification: 'https://github.com/pypa/pip-audit#usage',
  producers: [{ tool: 'pip-audit', option: '--format json --output pip-audit.json' }],
  syntax: 'json',
  lists: ['[]', 'dependencies[]'],

  detect(value) {
    if (Array.isArray(value)) return someLookLike(listOf(value), isDependency);
    const dependencies = listAt(value, 'dependencies');
    return (
      someLookLike(dependencies, isDependency) ||
      (has(value, 'dependencies', 'list') &&
        dependencies.length === 0 &&
        Object.keys(objectOf(value)).every((key) => key === 'dependencies' || key === 'fixes'))
    );
  },

  read(value, sink) {
    const dependencies = isList(value) ? value : valueAt(value, 'dependencies');
    readEntries(dependencies, { what: 'dependencies', keys: ['name'], read: readDependency }, sink);
  },
};
