import type { JsonFormat } from '../format.ts';
import {
  type Component,
  componentOf,
  inputFileOf,
  readCyclonedxVulnerability,
} from './shared/cyclonedx-vulnerability.ts';
import { readEntries } from './shared/json-entries.ts';
import { isJsonObject, itemsAt, listAt, textAt, valueAt } from './shared/json-value.ts';

/** Components nest; a stack instead of recursion bounds the depth by memory only. */
function addComponents(top: unknown, components: Map<string, Component>): void {
  const own = new Map<string, Component>();
  const open: unknown[] = [top];
  for (let next = open.pop(); next !== undefined || open.length > 0; next = open.pop()) {
    const ref = textAt(next, 'bom-ref');
    const component = componentOf(next);
    if (ref !== null && component !== null) own.set(ref, component);
    for (const nested of listAt(next, 'components')) open.push(nested);
  }
  for (const [ref, component] of own) if (!components.has(ref)) components.set(ref, component);
}

function componentsOf(bill: unknown): ReadonlyMap<string, Component> {
  const components = new Map<string, Component>();
  addComponents(valueAt(bill, 'metadata', 'component'), components);
  for (const component of itemsAt(bill, 'components')) addComponents(component, components);
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
  lists: ['vulnerabilities[]', 'components[]'],

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
