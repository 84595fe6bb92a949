import type { JsonFormat, ReportSink } from '../format.ts';
import {
  checkedDependency,
  readDependencyCheckVulnerability,
} from './shared/dependency-check-vulnerability.ts';
import { readEntries } from './shared/json-entries.ts';
import { has, listAt, textAt, valueAt } from './shared/json-value.ts';

const lists = [
  ['vulnerabilities', false],
  ['suppressedVulnerabilities', true],
] as const;

function readDependency(value: unknown, sink: ReportSink): void {
  const dependency = checkedDependency(value);
  for (const [key, suppressed] of lists) {
    const read = (vulnerability: unknown): void => {
      readDependencyCheckVulnerability(vulnerability, { dependency, suppressed }, sink);
    };
    readEntries(valueAt(value, key), { what: 'vulnerabilities', keys: ['name', 'description'], read }, sink);
  }
}

/** OWASP Dependency-Check's JSON. */
export const dependencyCheck: JsonFormat = {
  format: 'dependency-check',
  title: 'OWASP Dependency-Check JSON',
  kind: 'findings',
  wellKnownNames: ['**/dependency-check-report.json'],
  specification: 'https://dependency-check.github.io/DependencyCheck/',
  producers: [{ tool: 'Dependency-Check', option: '--format JSON' }],
  syntax: 'json',
  lists: ['dependencies[]'],

  detect(value) {
    return has(value, 'reportSchema', 'string') && has(value, 'dependencies', 'list');
  },

  read(value, sink) {
    for (const failure of listAt(value, 'scanInfo', 'analysisExceptions'))
      sink.incomplete(
        `Dependency-Check could not analyse everything: ${textAt(failure, 'exception', 'message') ?? ''}`,
      );
    const keys = ['fileName', 'filePath'];
    readEntries(valueAt(value, 'dependencies'), { what: 'dependencies', keys, read: readDependency }, sink);
  },
};
