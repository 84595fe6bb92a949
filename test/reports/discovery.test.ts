import { describe, expect, test } from 'vitest';
import { findFiles } from '../../src/io/find-files.ts';
import { wellKnownPatterns } from '../../src/reports/discovery.ts';
import type { ReportFormat } from '../../src/reports/format.ts';
import { layNames, temporaryFolder } from '../io/temporary-folder.ts';

/** A format of which nothing matters but its names. */
function aFormat(format: string, ...wellKnownNames: string[]): ReportFormat {
  return {
    format,
    title: format,
    kind: 'tests',
    unit: '',
    reruns: '',
    wellKnownNames,
    specification: '',
    producers: [],
    syntax: 'text',
    detect: () => false,
    read: () => ({ line: () => undefined, end: () => undefined }),
  };
}

const formats = [
  aFormat(
    'junit',
    '**/junit.xml',
    '**/TEST-*.xml',
    '**/test-results/**/*.xml',
    '**/bazel-testlogs/**/test.xml',
    '**/report.xml',
  ),
  aFormat('cobertura', '**/coverage.xml', '**/*cobertura*.xml'),
  aFormat('jacoco', '**/jacoco*.xml', '**/report.xml'),
  aFormat('lcov', '**/lcov.info'),
  aFormat('sarif', '**/*.sarif'),
  aFormat('gitlab-sast', '**/gl-*-report.json'),
  aFormat('other', '**/*.json', '**/*.xml'),
];

async function discover(...paths: string[]): Promise<readonly string[]> {
  const root = layNames(temporaryFolder(), paths);
  return (await findFiles(root, wellKnownPatterns(formats))).files.map(({ path }) => path);
}

test('the patterns of all formats come first, each once, and then only exclusions', () => {
  const patterns = wellKnownPatterns(formats);
  const names = patterns.filter((pattern) => !pattern.startsWith('!'));
  expect(names).toEqual(
    [...new Set(formats.flatMap(({ wellKnownNames }) => wellKnownNames))].map((name) => `${name}{,.gz}`),
  );
  expect(patterns.slice(0, names.length)).toEqual(names);
});

test('without formats there is nothing to look for', async () => {
  const root = layNames(temporaryFolder(), ['junit.xml']);
  expect(await findFiles(root, wellKnownPatterns([]))).toEqual({ files: [], warnings: [], misses: [] });
});

describe('a run without patterns', () => {
  test.each([
    'junit.xml',
    'report.xml',
    'target/surefire-reports/TEST-org.example.A.xml',
    'module/target/failsafe-reports/TEST-org.example.AIT.xml',
    'build/test-results/test/TEST-org.example.A.xml',
    'app/build/test-results/testDebugUnitTest/TEST-A.xml',
    'target/nextest/default/junit.xml',
    'build/logs/junit.xml',
    'bazel-testlogs/package/target/test.xml',
    'dist/junit.xml',
    'out/junit.xml',
    '_build/test/junit.xml',
    'TestResults/3f2a/coverage.cobertura.xml',
    'coverage/cobertura-coverage.xml',
    'coverage/lcov.info',
    'packages/a/coverage/lcov.info',
    'target/site/jacoco/jacoco.xml',
    'build/reports/jacoco/test/jacocoTestReport.xml',
    'gl-sast-report.json',
    'results.sarif',
    'src/test/java/junit.xml',
  ])('finds %s', async (path) => {
    expect(await discover(path)).toEqual([path]);
  });

  test.each([
    'herald-report.json',
    'output/herald-report.json',
    'herald-demo/junit.xml',
    'package.json',
    'packages/a/package.json',
    'pom.xml',
    'tsconfig.build.json',
    'node_modules/x/junit.xml',
    'packages/a/node_modules/x/coverage/lcov.info',
    '.git/junit.xml',
    'vendor/x/junit.xml',
    'third_party/x/junit.xml',
    '.venv/lib/junit.xml',
    'venv/lib/python3/site-packages/x/junit.xml',
    '__pycache__/junit.xml',
    'target/dependency/junit.xml',
    'build/_deps/x-src/junit.xml',
    'Pods/x/junit.xml',
    'test/fixtures/junit.xml',
    'pkg/report/testdata/deep/junit.xml',
    'src/__fixtures__/junit.xml',
    'src/test/resources/junit.xml',
    'module/src/test/resources/deep/TEST-a.xml',
    'target/test-classes/junit.xml',
    'build/resources/test/junit.xml',
  ])('leaves %s alone', async (path) => {
    expect(await discover(path)).toEqual([]);
  });
});
