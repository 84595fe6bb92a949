/** Variables that GitLab's runner gives every job; one that somebody emptied is still there. */
const ofJobs = [
  'GITLAB_CI',
  'CI_SERVER_URL',
  'CI_API_V4_URL',
  'CI_JOB_ID',
  'CI_JOB_TOKEN',
  'CI_PIPELINE_ID',
  'TRIGGER_PAYLOAD',
];

/**
 * True in a job of GitLab CI/CD, where strangers may have set variables: those of a trigger outrank the predefined
 * ones, and so do those of a dotenv report. Source: https://docs.gitlab.com/ci/variables/#cicd-variable-precedence
 */
export function isGitLabJob(variables: Readonly<Record<string, string | undefined>>): boolean {
  return ofJobs.some((name) => variables[name] !== undefined);
}
