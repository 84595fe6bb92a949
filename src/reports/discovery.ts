import type { ReportFormat } from './format.ts';

/** Herald's own files, which are never reports to read. */
const ownFiles = ['!**/herald-report.*', '!**/herald-audit.jsonl', '!**/herald-demo/**'];

/** Manifests and settings that look like reports by their name alone. */
const neverReports = [
  '!**/package.json',
  '!**/package-lock.json',
  '!**/tsconfig*.json',
  '!**/pom.xml',
  '!**/.vscode/**',
];

/** The patterns of the files that the tools write by default, all formats together, and what is left out. */
export function wellKnownPatterns(formats: readonly ReportFormat[]): readonly string[] {
  const names = new Set(formats.flatMap(({ wellKnownNames }) => wellKnownNames));
  return [...names, ...ownFiles, ...neverReports];
}
