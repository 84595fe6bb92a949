import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ciVariables } from '../../src/context/ci-variables.ts';
import { contextFromCiVariables } from '../../src/context/from-ci-variables.ts';
import { HeraldError, UsageError } from '../../src/errors.ts';
import {
  type CiEnvironment,
  ciEnvironments,
  commitSha,
  diffBaseSha,
  headSha,
  targetSha,
} from './ci-environments.ts';

function problem(environment: CiEnvironment): UsageError {
  try {
    contextFromCiVariables(environment);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error('expected a UsageError');
}

describe('pipelines', () => {
  const { detached } = ciEnvironments;

  test('a detached pipeline gives the whole context', () => {
    expect(contextFromCiVariables(detached)).toEqual({
      server: {
        url: 'https://gitlab.example.com',
        apiUrl: 'https://gitlab.example.com/api/v4',
      },
      project: {
        id: 42,
        path: 'group/project',
        url: 'https://gitlab.example.com/group/project',
        defaultBranch: 'main',
        directory: '/builds/group/project',
      },
      pipeline: {
        id: 900,
        url: 'https://gitlab.example.com/group/project/-/pipelines/900',
        type: 'detached',
        source: 'merge_request_event',
        createdAt: '2026-01-31T16:47:55Z',
      },
      job: {
        id: 5000,
        name: 'herald-report',
        url: 'https://gitlab.example.com/group/project/-/jobs/5000',
      },
      lock: null,
      commit: { sha: commitSha, branch: null, tag: null },
      mergeRequest: {
        project: 42,
        iid: 7,
        projectPath: 'group/project',
        url: 'https://gitlab.example.com/group/project/-/merge_requests/7',
        title: 'Add a thing',
        sourceProjectId: 42,
        sourceBranch: 'add-a-thing',
        targetBranch: 'main',
        headSha: commitSha,
        diffBaseSha,
        targetSha: null,
        labels: [],
        fork: false,
      },
      openMergeRequests: [],
      runsInFork: false,
    });
  });

  test.each([
    { name: 'detached', type: 'detached', iid: 7 },
    { name: 'mergedResult', type: 'merged_result', iid: 7 },
    { name: 'mergeTrain', type: 'merge_train', iid: 7 },
    { name: 'branch', type: 'branch', iid: null },
    { name: 'tag', type: 'tag', iid: null },
    { name: 'schedule', type: 'schedule', iid: null },
    { name: 'child', type: 'child', iid: null },
    { name: 'childOfMergeRequest', type: 'child', iid: 7 },
    { name: 'childWithAddress', type: 'child', iid: null },
    { name: 'triggered', type: 'branch', iid: null },
    { name: 'multiProject', type: 'branch', iid: null },
  ] as const)('$name is of type $type', ({ name, type, iid }) => {
    const { pipeline, mergeRequest } = contextFromCiVariables(ciEnvironments[name]);
    expect({ type: pipeline.type, iid: mergeRequest?.iid ?? null }).toEqual({ type, iid });
  });

  test('a merged results pipeline keeps the merge commit apart from the heads of both branches', () => {
    const { commit, mergeRequest } = contextFromCiVariables(ciEnvironments.mergedResult);
    expect(commit.sha).toBe(commitSha);
    expect(mergeRequest).toMatchObject({ headSha, targetSha });
  });

  test('a merge train without the heads leaves them open: its own commit is a merge commit', () => {
    expect(contextFromCiVariables(ciEnvironments.mergeTrain).mergeRequest).toMatchObject({
      headSha: null,
      targetSha: null,
    });
  });

  test('an event type that is not stated means a detached pipeline', () => {
    const { pipeline, mergeRequest } = contextFromCiVariables({
      ...detached,
      CI_MERGE_REQUEST_EVENT_TYPE: '',
    });
    expect({ type: pipeline.type, headSha: mergeRequest?.headSha }).toEqual({
      type: 'detached',
      headSha: commitSha,
    });
  });

  test('a pipeline of a merge request that is closed already has none', () => {
    const closed = Object.fromEntries(
      Object.entries(detached).filter(([name]) => !name.startsWith('CI_MERGE_REQUEST_')),
    );
    expect(contextFromCiVariables(closed)).toMatchObject({
      mergeRequest: null,
      pipeline: { type: 'detached' },
    });
  });

  test('a branch pipeline lists the open merge requests in their order', () => {
    const { openMergeRequests } = contextFromCiVariables(ciEnvironments.branchWithOpenMergeRequests);
    expect(openMergeRequests).toEqual([
      { project: 'group/project', iid: 333 },
      { project: 'group/sub.group/proj-2', iid: 11 },
    ]);
  });

  test('an address handed to a child pipeline is asked for first', () => {
    const { openMergeRequests } = contextFromCiVariables({
      ...ciEnvironments.childWithAddress,
      CI_OPEN_MERGE_REQUESTS: 'group/project!8',
    });
    expect(openMergeRequests).toEqual([
      { project: 42, iid: 7 },
      { project: 'group/project', iid: 8 },
    ]);
  });

  test.each([
    { name: 'forkInFork', fork: true, runsInFork: true },
    { name: 'forkInParent', fork: true, runsInFork: false },
    { name: 'forkBranch', fork: null, runsInFork: true },
    { name: 'branchWithOpenMergeRequests', fork: null, runsInFork: false },
    { name: 'childWithAddress', fork: null, runsInFork: false },
    { name: 'detached', fork: false, runsInFork: false },
  ] as const)('$name: fork $fork, runs in the fork $runsInFork', ({ name, ...expected }) => {
    const { mergeRequest, runsInFork } = contextFromCiVariables(ciEnvironments[name]);
    expect({ fork: mergeRequest?.fork ?? null, runsInFork }).toEqual(expected);
  });

  test('labels are split at commas', () => {
    const { mergeRequest } = contextFromCiVariables({
      ...detached,
      CI_MERGE_REQUEST_LABELS: 'bug, type::fix,,has space',
    });
    expect(mergeRequest?.labels).toEqual(['bug', 'type::fix', 'has space']);
  });
});

describe('server', () => {
  test.each([
    {
      name: 'in a folder, with slashes at the end',
      server: 'https://example.com/gitlab//',
      api: 'https://example.com/gitlab/api/v4/',
      expected: { url: 'https://example.com/gitlab', apiUrl: 'https://example.com/gitlab/api/v4' },
    },
    {
      name: 'whose API is not stated',
      server: 'http://127.0.0.1:8080/gitlab/',
      api: '',
      expected: { url: 'http://127.0.0.1:8080/gitlab', apiUrl: 'http://127.0.0.1:8080/gitlab/api/v4' },
    },
  ])('reads a server $name', ({ server, api, expected }) => {
    const context = contextFromCiVariables({
      ...ciEnvironments.branch,
      CI_SERVER_URL: server,
      CI_API_V4_URL: api,
    });
    expect(context.server).toMatchObject(expected);
  });
});

describe('problems', () => {
  test('outside CI it says so and how to try it', () => {
    const error = problem({ PATH: '/bin', CI: '', CI_PROJECT_ID: '42' });
    expect(error.message).toContain('neither CI nor GITLAB_CI');
    expect(error.hint).toMatch(/--dry-run.*herald demo/s);
  });

  test.each([
    { name: 'CI_PROJECT_ID', value: undefined, says: 'is not set; expected a positive whole number.' },
    { name: 'CI_PROJECT_ID', value: '', says: 'is not set; expected a positive whole number.' },
    { name: 'CI_PIPELINE_ID', value: '-3', says: 'is "-3"; expected a positive whole number.' },
    { name: 'CI_JOB_ID', value: '9'.repeat(16), says: 'expected a positive whole number.' },
    { name: 'CI_SERVER_URL', value: 'gitlab.example.com', says: 'expected an http or https address.' },
    { name: 'CI_PROJECT_URL', value: 'javascript:alert(1)', says: 'expected an http or https address.' },
    { name: 'CI_JOB_URL', value: 'https://a b', says: 'expected an http or https address.' },
    { name: 'CI_COMMIT_SHA', value: 'HEAD', says: 'is "HEAD"; expected a commit SHA' },
    { name: 'CI_PROJECT_PATH', value: '../../x y', says: 'expected the path of a project' },
    { name: 'CI_PROJECT_DIR', value: 'builds', says: 'expected an absolute path.' },
    { name: 'CI_PIPELINE_CREATED_AT', value: 'yesterday', says: 'expected a time like' },
    { name: 'CI_OPEN_MERGE_REQUESTS', value: 'group/project!1,!2', says: 'expected merge requests like' },
    {
      name: 'CI_MERGE_REQUEST_EVENT_TYPE',
      value: 'x',
      says: 'expected detached, merged_result or merge_train.',
    },
    { name: 'CI_MERGE_REQUEST_PROJECT_ID', value: '', says: 'is not set; expected a positive whole number.' },
    { name: 'CI_MERGE_REQUEST_SOURCE_BRANCH_NAME', value: '', says: 'is not set; expected a text.' },
  ])('$name $value: one line that names it and what is expected', ({ name, value, says }) => {
    const { message } = problem({ ...ciEnvironments.detached, [name]: value });
    expect(message.startsWith(`${name} is `)).toBe(true);
    expect(message).toContain(says);
    expect(message).not.toContain('\n');
  });

  test('several problems are one line each, those of the merge request included', () => {
    const { message } = problem({
      ...ciEnvironments.detached,
      CI_PROJECT_ID: 'x',
      CI_JOB_NAME: '',
      CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '',
    });
    expect(message.split('\n')).toEqual([
      'CI_PROJECT_ID is "x"; expected a positive whole number.',
      'CI_JOB_NAME is not set; expected a text.',
      'CI_MERGE_REQUEST_SOURCE_PROJECT_ID is not set; expected a positive whole number.',
    ]);
  });

  test('a value is shown cut, on one line and without anything that steers a terminal', () => {
    const { message } = problem({
      ...ciEnvironments.branch,
      CI_PROJECT_ID: `\u001b[31m\n\u202e\u2028${'x'.repeat(500)}`,
    });
    expect(message).toMatch(/^CI_PROJECT_ID is "\\u001b\[31m\\n\\u\{202e\}\\u\{2028\}x+…"/);
    expect(message.length).toBeLessThan(200);
  });

  test('Windows paths are absolute too', () => {
    const { project } = contextFromCiVariables({ ...ciEnvironments.branch, CI_PROJECT_DIR: 'C:\\builds\\x' });
    expect(project.directory).toBe('C:\\builds\\x');
  });

  test('whatever the variables hold, there is a context or a UsageError', () => {
    const value = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('1', 'a/b!1', 'https://x'),
    );
    const overrides = fc.dictionary(
      fc.constantFrom(...ciVariables().map(({ name }) => name), '__proto__'),
      value,
    );
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(ciEnvironments)), overrides, (environment, changes) => {
        try {
          expect(contextFromCiVariables({ ...environment, ...changes }).project.id).toBeGreaterThan(0);
        } catch (error) {
          if (!(error instanceof HeraldError)) throw error;
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
    );
  });
});
