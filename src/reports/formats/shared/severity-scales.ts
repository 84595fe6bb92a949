import { type Severity, severities } from '../../../model/findings.ts';

/**
 * Severity of a CVSS score from 0 to 10, by the qualitative scale of CVSS 3.x and 4.0 (first.org/cvss, "Qualitative
 * Severity Rating Scale"), or the three steps of CVSS 2 (nvd.nist.gov/vuln-metrics/cvss); null for other numbers.
 */
export function severityOfCvss(score: number | null, version: '2' | '3' | '4' = '3'): Severity | null {
  if (score === null || score < 0 || score > 10) return null;
  if (score === 0) return 'info';
  if (score < 4) return 'low';
  if (score < 7) return 'medium';
  return score < 9 || version === '2' ? 'high' : 'critical';
}

// Words that security tools agree on. "negligible" is Debian's and Grype's step below low; "moderate" is npm's medium.
const securityWords = new Map<string, Severity>([
  ['critical', 'critical'],
  ['high', 'high'],
  ['medium', 'medium'],
  ['moderate', 'medium'],
  ['low', 'low'],
  ['negligible', 'info'],
  ['info', 'info'],
  ['informational', 'info'],
  ['none', 'info'],
]);

/**
 * Severity of a security tool's word in any case; `unknown` for words that say nothing (`Undefined`, `Experimental`).
 */
export function severityOfSecurityWord(word: string | null): Severity {
  return securityWords.get(word?.trim().toLowerCase() ?? '') ?? 'unknown';
}

// The levels that linters share with SARIF 2.1.0 §3.27.10: an error is "a serious problem", a warning "a problem", a
// note "a minor problem or an opportunity to improve". One table for all, so that a tool gives the same in each of its
// formats.
const linterWords = new Map<string, Severity>([
  ['fatal', 'critical'],
  ['error', 'high'],
  ['warning', 'medium'],
  ['warn', 'medium'],
  ['note', 'low'],
  ['info', 'info'],
  ['information', 'info'],
  ['none', 'info'],
]);

/** Severity of a linter's word in any case; `unknown` for others. */
export function severityOfLinterWord(word: string | null): Severity {
  return linterWords.get(word?.trim().toLowerCase() ?? '') ?? 'unknown';
}

/** The more severe of two. */
export function moreSevere(one: Severity, other: Severity): Severity {
  return severities.indexOf(other) < severities.indexOf(one) ? other : one;
}
