/** Variables as GitLab sets them in each kind of pipeline, made up for the tests. */
export type CiEnvironment = Readonly<Record<string, string | undefined>>;

export const commitSha = '1'.repeat(40);
export const headSha = '2'.repeat(40);
export const targetSha = '3'.repeat(40);
export const diffBaseSha = '4'.repeat(40);

const everyJob: CiEnvironment = {
  CI: 'true',
  GITLAB_CI: 'true',
  CI_SERVER_URL: 'https://gitlab.example.com',
  CI_API_V4_URL: 'https://gitlab.example.com/api/v4',
  CI_SERVER_VERSION: '18.9.1-ee',
  CI_PROJECT_ID: '42',
  CI_PROJECT_PATH: 'group/project',
  CI_PROJECT_URL: 'https://gitlab.example.com/group/project',
  CI_DEFAULT_BRANCH: 'main',
  CI_PROJECT_DIR: '/builds/group/project',
  CI_PIPELINE_ID: '900',
  CI_PIPELINE_URL: 'https://gitlab.example.com/group/project/-/pipelines/900',
  CI_PIPELINE_CREATED_AT: '2026-01-31T16:47:55Z',
  CI_JOB_ID: '5000',
  CI_JOB_NAME: 'herald-report',
  CI_JOB_URL: 'https://gitlab.example.com/group/project/-/jobs/5000',
  CI_COMMIT_SHA: commitSha,
};

const ofMergeRequest: CiEnvironment = {
  CI_MERGE_REQUEST_IID: '7',
  CI_MERGE_REQUEST_PROJECT_ID: '42',
  CI_MERGE_REQUEST_PROJECT_PATH: 'group/project',
  CI_MERGE_REQUEST_PROJECT_URL: 'https://gitlab.example.com/group/project',
  CI_MERGE_REQUEST_TITLE: 'Add a thing',
  CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '42',
  CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: 'add-a-thing',
  CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
  CI_MERGE_REQUEST_DIFF_BASE_SHA: diffBaseSha,
};

const mergeRequestPipeline: CiEnvironment = {
  ...everyJob,
  ...ofMergeRequest,
  CI_PIPELINE_SOURCE: 'merge_request_event',
};

const detached: CiEnvironment = {
  ...mergeRequestPipeline,
  CI_MERGE_REQUEST_EVENT_TYPE: 'detached',
  CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: '',
  CI_MERGE_REQUEST_TARGET_BRANCH_SHA: '',
};

const branch: CiEnvironment = {
  ...everyJob,
  CI_PIPELINE_SOURCE: 'push',
  CI_COMMIT_BRANCH: 'add-a-thing',
};

const forkProject: CiEnvironment = {
  CI_PROJECT_ID: '77',
  CI_PROJECT_PATH: 'someone/project',
  CI_PROJECT_URL: 'https://gitlab.example.com/someone/project',
};

export const ciEnvironments = {
  detached,
  mergedResult: {
    ...mergeRequestPipeline,
    CI_MERGE_REQUEST_EVENT_TYPE: 'merged_result',
    CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: headSha,
    CI_MERGE_REQUEST_TARGET_BRANCH_SHA: targetSha,
  },
  mergeTrain: { ...mergeRequestPipeline, CI_MERGE_REQUEST_EVENT_TYPE: 'merge_train' },
  branch,
  branchWithOpenMergeRequests: {
    ...branch,
    CI_OPEN_MERGE_REQUESTS: 'group/project!333,group/sub.group/proj-2!11',
  },
  defaultBranch: { ...branch, CI_COMMIT_BRANCH: 'main' },
  tag: { ...everyJob, CI_PIPELINE_SOURCE: 'push', CI_COMMIT_TAG: 'v1.0.0' },
  schedule: { ...branch, CI_PIPELINE_SOURCE: 'schedule', CI_COMMIT_BRANCH: 'main' },
  forkInFork: { ...detached, ...forkProject, CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '77' },
  forkInParent: { ...detached, CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '77' },
  forkBranch: { ...branch, ...forkProject, CI_OPEN_MERGE_REQUESTS: 'group/project!12' },
  child: { ...branch, CI_PIPELINE_SOURCE: 'parent_pipeline' },
  childOfMergeRequest: { ...detached, CI_PIPELINE_SOURCE: 'parent_pipeline' },
  childWithAddress: {
    ...branch,
    CI_PIPELINE_SOURCE: 'parent_pipeline',
    CI_MERGE_REQUEST_IID: '7',
    CI_MERGE_REQUEST_PROJECT_ID: '42',
  },
  triggered: { ...branch, CI_PIPELINE_SOURCE: 'trigger', CI_COMMIT_BRANCH: 'main' },
  multiProject: { ...branch, CI_PIPELINE_SOURCE: 'pipeline' },
} satisfies Record<string, CiEnvironment>;
