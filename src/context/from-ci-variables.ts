import { UsageError } from '../errors.ts';
import type { Context, MergeRequest, MergeRequestAddress, PipelineType } from '../model/context.ts';
import { once } from '../model/once.ts';
import { type CiVariables, ciVariablesSchema } from './ci-variables.ts';
import { serverAddressFrom } from './server-address.ts';
import { checkOrigins } from './token-origin.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const maxShownCharacters = 80;

/**
 * Makes the context of a job from GitLab's predefined variables; empty ones count as not set. Throws `UsageError` with
 * one line per variable that is missing or malformed, and another one when this is not a CI job at all. `server` comes from the command line: the addresses in the variables must agree with it, or else with one another. Source: https://docs.gitlab.com/ci/variables/predefined_variables/
 */
export function contextFromCiVariables(environment: Environment, server: string | null = null): Context {
  const variables = parseVariables(environment);
  checkOrigins(server, environment);
  const mergeRequest = mergeRequestFrom(variables);
  const openMergeRequests = openMergeRequestsFrom(variables, mergeRequest);
  return {
    server: {
      url: variables.CI_SERVER_URL,
      apiUrl:
        server === null
          ? (variables.CI_API_V4_URL ?? `${variables.CI_SERVER_URL}/api/v4`)
          : serverAddressFrom(server, environment),
    },
    project: {
      id: variables.CI_PROJECT_ID,
      path: variables.CI_PROJECT_PATH,
      url: variables.CI_PROJECT_URL,
      defaultBranch: variables.CI_DEFAULT_BRANCH,
      directory: variables.CI_PROJECT_DIR,
    },
    pipeline: {
      id: variables.CI_PIPELINE_ID,
      url: variables.CI_PIPELINE_URL,
      type: pipelineTypeFrom(variables),
      source: variables.CI_PIPELINE_SOURCE,
      createdAt: variables.CI_PIPELINE_CREATED_AT ?? null,
      ...upstreamFrom(variables),
    },
    job: { id: variables.CI_JOB_ID, name: variables.CI_JOB_NAME, url: variables.CI_JOB_URL },
    lock: environment['HERALD_LOCK'] ?? null,
    commit: {
      sha: variables.CI_COMMIT_SHA,
      branch: variables.CI_COMMIT_BRANCH ?? null,
      tag: variables.CI_COMMIT_TAG ?? null,
    },
    mergeRequest,
    openMergeRequests,
    runsInFork: runsInFork(variables, mergeRequest, openMergeRequests),
  };
}

function parseVariables(environment: Environment): CiVariables {
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  if (set['CI'] === undefined && set['GITLAB_CI'] === undefined) throw notInCi();
  const named = set['CI_MERGE_REQUEST_IID'] !== undefined;
  // A downstream pipeline may get only the address; GitLab itself always sets all of them.
  const described =
    set['CI_PIPELINE_SOURCE'] === 'merge_request_event' ||
    set['CI_MERGE_REQUEST_SOURCE_PROJECT_ID'] !== undefined;
  const parsed = ciVariablesSchema.safeParse(
    {
      ...set,
      mergeRequestAddress: named ? set : null,
      mergeRequest: named && described ? set : null,
    },
    once,
  );
  if (parsed.success) return parsed.data;
  const expectations = new Map(
    parsed.error.issues.map((issue) => [String(issue.path.at(-1)), issue.message] as const),
  );
  throw unusable([...expectations].map(([name, expected]) => problemLine(name, set[name], expected)));
}

function notInCi(): UsageError {
  return new UsageError('This is not a CI job: neither CI nor GITLAB_CI is set.', {
    hint:
      'Run it in a job of a GitLab pipeline (with --dry-run it writes nothing there). To try it here: ' +
      '`herald report --preview` shows the comment that your files make, `herald demo` a whole report without GitLab.',
  });
}

function unusable(lines: readonly string[]): UsageError {
  return new UsageError(lines.join('\n'), {
    hint:
      'GitLab sets these in every job: look for a `variables:` entry, a script or a runner setting that changes them. ' +
      'Outside a pipeline, `herald demo` works without any.',
  });
}

function problemLine(name: string, value: string | undefined, expected: string): string {
  return value === undefined
    ? `${name} is not set; expected ${expected}.`
    : `${name} is ${shown(value)}; expected ${expected}.`;
}

/**
 * A variable can hold anything: the value is cut, quoted and kept on one line, without characters that control a
 * terminal.
 */
function shown(value: string): string {
  const cut = value.length > maxShownCharacters ? `${value.slice(0, maxShownCharacters)}…` : value;
  return JSON.stringify(cut).replace(
    /[\p{C}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`,
  );
}

function mergeRequestFrom(variables: CiVariables): MergeRequest | null {
  const { mergeRequestAddress: address, mergeRequest } = variables;
  if (address === null || mergeRequest === null) return null;
  const iid = address.CI_MERGE_REQUEST_IID;
  return {
    project: address.CI_MERGE_REQUEST_PROJECT_ID,
    iid,
    projectPath: mergeRequest.CI_MERGE_REQUEST_PROJECT_PATH,
    url: `${mergeRequest.CI_MERGE_REQUEST_PROJECT_URL}/-/merge_requests/${iid}`,
    title: mergeRequest.CI_MERGE_REQUEST_TITLE ?? `!${iid}`,
    ...descriptionFrom(mergeRequest),
    sourceProjectId: mergeRequest.CI_MERGE_REQUEST_SOURCE_PROJECT_ID,
    sourceBranch: mergeRequest.CI_MERGE_REQUEST_SOURCE_BRANCH_NAME,
    targetBranch: mergeRequest.CI_MERGE_REQUEST_TARGET_BRANCH_NAME,
    headSha: headShaFrom(variables),
    diffBaseSha: mergeRequest.CI_MERGE_REQUEST_DIFF_BASE_SHA ?? null,
    targetSha: mergeRequest.CI_MERGE_REQUEST_TARGET_BRANCH_SHA ?? null,
    labels: labelsFrom(mergeRequest.CI_MERGE_REQUEST_LABELS ?? ''),
    fork: mergeRequest.CI_MERGE_REQUEST_SOURCE_PROJECT_ID !== address.CI_MERGE_REQUEST_PROJECT_ID,
  };
}

/** Sources: GitLab 16.7 and 16.8, https://docs.gitlab.com/ci/variables/predefined_variables/#predefined-variables-for-merge-request-pipelines */
function descriptionFrom({
  CI_MERGE_REQUEST_DESCRIPTION: description,
  CI_MERGE_REQUEST_DESCRIPTION_IS_TRUNCATED: isTruncated,
}: NonNullable<CiVariables['mergeRequest']>): Pick<MergeRequest, 'description' | 'descriptionIsCut'> {
  if (description === undefined) return {};
  return isTruncated === 'true' ? { description, descriptionIsCut: true } : { description };
}

/** Only a detached pipeline runs on the head itself; the others run on a merge commit that is in no branch. */
function headShaFrom(variables: CiVariables): string | null {
  const stated = variables.mergeRequest?.CI_MERGE_REQUEST_SOURCE_BRANCH_SHA;
  if (stated !== undefined) return stated;
  return mergeRequestPipelineType(variables) === 'detached' ? variables.CI_COMMIT_SHA : null;
}

function mergeRequestPipelineType(variables: CiVariables): PipelineType | null {
  const stated = variables.mergeRequest?.CI_MERGE_REQUEST_EVENT_TYPE;
  if (stated !== undefined) return stated;
  return variables.CI_PIPELINE_SOURCE === 'merge_request_event' ? 'detached' : null;
}

/** A pipeline of another project is not a parent. */
function upstreamFrom(variables: CiVariables): Pick<Context['pipeline'], 'upstreamId'> {
  const { CI_UPSTREAM_PIPELINE_ID: id, CI_UPSTREAM_PROJECT_ID: project } = variables;
  const isParent = variables.CI_PIPELINE_SOURCE === 'parent_pipeline' && project === variables.CI_PROJECT_ID;
  return id !== undefined && isParent ? { upstreamId: id } : {};
}

function pipelineTypeFrom(variables: CiVariables): PipelineType {
  switch (variables.CI_PIPELINE_SOURCE) {
    case 'parent_pipeline':
      return 'child';
    case 'merge_request_event':
      return mergeRequestPipelineType(variables) ?? 'detached';
    case 'schedule':
      return 'schedule';
    default:
      return variables.CI_COMMIT_TAG === undefined ? 'branch' : 'tag';
  }
}

/**
 * An address without a description (passed to a downstream pipeline) comes first: somebody meant exactly that merge
 * request.
 */
function openMergeRequestsFrom(
  variables: CiVariables,
  mergeRequest: MergeRequest | null,
): readonly MergeRequestAddress[] {
  const open = variables.CI_OPEN_MERGE_REQUESTS ?? [];
  const address = variables.mergeRequestAddress;
  if (address === null || mergeRequest !== null) return open;
  return [{ project: address.CI_MERGE_REQUEST_PROJECT_ID, iid: address.CI_MERGE_REQUEST_IID }, ...open];
}

/**
 * `CI_OPEN_MERGE_REQUESTS` names only merge requests whose source is this very project and branch, so that another
 * project's path in it means a fork.
 */
function runsInFork(
  variables: CiVariables,
  mergeRequest: MergeRequest | null,
  openMergeRequests: readonly MergeRequestAddress[],
): boolean {
  if (mergeRequest !== null) {
    return mergeRequest.fork && mergeRequest.sourceProjectId === variables.CI_PROJECT_ID;
  }
  const target = openMergeRequests[0]?.project;
  return typeof target === 'string' && target.toLowerCase() !== variables.CI_PROJECT_PATH.toLowerCase();
}

function labelsFrom(list: string): readonly string[] {
  return list
    .split(',')
    .map((label) => label.trim())
    .filter((label) => label !== '');
}
