import type { ReportFormat } from './format.ts';

/** What Herald writes itself is never a report to read, whatever pattern finds it. */
export const ownFiles: readonly string[] = [
  '!**/herald-report.*',
  '!**/herald-audit.jsonl',
  '!**/herald-demo',
];

/** Manifests that stand in folders named after a tool and look like its reports. */
const manifests = [
  '!**/package.json',
  '!**/package-lock.json',
  '!**/composer.json',
  '!**/pom.xml',
  '!**/tsconfig*.json',
];

/**
 * Committed samples of reports, and where build tools copy them to: no tool writes its own report there, and a failure in one of them is
 * not this pipeline's.
 */
const samples = [
  '!**/{fixtures,fixture,__fixtures__,__snapshots__}',
  '!**/{testdata,test-data,test_data,TestData}',
  '!**/src/*/resources',
  '!**/target/{classes,test-classes}',
  '!**/build/{resources,classes}',
];

/**
 * The patterns with which a run that was given none looks for reports: what the tools write by default, all formats together, then, each
 * with `!`, what is left out. Dependencies (`node_modules`, `vendor`, …) need no pattern: no search enters them unless one names them.
 */
export function wellKnownPatterns(formats: readonly ReportFormat[]): readonly string[] {
  const names = new Set(formats.flatMap(({ wellKnownNames }) => wellKnownNames));
  return [...names, ...ownFiles, ...manifests, ...samples];
}
