import type { CountBySeverity, Finding, FindingFix, FindingsReport, Severity } from '../../model/findings.ts';
import { cleanText } from './clean-text.ts';
import { findingIdentities } from './finding-identity.ts';
import { findingLimits, mostSevereFindings } from './most-severe-findings.ts';
import { createPathResolver, type PathResolver } from './source-paths.ts';

/** What a format hands to `ReportSink.finding`: no identity yet, texts as the tool wrote them. */
export type RawFinding = Omit<Finding, 'id' | 'report'>;

const limits = {
  message: 2_000,
  description: 8_000,
  path: 1_000,
  url: 2_000,
  name: 300,
  identifiers: 50,
  replacement: 8_000,
  sourceRoots: 100,
} as const;

/** Bounds, identifies and counts the findings of one report file. */
export interface FindingsCollector {
  /** An absolute folder that paths of this report may be in; must come before the findings it is for. */
  sourceRoot(path: string): void;
  /** What of a finding counts: without its details when it is certain that it will not be listed. */
  relevant(finding: RawFinding): RawFinding;
  finding(finding: RawFinding, fingerprint: string | null): void;
  report(): FindingsReport;
}

/** Counts of nothing, to be added to. */
export function noCounts(): Record<Severity, number> {
  return { critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0 };
}

/** The sum over all severities. */
export function totalOf(counts: CountBySeverity): number {
  return counts.critical + counts.high + counts.medium + counts.low + counts.info + counts.unknown;
}

function positive(value: number | null): number | null {
  return value !== null && Number.isSafeInteger(value) && value > 0 ? value : null;
}

function webUrl(url: string | null): string | null {
  if (url === null || url.length > limits.url) return null;
  const clean = cleanText(url, limits.url);
  return /^https?:\/\/[^\s/]/i.test(clean) && !/\s/.test(clean) ? clean : null;
}

// A replacement is code that somebody may commit: it is kept exactly or not at all.
function usableFix(fix: FindingFix | null): FindingFix | null {
  if (fix === null || fix.replacement.length > limits.replacement) return null;
  const replacement = fix.replacement.replaceAll('\r\n', '\n');
  if (/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]|\p{Surrogate}/u.test(replacement)) return null;
  const startLine = positive(fix.startLine);
  const endLine = positive(fix.endLine);
  if (startLine === null || endLine === null || endLine < startLine) return null;
  const description = fix.description === null ? null : cleanText(fix.description, limits.name);
  const { columns } = fix;
  return { startLine, endLine, replacement, columns, description: description === '' ? null : description };
}

/** For what is in one line of a comment, whatever the report has in it. */
function oneLine(text: string, maxCharacters: number): string {
  return cleanText(text, maxCharacters).replace(/[\n\t]+/g, ' ');
}

// A format makes its fingerprint with the path as written: with the resolved one it is the same in every checkout.
function portable(
  fingerprint: string | null,
  written: string | null,
  resolved: string | null,
): string | null {
  if (fingerprint === null || written === null || resolved === null || written === resolved)
    return fingerprint;
  return fingerprint.replace(written, () => resolved);
}

function boundedFinding(raw: RawFinding, resolved: (path: string) => string): RawFinding {
  const path = raw.path === null ? '' : oneLine(resolved(raw.path), limits.path);
  // A line of no file says nothing.
  const line = path === '' ? null : positive(raw.line);
  const endLine = positive(raw.endLine);
  const rule = oneLine(raw.rule, limits.name);
  const message = cleanText(raw.message, limits.message);
  const identifiers = raw.identifiers
    .slice(0, 4 * limits.identifiers)
    .map((text) => oneLine(text, limits.name));
  return {
    category: raw.category,
    tool: oneLine(raw.tool, limits.name),
    rule,
    ruleUrl: webUrl(raw.ruleUrl),
    severity: raw.severity,
    message: message === '' ? rule || 'The report gives no message.' : message,
    description: cleanText(raw.description, limits.description),
    path: path === '' ? null : path,
    line,
    endLine: line !== null && endLine !== null && endLine >= line ? endLine : null,
    column: line === null ? null : positive(raw.column),
    identifiers: [...new Set(identifiers)].filter((text) => text !== '').slice(0, limits.identifiers),
    fix: path === '' ? null : usableFix(raw.fix),
    suppressed: raw.suppressed,
  };
}

/**
 * Starts the collection of one report file's findings. Suppressed findings are listed as far as there is room, never
 * counted. Without a resolver, paths are made relative only to the roots that the report itself names.
 */
export function collectFindings(
  report: string,
  resolvePath: PathResolver = createPathResolver({ projectDirectory: null, knownFiles: null }),
): FindingsCollector {
  const counts = noCounts();
  const kept = mostSevereFindings();
  const identities = findingIdentities(findingLimits.identities);
  const sourceRoots: string[] = [];

  return {
    sourceRoot(path) {
      if (sourceRoots.length < limits.sourceRoots && !sourceRoots.includes(path)) sourceRoots.push(path);
    },
    relevant: (raw) =>
      kept.takes(raw)
        ? raw
        : { ...raw, tool: '', ruleUrl: null, description: '', identifiers: [], fix: null },
    finding(raw, fingerprint) {
      const finding = boundedFinding(raw, (path) => resolvePath(path, sourceRoots));
      const id = identities.identify(finding, portable(fingerprint, raw.path, finding.path));
      if (!finding.suppressed) counts[finding.severity] += 1;
      kept.add({ id, ...finding, report });
    },
    report() {
      const findings = kept.list();
      const total = totalOf(counts);
      const listed = findings.filter((finding) => !finding.suppressed).length;
      return {
        kind: 'findings',
        total,
        bySeverity: { ...counts },
        findings,
        omittedFindings: total - listed,
      };
    },
  };
}
