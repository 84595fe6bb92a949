/** One test of GitLab's own reading of the pipeline's JUnit reports; every text is untrusted. */
export interface PipelineTestCase {
  /** GitLab knows `success`, `failed`, `error` and `skipped`; any other word is kept as it is. */
  readonly status: 'success' | 'failed' | 'error' | 'skipped' | (string & {});
  readonly name: string;
  readonly classname: string;
  readonly file: string | null;
  readonly executionTimeSeconds: number | null;
  readonly systemOutput: string | null;
  readonly stackTrace: string | null;
}

export interface PipelineTestSuite {
  /** The job's name. */
  readonly name: string;
  /** Why GitLab could not read the report, null when it could. */
  readonly error: string | null;
  readonly cases: readonly PipelineTestCase[];
}

/** Source: https://docs.gitlab.com/api/pipelines/#get-a-test-report-for-a-pipeline */
export interface PipelineTestReport {
  readonly suites: readonly PipelineTestSuite[];
}
