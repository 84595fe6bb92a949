/**
 * GitLab's predefined CI/CD variables that Herald reads, as one schema: their form and their purpose.
 * Source of every name and meaning: https://docs.gitlab.com/ci/variables/predefined_variables/
 */
import * as z from 'zod';
import type { MergeRequestAddress } from '../model/context.ts';

/** The `error` of each schema says what is expected; the message around it is made where the value is known. */
const text = z.string({ error: 'a text' });

const wholeNumber = matching(/^[1-9]\d{0,14}$/, 'a positive whole number').transform(Number);

const sha = matching(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i, 'a commit SHA of 40 or 64 hexadecimal digits');

const projectPath = matching(
  /^[\w.][\w.-]*(?:\/[\w.][\w.-]*)+$/,
  'the path of a project, like group/project',
);

const directory = matching(/^(?:\/|\\\\|[a-z]:[\\/])/i, 'an absolute path');

const instant = matching(
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/,
  'a time like 2026-01-31T16:47:55Z',
);

const webAddressExpected = 'an http or https address';
const webAddress = z
  .string({ error: webAddressExpected })
  .refine((value) => /^https?:\/\/\S+$/i.test(value) && URL.canParse(value), { error: webAddressExpected })
  .transform(withoutTrailingSlashes);

const openMergeRequest = /^([\w.][\w.-]*(?:\/[\w.][\w.-]*)+)!([1-9]\d{0,14})$/;
const openMergeRequestsExpected = 'merge requests like group/project!12,group/other!3';
const openMergeRequests = z.string({ error: openMergeRequestsExpected }).transform((value, check) => {
  const addresses = value.split(',').map((entry) => parseOpenMergeRequest(entry.trim()));
  if (addresses.some((address) => address === null)) {
    check.addIssue({ code: 'custom', message: openMergeRequestsExpected });
    return z.NEVER;
  }
  return addresses.filter((address) => address !== null);
});

/**
 * The variables of a job without empty ones. The two groups are null outside merge requests; inside, what is not
 * optional in them must be there.
 */
export const ciVariablesSchema = z.object({
  CI_SERVER_URL: webAddress.meta({ description: 'Address of GitLab, with its path where it has one.' }),
  CI_API_V4_URL: webAddress
    .optional()
    .meta({ description: 'Address of the REST API; `CI_SERVER_URL` with `/api/v4` when not set.' }),
  CI_PROJECT_ID: wholeNumber.meta({ description: 'Id of the project that the pipeline runs in.' }),
  CI_PROJECT_PATH: projectPath.meta({ description: 'Path of that project, with its groups.' }),
  CI_PROJECT_URL: webAddress.meta({ description: 'Address of that project, for links to files and jobs.' }),
  CI_DEFAULT_BRANCH: text.meta({
    description: 'Default branch of the project: its reports are the history.',
  }),
  CI_PROJECT_DIR: directory.meta({
    description: 'Folder of the checkout: Herald looks for reports inside it.',
  }),
  CI_PIPELINE_ID: wholeNumber.meta({
    description: 'Id of the pipeline: a comment of a newer one is never overwritten.',
  }),
  CI_PIPELINE_URL: webAddress.meta({ description: 'Address of the pipeline, for links.' }),
  CI_PIPELINE_SOURCE: text.meta({ description: 'What started the pipeline: shows its type.' }),
  CI_PIPELINE_CREATED_AT: instant.optional().meta({ description: 'When the pipeline was created.' }),
  CI_UPSTREAM_PIPELINE_ID: wholeNumber.optional().meta({
    description: 'Of a child pipeline, the one that started it: its status is set there (GitLab 18.9).',
  }),
  CI_UPSTREAM_PROJECT_ID: wholeNumber.optional().meta({
    description: 'Project of that pipeline: in another one nothing is written.',
  }),
  CI_JOB_ID: wholeNumber.meta({ description: 'Id of this job: its artifacts hold the full report.' }),
  CI_JOB_NAME: text.meta({ description: 'Name of this job: a commit status cannot have the same name.' }),
  CI_JOB_URL: webAddress.meta({ description: 'Address of this job, for the link to the full report.' }),
  CI_COMMIT_SHA: sha.meta({ description: 'Commit of the pipeline: commit statuses are set on it.' }),
  CI_COMMIT_BRANCH: text.optional().meta({ description: 'Branch of the commit, in branch pipelines.' }),
  CI_COMMIT_TAG: text.optional().meta({ description: 'Tag of the commit, in tag pipelines.' }),
  CI_OPEN_MERGE_REQUESTS: openMergeRequests.optional().meta({
    description: 'Open merge requests of the branch, in branch pipelines.',
  }),
  mergeRequestAddress: z
    .object({
      CI_MERGE_REQUEST_IID: wholeNumber.meta({
        description: 'Number of the merge request in its target project.',
      }),
      CI_MERGE_REQUEST_PROJECT_ID: wholeNumber.meta({
        description: 'Id of the target project: where the comment is written.',
      }),
    })
    .nullable(),
  mergeRequest: z
    .object({
      CI_MERGE_REQUEST_PROJECT_PATH: projectPath.meta({ description: 'Path of the target project.' }),
      CI_MERGE_REQUEST_PROJECT_URL: webAddress.meta({
        description: 'Address of the target project, for links.',
      }),
      CI_MERGE_REQUEST_DESCRIPTION: text.optional().meta({
        description: 'Description of the merge request, of which GitLab gives the first 2700 characters.',
      }),
      CI_MERGE_REQUEST_DESCRIPTION_IS_TRUNCATED: text
        .optional()
        .meta({ description: '`true` where the description is longer than that.' }),
      CI_MERGE_REQUEST_TITLE: text.optional().meta({ description: 'Title of the merge request.' }),
      CI_MERGE_REQUEST_SOURCE_PROJECT_ID: wholeNumber.meta({
        description: 'Id of the source project: another one than the target means a fork.',
      }),
      CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: text.meta({ description: 'Source branch.' }),
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: text.meta({
        description: 'Target branch: the baseline comes from its pipelines.',
      }),
      CI_MERGE_REQUEST_EVENT_TYPE: z
        .enum(['detached', 'merged_result', 'merge_train'], {
          error: 'detached, merged_result or merge_train',
        })
        .optional()
        .meta({
          description: 'Whether the pipeline runs on the branch, the merged result or a merge train.',
        }),
      CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: sha
        .optional()
        .meta({ description: 'Head of the source branch, in merged results pipelines.' }),
      CI_MERGE_REQUEST_TARGET_BRANCH_SHA: sha
        .optional()
        .meta({ description: 'Head of the target branch, in merged results pipelines.' }),
      CI_MERGE_REQUEST_DIFF_BASE_SHA: sha
        .optional()
        .meta({ description: 'Base of the diff: Herald looks for the baseline at or before it.' }),
      CI_MERGE_REQUEST_LABELS: text.optional().meta({ description: 'Labels, separated by commas.' }),
    })
    .nullable(),
});

export type CiVariables = z.output<typeof ciVariablesSchema>;

export interface CiVariable {
  readonly name: string;
  readonly needed: 'always' | 'in merge request pipelines' | 'no';
  readonly meaning: string;
}

/** Every variable that the schema reads, in its order, for the reference pages. */
export function ciVariables(): readonly CiVariable[] {
  return Object.entries(ciVariablesSchema.shape).flatMap(([name, schema]) =>
    schema instanceof z.ZodNullable
      ? Object.entries<z.ZodType>(schema.unwrap().shape).map(([inner, innerSchema]) =>
          documented(inner, innerSchema, 'in merge request pipelines'),
        )
      : [documented(name, schema, 'always')],
  );
}

function documented(name: string, schema: z.ZodType, needed: CiVariable['needed']): CiVariable {
  return {
    name,
    needed: schema.safeParse(undefined).success ? 'no' : needed,
    meaning: schema.meta()?.description ?? '',
  };
}

function matching(pattern: RegExp, expected: string): z.ZodString {
  return z.string({ error: expected }).regex(pattern, { error: expected });
}

function withoutTrailingSlashes(address: string): string {
  let end = address.length;
  while (address.charAt(end - 1) === '/') end -= 1;
  return address.slice(0, end);
}

function parseOpenMergeRequest(entry: string): MergeRequestAddress | null {
  const [, project, iid] = openMergeRequest.exec(entry) ?? [];
  return project === undefined || iid === undefined ? null : { project, iid: Number(iid) };
}
