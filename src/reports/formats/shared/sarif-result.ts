import type { FindingFix, Severity } from '../../../model/findings.ts';
import type { ReportSink } from '../../format.ts';
import { blankFinding } from './blank-finding.ts';
import { isJsonObject, listAt, numberAt, objectOf, textAt, textsAt, valueAt } from './json-value.ts';
import type { SarifLocations, SarifPlace } from './sarif-location.ts';
import { type SarifRule, type SarifRules, sarifRuleId, sarifText, taxonName } from './sarif-rules.ts';
import { severityOfCvss, severityOfLinterWord } from './severity-scales.ts';
import { linesOf, wholeLineFix } from './whole-line-fix.ts';

/** What the results of one SARIF run share. */
export interface SarifRun {
  readonly tool: string;
  readonly rules: SarifRules;
  readonly locations: SarifLocations;
  /** Levels that an invocation set for rules, by rule id. */
  readonly levels: ReadonlyMap<string, string>;
}

/** A rule that the run does not describe. */
const unknownRule: SarifRule = {
  id: '',
  title: null,
  description: null,
  url: null,
  level: null,
  securityScore: null,
  tags: [],
  taxa: [],
  messages: null,
};

// §3.11.5: placeholders in braces, doubled braces for braces; a tool that gives no arguments has none of both in mind.
function withArguments(template: string, values: readonly unknown[]): string {
  if (values.length === 0) return template;
  return template.replace(/\{\{|\}\}|\{(\d{1,3})\}/g, (whole: string, index: string | undefined) => {
    if (index === undefined) return whole.slice(1);
    const value = values[Number(index)];
    return typeof value === 'string' ? value : whole;
  });
}

// §3.11.6: links to related locations, `[text](1)`.
function withoutLinks(text: string): string {
  return text.replace(/\[((?:[^[\]\\]|\\.){1,500})\]\(\d+\)/g, '$1');
}

function messageOf(result: unknown, rule: SarifRule): string {
  const message = valueAt(result, 'message');
  const id =
    textAt(message, 'id') ??
    textAt(message, 'messageId') ??
    textAt(result, 'formattedRuleMessage', 'formatId');
  const template = sarifText(message) ?? (id === null ? null : sarifText(valueAt(rule.messages, id)));
  const values = valueAt(message, 'arguments') ?? valueAt(result, 'formattedRuleMessage', 'arguments');
  return withoutLinks(withArguments(template ?? rule.title ?? '', Array.isArray(values) ? values : []));
}

// §3.27.9 and §3.27.10: without a level, a result of another kind than "fail" has "none"; else the rule's configuration
// counts, and without that it is a warning.
function levelOf(result: unknown, rule: SarifRule, levels: SarifRun['levels']): string {
  const level = textAt(result, 'level')?.toLowerCase();
  if (level !== undefined) return level;
  if ((textAt(result, 'kind')?.toLowerCase() ?? 'fail') !== 'fail') return 'none';
  return (levels.get(rule.id) ?? rule.level ?? 'warning').toLowerCase();
}

// docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning:
// `security-severity` is a CVSS score and outranks the level.
function severityOf(result: unknown, rule: SarifRule, levels: SarifRun['levels']): Severity {
  const score = numberAt(result, 'properties', 'security-severity') ?? rule.securityScore;
  return severityOfCvss(score) ?? severityOfLinterWord(levelOf(result, rule, levels));
}

// §3.27.9 kinds and §3.27.24 baseline states that are not a problem of this state of the code; older versions had
// "pass" and "notApplicable" among the levels.
function isFinding(result: unknown): boolean {
  const words = [textAt(result, 'kind'), textAt(result, 'level')].map((word) => word?.toLowerCase());
  if (words.some((word) => word === 'pass' || word === 'notapplicable')) return false;
  return textAt(result, 'baselineState')?.toLowerCase() !== 'absent';
}

// §3.27.23: suppressed when there is a suppression and none is under review or rejected. 2.0.0 had `suppressionStates`.
function isSuppressed(result: unknown): boolean {
  if (textsAt(result, 'suppressionStates').length > 0) return true;
  const suppressions = listAt(result, 'suppressions').filter(isJsonObject);
  return (
    suppressions.length > 0 &&
    suppressions.every(
      (it) => (textAt(it, 'status') ?? textAt(it, 'state') ?? 'accepted').toLowerCase() === 'accepted',
    )
  );
}

function identifiersOf(result: unknown, rule: SarifRule, ruleId: string): readonly string[] {
  const tags = [...rule.tags, ...textsAt(result, 'properties', 'tags')];
  const weaknesses = tags.flatMap((tag) => {
    const number = /(?:^|[/:\s])cwe-?0*(\d{1,5})\b/i.exec(tag.slice(0, 200))?.[1];
    return number === undefined ? [] : [`CWE-${number}`];
  });
  const taxa = listAt(result, 'taxa').flatMap((taxon) => taxonName(taxon) ?? []);
  const advisory = /^(?:CVE-\d{4}-\d+|GHSA(?:-\w{4}){3}|CWE-\d+)$/i.test(ruleId) ? [ruleId] : [];
  return [...new Set([...advisory, ...rule.taxa, ...taxa, ...weaknesses])];
}

function fingerprintTexts(value: unknown): readonly string[] {
  return Object.entries(objectOf(value))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([key, print]) => {
      // The column moves with every edit of the line. Semgrep writes "requires login" in place of its fingerprint.
      if (key === 'primaryLocationStartColumnFingerprint' || print === 'requires login') return [];
      if (typeof print === 'string' && print !== '') return [`${key}=${print}`];
      // Black Duck nests one more level.
      return isJsonObject(print)
        ? Object.entries(print).flatMap(([name, text]) =>
            typeof text === 'string' ? [`${key}.${name}=${text}`] : [],
          )
        : [];
    });
}

// §3.27.17: partial fingerprints identify a result only together with rule and place.
function fingerprintOf(
  result: unknown,
  place: SarifPlace,
  finding: { rule: string; message: string },
): string | null {
  const full = fingerprintTexts(valueAt(result, 'fingerprints'));
  const prints = full.length > 0 ? full : fingerprintTexts(valueAt(result, 'partialFingerprints'));
  const where = place.path ?? place.url ?? '';
  if (prints.length > 0) return ['sarif', finding.rule, where, ...prints].join('\u0000');
  return place.url === null ? null : ['sarif', finding.rule, where, finding.message].join('\u0000');
}

// Several changes or replacements belong together, which one fix of whole lines cannot say.
function fixOf(result: unknown, place: SarifPlace, locations: SarifLocations): FindingFix | null {
  const fix = listAt(result, 'fixes')[0];
  const changes = [...listAt(fix, 'artifactChanges'), ...listAt(fix, 'fileChanges')];
  const replacements = listAt(changes[0], 'replacements');
  const file = valueAt(changes[0], 'artifactLocation') ?? valueAt(changes[0], 'fileLocation');
  if (changes.length !== 1 || replacements.length !== 1 || locations.pathOf(file) !== place.path) return null;
  const deleted = valueAt(replacements[0], 'deletedRegion');
  const text = valueAt(replacements[0], 'insertedContent', 'text') ?? '';
  const context = valueAt(listAt(result, 'locations')[0], 'physicalLocation', 'contextRegion');
  if (typeof text !== 'string') return null;
  const edit = {
    startLine: numberAt(deleted, 'startLine'),
    startColumn: numberAt(deleted, 'startColumn'),
    endLine: numberAt(deleted, 'endLine'),
    endColumn: numberAt(deleted, 'endColumn'),
    text,
  };
  // A context that begins or ends inside a line does not hold whole lines.
  const isWhole = numberAt(context, 'startColumn') === null && numberAt(context, 'endColumn') === null;
  const snippet = isWhole ? textAt(context, 'snippet', 'text') : null;
  const wholeLines = wholeLineFix(edit, linesOf(snippet, numberAt(context, 'startLine') ?? 0));
  return wholeLines === null ? null : { ...wholeLines, description: sarifText(valueAt(fix, 'description')) };
}

/** Reads one result (SARIF 2.1.0 §3.27), with what versions 1.0 and 2.0 have in other places. */
export function readSarifResult(result: unknown, run: SarifRun, sink: ReportSink): void {
  if (!isFinding(result)) return;
  const rule = run.rules.find(result) ?? unknownRule;
  const ruleId = sarifRuleId(result) ?? rule.id;
  const place = run.locations.placeOf(result);
  const identifiers = identifiersOf(result, rule, ruleId);
  const isSecurity =
    identifiers.length > 0 ||
    rule.securityScore !== null ||
    rule.tags.some((tag) => tag.toLowerCase() === 'security');
  const message = messageOf(result, rule);
  const description = rule.description === message ? '' : (rule.description ?? '');
  sink.finding(
    {
      ...blankFinding,
      category: isSecurity ? 'security' : 'quality',
      tool: run.tool,
      rule: ruleId,
      ruleUrl: rule.url,
      severity: severityOf(result, rule, run.levels),
      message,
      description: place.url === null ? description : `${place.url}\n\n${description}`,
      path: place.path,
      line: place.line,
      endLine: place.endLine,
      column: place.column,
      identifiers,
      fix: fixOf(result, place, run.locations),
      suppressed: isSuppressed(result),
    },
    fingerprintOf(result, place, { rule: ruleId, message }),
  );
}
