import { describe, expect, test } from 'vitest';
import { inspectionOf } from '../../src/reports/inspection.ts';
import { readText } from './tests-summary.ts';

const none = { critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0 };

describe('inspectionOf', () => {
  test.each([
    {
      name: 'tests',
      text: '<testsuite><testcase name="a" time="1.5"/><testcase name="b"><failure/></testcase></testsuite>',
      inspection: {
        path: 'file',
        complete: true,
        format: 'junit',
        kind: 'tests',
        tests: { total: 2, passed: 1, failed: 1, errored: 0, skipped: 0, flaky: 0, durationSeconds: 1.5 },
        warnings: [],
      },
    },
    {
      name: 'coverage',
      text: 'SF:a.ts\nDA:1,1\nDA:2,0\nend_of_record\n',
      inspection: {
        path: 'file',
        complete: true,
        format: 'lcov',
        kind: 'coverage',
        coverage: {
          unit: 'lines',
          lines: { covered: 1, total: 2 },
          branches: null,
          functions: null,
          files: 1,
        },
        warnings: [],
      },
    },
    {
      name: 'findings',
      text: '<checkstyle version="8"><file name="a.ts"><error line="1" severity="error" message="no" source="x"/></file></checkstyle>',
      inspection: {
        path: 'file',
        complete: true,
        format: 'checkstyle',
        kind: 'findings',
        findings: { total: 1, bySeverity: { ...none, high: 1 } },
        warnings: [],
      },
    },
    {
      name: 'metrics',
      text: '# TYPE size_bytes gauge\nsize_bytes 12\n# EOF\n',
      inspection: {
        path: 'file',
        complete: true,
        format: 'openmetrics',
        kind: 'metrics',
        metrics: { total: 1 },
        warnings: [],
      },
    },
    {
      name: 'nothing that it knows',
      text: '',
      inspection: {
        path: 'file',
        complete: false,
        format: 'unknown',
        kind: 'unknown',
        error: 'is empty',
        warnings: [],
      },
    },
    {
      name: 'a file that is cut off',
      text: '<testsuite><testcase name="a" time="1.5"/><testcase na',
      inspection: {
        path: 'file',
        complete: false,
        format: 'junit',
        kind: 'tests',
        tests: { total: 1, passed: 1, failed: 0, errored: 0, skipped: 0, flaky: 0, durationSeconds: 1.5 },
        warnings: [expect.stringContaining('the file is cut off')],
      },
    },
  ])('of $name is the documented object', async ({ text, inspection }) => {
    expect(inspectionOf(await readText(text, 'file'))).toEqual(inspection);
  });
});
