/** What analysers say: linters, code quality, security scanners, accessibility checks. */

export const severities = ['critical', 'high', 'medium', 'low', 'info', 'unknown'] as const;

export type Severity = (typeof severities)[number];

export type FindingCategory = 'quality' | 'security' | 'accessibility' | 'license';

/**
 * The part of its lines that a replacement is for: 1-based columns, the end is the first that stays, null for the rest
 * of the line.
 */
export interface FixColumns {
  readonly start: number;
  readonly end: number | null;
}

/** A replacement the tool offers, in lines of the file (1-based, both ends included). */
export interface FindingFix {
  readonly startLine: number;
  readonly endLine: number;
  readonly replacement: string;
  /** Null for whole lines; else only with the file's text it is a change that can be applied. */
  readonly columns: FixColumns | null;
  readonly description: string | null;
}

export interface Finding {
  /** Stable over runs: the tool's own fingerprint, else a hash of rule, path and normalised context; 16 hex digits. */
  readonly id: string;
  readonly category: FindingCategory;
  readonly tool: string;
  readonly rule: string;
  readonly ruleUrl: string | null;
  readonly severity: Severity;
  /** One or a few lines, untrusted. */
  readonly message: string;
  /** Longer explanation, untrusted; empty if none. */
  readonly description: string;
  readonly path: string | null;
  readonly line: number | null;
  readonly endLine: number | null;
  readonly column: number | null;
  /** CVE, CWE, GHSA … identifiers, as written. */
  readonly identifiers: readonly string[];
  readonly fix: FindingFix | null;
  /** True when the report itself says that it is suppressed, dismissed or ignored; not counted. */
  readonly suppressed: boolean;
  /** Path of the report file it was read from. */
  readonly report: string;
}

export type CountBySeverity = Readonly<Record<Severity, number>>;

export interface FindingsReport {
  readonly kind: 'findings';
  readonly total: number;
  readonly bySeverity: CountBySeverity;
  /** The most severe first when the limits cut the list. */
  readonly findings: readonly Finding[];
  readonly omittedFindings: number;
}
