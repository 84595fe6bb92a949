import picomatch from 'picomatch';
import type { ReportFormat } from './format.ts';

type NamedFormat = Pick<ReportFormat, 'wellKnownNames'>;

/** What Herald writes itself is never a report to read, whatever pattern finds it. */
export const ownFiles: readonly string[] = [
  '!**/herald-report.*',
  '!**/herald-audit.jsonl',
  '!**/herald-demo',
  '!**/herald-preview',
  '!**/herald-preview.html',
];

/** Manifests that are in folders named after a tool and look like its reports. */
const manifests: readonly string[] = [
  '!**/package.json',
  '!**/package-lock.json',
  '!**/composer.json',
  '!**/pom.xml',
  '!**/tsconfig*.json',
];

/**
 * Committed samples of reports, and where build tools copy them to: no tool writes its own report there, and a failure
 * in one of them is not this pipeline's.
 */
const samples: readonly string[] = [
  '!**/{fixtures,fixture,__fixtures__,__snapshots__}',
  '!**/{testdata,test-data,test_data,TestData}',
  '!**/src/*/resources',
  '!**/target/{classes,test-classes}',
  '!**/build/{resources,classes}',
];

/**
 * Well-known names that other files have as often: a file that was found by such a name alone, and that is not a
 * report, is ignored.
 */
export const ambiguousNames: readonly string[] = [
  '**/*.cov',
  '**/*.prom',
  '**/*.report.json',
  '**/.benchmarks/**/*.json',
  '**/.nyc_output/*.json',
  '**/bench.txt',
  '**/benchmark*.json',
  '**/c.out',
  '**/clover*.xml',
  '**/code-quality*.json',
  '**/codeclimate*.json',
  '**/coverage.json',
  '**/coverage.out',
  '**/coverage.txt',
  '**/coverage/coverage.json',
  '**/coverprofile*',
  '**/cover.out',
  '**/ctrf/*.json',
  '**/cucumber*/*.json',
  '**/eslint*.json',
  '**/hyperfine*.json',
  '**/k6*.json',
  '**/licenses.json',
  '**/lighthouse*.json',
  '**/metrics.txt',
  '**/newman/*.xml',
  '**/output.xml',
  '**/performance.json',
  '**/phpstan*.xml',
  '**/plan.json',
  '**/playwright-report/*.json',
  '**/pylint*.json',
  '**/pyright*.json',
  '**/pytest*.xml',
  '**/report.xml',
  '**/reports/*.xml',
  '**/results.json',
  '**/results.xml',
  '**/rspec*.xml',
  '**/rubocop*.json',
  '**/ruff*.json',
  '**/semgrep*.json',
  '**/stylelint*.json',
  '**/test-output.json',
  '**/test-reports/*.xml',
  '**/test-results.json',
  '**/test-results/**/*.xml',
  '**/test_results/*.xml',
  '**/tests.json',
  '**/trivy*.json',
];

/** Reports may be packed: `junit.xml.gz`. */
function orPacked(name: string): string {
  return `${name}{,.gz}`;
}

/** True when a path has a name that only reports have. */
export function createNameCheck(formats: readonly NamedFormat[]): (path: string) => boolean {
  const plain = new Set(formats.flatMap(({ wellKnownNames }) => wellKnownNames));
  const names = [...plain].filter((name) => !ambiguousNames.includes(name)).map(orPacked);
  // Only files that turned out not to be reports, and links that lead nowhere, are asked about.
  let isNamed: ((path: string) => boolean) | null = null;
  return (path) => {
    isNamed ??= picomatch(names, { dot: true });
    return isNamed(path);
  };
}

/**
 * The patterns with which a run that was given none looks for reports: what the tools write by default, all formats
 * together, then, each with `!`, what is excluded. Dependencies (`node_modules`, `vendor`, …) need no pattern: no
 * search enters them unless one names them.
 */
export function wellKnownPatterns(formats: readonly NamedFormat[]): readonly string[] {
  const names = new Set(formats.flatMap(({ wellKnownNames }) => wellKnownNames));
  return [...[...names].map(orPacked), ...ownFiles, ...manifests, ...samples];
}

/** What an exclusion of Herald's own keeps out; null for one of the project. */
export function exclusionOf(pattern: string): 'own-file' | 'manifest' | 'sample' | null {
  if (ownFiles.includes(pattern)) return 'own-file';
  if (manifests.includes(pattern)) return 'manifest';
  return samples.includes(pattern) ? 'sample' : null;
}

/** Says whether a path is one that `wellKnownPatterns` would find. */
export function createWellKnownCheck(formats: readonly NamedFormat[]): (path: string) => boolean {
  const patterns = wellKnownPatterns(formats);
  const isNamed = picomatch(patterns.filter((pattern) => !pattern.startsWith('!')));
  const excluded = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  const isExcluded = picomatch([...excluded, ...excluded.map((pattern) => `${pattern}/**`)]);
  return (path) => isNamed(path) && !isExcluded(path);
}
