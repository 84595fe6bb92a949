import type { JsonFormat } from '../format.ts';
import {
  type Component,
  componentOf,
  inputFileOf,
  readCyclonedxVulnerability,
} from './shared/cyclonedx-vulnerability.ts';
import { readEntries } from './shared/json-entries.ts';
import { isJsonObject, listAt, textAt, valueAt } from './shared/json-value.ts';

/** Components nest; a stack instead of recursion bounds the depth by memory only. */
function componentsOf(bill: unknown): ReadonlyMap<string, Component> {
  const components = new Map<string, Component>();
  const open: unknown[] = [valueAt(bill, 'metadata', 'component'), ...listAt(bill, 'components')];
  for (let next = open.pop(); next !== undefined || open.length > 0; next = open.pop()) {
    const ref = textAt(next, 'bom-ref');
    const component = componentOf(next);
    if (ref !== null && component !== null) components.set(ref, component);
    for (const nested of listAt(next, 'components')) open.push(nested);
  }
  return components;
}

/** 1.4 has a list of tools; 1.5 and newer have components and services below `tools`. */
function toolOf(bill: unknown): string {
  const tools = valueAt(bill, 'metadata', 'tools');
  const tool = Array.isArray(tools) ? listAt(bill, 'metadata', 'tools')[0] : listAt(tools, 'components')[0];
  return textAt(tool, 'name') ?? 'CycloneDX';
}

/** CycloneDX bills of materials; one without vulnerabilities is a report with no findings. */
export const cyclonedx: JsonFormat = {
  format: 'cyclonedx',
  title: 'CycloneDX JSON',
  kind: 'findings',
  wellKnownNames: ['**/gl-sbom-*.cdx.json', '**/*.cdx.json', '**/bom.json'],
  specification: 'https://cyclonedx.org/docs/1.6/json/',
  producers: [
    { tool: 'Grype', option: '-o cyclonedx-json' },
    { tool: 'Trivy', option: '--format cyclonedx --scanners vuln' },
    { tool: 'GitLab dependency scanning', option: 'artifacts:reports:cyclonedx' },
  ],
  syntax: 'json',

  detect(value) {
    return isJsonObject(value) && valueAt(value, 'bomFormat') === 'CycloneDX';
  },

  read(value, sink) {
    const bill = {
      tool: toolOf(value),
      inputFile: inputFileOf(listAt(value, 'metadata', 'properties')),
      components: componentsOf(value),
    };
    const read = (vulnerability: unknown): void => {
      readCyclonedxVulnerability(vulnerability, bill, sink);
    };
    const keys = ['id', 'bom-ref', 'description'];
    readEntries(valueAt(value, 'vulnerabilities'), { what: 'vulnerabilities', keys, read }, sink);
  },
};
