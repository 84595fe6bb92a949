import { isJsonObject, listAt, numberAt, objectOf, textAt, textsAt, valueAt } from './json-value.ts';

/** What a SARIF run says about a rule (reportingDescriptor, SARIF 2.1.0 §3.49). */
export interface SarifRule {
  readonly id: string;
  readonly title: string | null;
  readonly description: string | null;
  readonly url: string | null;
  readonly level: string | null;
  /** GitHub's `security-severity`, a CVSS score as a number or a text. */
  readonly securityScore: number | null;
  readonly tags: readonly string[];
  /** Ids of related descriptors of taxonomies: `CWE-79`. */
  readonly taxa: readonly string[];
  /** Message templates by id. */
  readonly messages: unknown;
}

export interface SarifRules {
  /** The rule of a result by index, id or parent of a hierarchical id (`CA1000/1`); null when the run has none. */
  find(result: unknown): SarifRule | null;
}

/** One tool component's rules: the driver's or an extension's. */
interface Component {
  readonly name: string | null;
  readonly guid: string | null;
  readonly rules: readonly SarifRule[];
  readonly byId: ReadonlyMap<string, SarifRule>;
}

/** Text of a SARIF message or of the plain string that SARIF 1.0 has in its place. */
export function sarifText(value: unknown): string | null {
  return typeof value === 'string' ? value : (textAt(value, 'text') ?? textAt(value, 'markdown'));
}

/** `CWE-79` for what refers to a taxonomy's entry: tools write `79`, `CWE79`, `CWE-079`. */
export function taxonName(reference: unknown): string | null {
  const target = valueAt(reference, 'target') ?? reference;
  const id = textAt(target, 'id');
  if (id === null) return null;
  const isCwe = textAt(target, 'toolComponent', 'name')?.toUpperCase().startsWith('CWE') === true;
  const number = /^(?:CWE-?)?(\d{1,10})$/i.exec(id)?.[1]?.replace(/^0+(?=\d)/, '');
  return number !== undefined && (isCwe || /^CWE/i.test(id)) ? `CWE-${number}` : null;
}

function ruleOf(value: unknown, key: string | null): SarifRule {
  const id = textAt(value, 'id') ?? key ?? '';
  return {
    id,
    title:
      sarifText(valueAt(value, 'shortDescription')) ??
      sarifText(valueAt(value, 'fullDescription')) ??
      sarifText(valueAt(value, 'name')),
    description: sarifText(valueAt(value, 'fullDescription')) ?? sarifText(valueAt(value, 'help')),
    url: textAt(value, 'helpUri') ?? textAt(value, 'helpLocation', 'uri'),
    // 2.1.0, 2.0.0 and 1.0.0 each have their own place for it.
    level:
      textAt(value, 'defaultConfiguration', 'level') ??
      textAt(value, 'configuration', 'defaultLevel') ??
      textAt(value, 'defaultLevel'),
    securityScore: numberAt(value, 'properties', 'security-severity'),
    tags: textsAt(value, 'properties', 'tags'),
    taxa: listAt(value, 'relationships').flatMap((relationship) => taxonName(relationship) ?? []),
    messages: valueAt(value, 'messageStrings') ?? valueAt(value, 'messageTemplates'),
  };
}

/** 2.1.0 has a list; 2.0.0 (resources) and 1.0.0 have an object by id. */
function rulesOf(value: unknown): readonly SarifRule[] {
  if (Array.isArray(value)) return value.map((rule) => ruleOf(rule, null));
  return Object.entries(objectOf(value)).map(([key, rule]) => ruleOf(rule, key));
}

function componentOf(value: unknown, rules: unknown): Component {
  const read = rulesOf(rules);
  const byId = new Map<string, SarifRule>();
  for (const rule of read) if (!byId.has(rule.id)) byId.set(rule.id, rule);
  return { name: textAt(value, 'name'), guid: textAt(value, 'guid'), rules: read, byId };
}

function byIdOrParent(components: readonly Component[], id: string): SarifRule | null {
  for (let current = id, depth = 0; current !== '' && depth < 8; depth += 1) {
    for (const { byId } of components) {
      const rule = byId.get(current);
      if (rule !== undefined) return rule;
    }
    current = current.includes('/') ? current.slice(0, current.lastIndexOf('/')) : '';
  }
  return null;
}

/** Rule id of a result as written, whatever the run's rules say. */
export function sarifRuleId(result: unknown): string | null {
  return textAt(result, 'ruleId') ?? textAt(result, 'rule', 'id') ?? textAt(result, 'ruleKey');
}

/**
 * Collects the rules of a run from its driver and extensions (§3.19, §3.52), or from where older versions keep them.
 */
export function sarifRules(run: unknown): SarifRules {
  const driver = valueAt(run, 'tool', 'driver') ?? valueAt(run, 'tool');
  const own = valueAt(driver, 'rules') ?? valueAt(run, 'resources', 'rules') ?? valueAt(run, 'rules');
  const extensions = listAt(run, 'tool', 'extensions').map((value) =>
    componentOf(value, valueAt(value, 'rules')),
  );
  const components = [componentOf(driver, own), ...extensions];

  function componentFor(reference: unknown): Component | undefined {
    if (!isJsonObject(reference)) return components[0];
    const index = numberAt(reference, 'index');
    if (index !== null && index >= 0) return extensions[index];
    const [name, guid] = [textAt(reference, 'name'), textAt(reference, 'guid')];
    const named = components.find(
      (it) => (guid !== null && it.guid === guid) || (name !== null && it.name === name),
    );
    return named ?? components[0];
  }

  return {
    find(result) {
      const component = componentFor(valueAt(result, 'rule', 'toolComponent'));
      const index = numberAt(result, 'rule', 'index') ?? numberAt(result, 'ruleIndex');
      const indexed = index === null || index < 0 ? null : (component?.rules[index] ?? null);
      const id = sarifRuleId(result);
      if (id === null || (indexed !== null && (indexed.id === id || id.startsWith(`${indexed.id}/`))))
        return indexed;
      return byIdOrParent(component === undefined ? components : [component, ...components], id) ?? indexed;
    },
  };
}
