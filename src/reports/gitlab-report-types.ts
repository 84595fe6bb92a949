import type { ReportFormat } from './format.ts';

/**
 * GitLab's types of reports (`artifacts:reports`, `coverage_report` by its format) that Herald reads, with the formats
 * that such a report has. The others are not for people (`dotenv`, `lsif`, `annotations`), or only for GitLab
 * (`requirements`). Source: `Enums::Ci::JobArtifact` of GitLab
 */
const formatsOfType = {
  accessibility: ['pa11y'],
  api_fuzzing: ['gitlab-secure'],
  browser_performance: ['browser-performance'],
  cluster_image_scanning: ['gitlab-secure'],
  cobertura: ['cobertura'],
  codequality: ['gitlab-code-quality'],
  container_scanning: ['gitlab-secure'],
  coverage_fuzzing: ['gitlab-secure'],
  cyclonedx: ['cyclonedx'],
  dast: ['gitlab-secure'],
  dependency_scanning: ['gitlab-secure'],
  jacoco: ['jacoco'],
  junit: ['junit'],
  license_scanning: ['licenses'],
  load_performance: ['k6'],
  metrics: ['openmetrics'],
  performance: ['browser-performance'],
  sarif: ['sarif'],
  sast: ['gitlab-secure'],
  secret_detection: ['gitlab-secure'],
  terraform: ['terraform'],
} as const;

export type GitLabReportType = keyof typeof formatsOfType;

/** Whether Herald reads reports of a type that GitLab names. */
export function isReadType(type: string): type is GitLabReportType {
  return Object.hasOwn(formatsOfType, type);
}

/** The names of the formats that a report of the type has. */
export function formatNamesOf(type: GitLabReportType): readonly string[] {
  return formatsOfType[type];
}

/** Names without a wildcard that a report of the type has by default: where only a whole path can be asked for. */
export function usualNamesOf(
  type: GitLabReportType,
  formats: readonly Pick<ReportFormat, 'format' | 'wellKnownNames'>[],
): readonly string[] {
  const names = formatNamesOf(type);
  const patterns = formats
    .filter(({ format }) => names.includes(format))
    .flatMap((one) => one.wellKnownNames);
  const literal = patterns.map((pattern) => pattern.replace(/^\*\*\//, '').replace(/\*(?=[.]\w+$)/, ''));
  return literal.filter((name) => !/[*?{[]/.test(name) && mayBeOf(name, type));
}

/** Names of GitLab's own reports name their type: `gl-sast-report.json`. */
function mayBeOf(name: string, type: GitLabReportType): boolean {
  const named = /^gl-(.+)-report\.json$/.exec(name)?.[1]?.replaceAll('-', '');
  return named === undefined || named === type.replaceAll('_', '');
}
