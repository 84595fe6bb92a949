import * as z from 'zod';
import type { PipelineTestReport } from '../../model/pipeline-test-report.ts';

/** GitLab keeps a failure as text, or as an object where the report gave it attributes. */
const output = z.lazy(() =>
  z
    .unknown()
    .optional()
    .transform((value) => textOf(value)),
);

const testCase = z.lazy(() =>
  z
    .object({
      status: z.string(),
      name: z.string().nullish(),
      classname: z.string().nullish(),
      file: z.string().nullish(),
      execution_time: z.number().nullish(),
      system_output: output,
      stack_trace: output,
    })
    .transform(({ status, name, classname, file, execution_time, system_output, stack_trace }) => ({
      status,
      name: name ?? '',
      classname: classname ?? '',
      file: file ?? null,
      executionTimeSeconds: execution_time ?? null,
      systemOutput: system_output,
      stackTrace: stack_trace,
    })),
);

const testSuite = z.lazy(() =>
  z
    .object({
      name: z.string().nullish(),
      suite_error: z.string().nullish(),
      test_cases: z.array(testCase).nullish(),
    })
    .transform(({ name, suite_error, test_cases }) => ({
      name: name ?? '',
      error: suite_error ?? null,
      cases: test_cases ?? [],
    })),
);

/** GitLab's `test_report`; null when no job gave a report. Source: https://docs.gitlab.com/api/pipelines/#get-a-test-report-for-a-pipeline */
export const testReportAnswer = z.lazy(() =>
  z
    .object({ test_suites: z.array(testSuite).nullish() })
    .transform(({ test_suites }): PipelineTestReport | null => {
      const suites = test_suites ?? [];
      return suites.length === 0 ? null : { suites };
    }),
);

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return null;
  const texts = Object.values(value).filter((part) => typeof part === 'string');
  return texts.length === 0 ? null : texts.join('\n');
}
