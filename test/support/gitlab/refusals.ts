import { type Refusal, serverRefusals } from '../../../src/demo/refusals.ts';

function absent(what: string, words: string, source: string): Refusal {
  return { when: `${what} is not there`, status: 404, body: { message: words }, source };
}

/** Who may not, and what nobody may. */
const rights = {
  malformedString: {
    when: 'a text has a zero byte or half a character',
    status: 400,
    body: { message: 'Bad Request' },
    source: 'lib/gitlab/middleware/handle_malformed_strings.rb',
  },
  jobToken: {
    when: 'a job token comes where only some routes that read take one: there it is nobody',
    status: 401,
    body: { message: '401 Unauthorized' },
    source: 'lib/gitlab/auth/auth_finders.rb (find_user_from_job_token)',
  },
  jobTokenAsksGraphql: {
    when: 'a job token asks GraphQL',
    status: 401,
    body: { message: 'Invalid token' },
    source: 'https://docs.gitlab.com/api/graphql/',
  },
  privateProject: {
    when: 'a user who is no member asks for settings of a project: it is not there for them',
    status: 404,
    body: { message: '404 Project Not Found' },
    source: 'lib/api/helpers.rb (find_project!)',
  },
  roleTooLow: {
    when: 'a member has a role below the one that it takes',
    status: 403,
    body: { message: '403 Forbidden' },
    source: 'https://docs.gitlab.com/user/permissions/',
  },
  granularScope: {
    when: 'a fine-grained token lacks the permission that a request takes',
    status: 403,
    body: (permissions: string) => ({
      error: 'insufficient_granular_scope',
      error_description: `Access denied: This operation requires a fine-grained personal access token with the following project permissions: [${permissions}].`,
    }),
    source: 'app/services/authz/tokens/authorize_granular_scopes_service.rb (access_denied_error)',
  },
  scopeTooNarrow: {
    when: 'a token without the scope api writes, or one without read_api reads',
    status: 403,
    body: {
      error: 'insufficient_scope',
      error_description: 'The request requires higher privileges than provided by the access token.',
      scope: 'api read_api',
    },
    source: 'lib/api/api_guard.rb (InsufficientScopeError)',
  },
  revokedToken: {
    when: 'a token comes that was revoked, or rotated',
    status: 401,
    body: {
      error: 'invalid_token',
      error_description: 'Token was revoked. You have to re-authorize from the user.',
    },
    source: 'lib/api/api_guard.rb (RevokedError)',
  },
  accountTokenNotPermitted: {
    when: 'somebody who is no administrator makes a token of a service account, in Community Edition',
    status: 422,
    body: { message: 'Not permitted to create' },
    source: 'app/services/personal_access_tokens/create_service.rb',
  },
  noteOfOthers: {
    when: 'a user changes or deletes a note of somebody else',
    status: 403,
    body: { message: '403 Forbidden' },
    source: 'lib/api/helpers/notes_helpers.rb (update_note)',
  },
  reactionOfOthers: {
    when: 'a user takes back a reaction of somebody else',
    status: 401,
    body: { message: '401 Unauthorized' },
    source: 'lib/api/award_emoji.rb',
  },
  scheduleOfOthers: {
    when: 'a user changes a schedule without taking it over first',
    status: 403,
    body: { message: '403 Forbidden' },
    source: 'https://docs.gitlab.com/api/pipeline_schedules/#take-ownership-of-a-pipeline-schedule',
  },
} satisfies Record<string, Refusal>;

const absences = {
  noProject: absent('a project', '404 Project Not Found', 'lib/api/helpers.rb (find_project!)'),
  noGroup: absent('a group', '404 Group Not Found', 'lib/api/helpers.rb (find_group!)'),
  noUser: absent('a user', '404 User Not Found', 'https://docs.gitlab.com/api/users/'),
  noMember: absent('a member', '404 Not found', 'https://docs.gitlab.com/api/members/'),
  noTokenFacts: absent(
    'what is asked of a token',
    '404 Token Not Found',
    'https://docs.gitlab.com/api/personal_access_tokens/',
  ),
  noIssue: absent(
    'an issue, or the right to see it,',
    '404 Issue Not Found',
    'lib/api/helpers/notes_helpers.rb (find_noteable)',
  ),
  noDiscussion: absent('a discussion', '404 Discussion Not Found', 'lib/api/discussions.rb'),
  noReaction: absent('a reaction', '404 AwardEmoji Not Found', 'lib/api/award_emoji.rb'),
  noDraft: absent('a draft of a review', '404 Draft Note Not Found', 'lib/api/draft_notes.rb'),
  noSchedule: absent(
    'a schedule',
    '404 Pipeline Schedule Not Found',
    'https://docs.gitlab.com/api/pipeline_schedules/',
  ),
  noTrigger: absent(
    'a trigger token',
    '404 Trigger Not Found',
    'https://docs.gitlab.com/api/pipeline_triggers/',
  ),
  noAccessToken: absent(
    'a personal access token',
    '404 Personal Access Token Not Found',
    'lib/api/project_service_accounts.rb',
  ),
  noDeployment: absent(
    'a deployment',
    '404 Deployment Not Found',
    'https://docs.gitlab.com/api/deployments/',
  ),
  noDelivery: absent('a delivery of a webhook', '404 Not found', 'lib/api/hooks/resend_hook.rb'),
  noHook: absent('a webhook', '404 Hook Not Found', 'https://docs.gitlab.com/api/project_webhooks/'),
  noVariable: absent('a variable', '404 Variable Not Found', 'lib/api/ci/variables.rb'),
  noLabel: absent('a label', '404 Label Not Found', 'https://docs.gitlab.com/api/labels/'),
  noResourceGroup: absent(
    'a resource group',
    '404 Resource Group Not Found',
    'https://docs.gitlab.com/api/resource_groups/',
  ),
  noBranch: absent('a branch', '404 Branch Not Found', 'https://docs.gitlab.com/api/branches/'),
  noCommit: absent('a commit', '404 Commit Not Found', 'https://docs.gitlab.com/api/commits/'),
  unknownRefs: {
    when: 'a merge base of something is asked for that is no branch, tag or commit',
    status: 400,
    body: (refs: string) => ({ message: `Could not find refs: ${refs}` }),
    source: 'lib/api/repositories.rb (get ":id/repository/merge_base")',
  },
  noMergeBase: absent('a merge base', '404 Merge Base Not Found', 'lib/api/repositories.rb'),
  noTag: absent('a tag', '404 Tag Not Found', 'https://docs.gitlab.com/api/tags/'),
  noFile: absent(
    'a file of the repository',
    '404 File Not Found',
    'https://docs.gitlab.com/api/repository_files/',
  ),
  noFilePath: {
    when: 'a path cannot be that of a file',
    status: 400,
    body: { error: 'file_path should be a valid file path' },
    source: 'lib/api/validations/validators/file_path.rb',
  },
  blameRange: {
    when: 'a range of blamed lines ends before it starts',
    status: 400,
    body: { message: 'range[start] must be less than or equal to range[end]' },
    source: 'lib/api/files.rb (fetch_blame_range)',
  },
  noTree: absent('a branch with files', '404 Tree Not Found', 'lib/api/repositories.rb'),
  noWikiPage: absent('a wiki page', '404 Wiki Page Not Found', 'lib/api/wikis.rb (get ":id/wikis/:slug")'),
  releaseThere: {
    when: 'a tag has a release already',
    status: 409,
    body: { message: 'Release already exists' },
    source: 'app/services/releases/create_service.rb',
  },
  releaseWithoutTag: {
    when: 'a release is for a tag that is not there, and names no commit for it',
    status: 422,
    body: { message: 'Ref is not specified' },
    source: 'app/services/releases/create_service.rb',
  },
  noRelease: absent('a release', '404 Release Not Found', 'https://docs.gitlab.com/api/releases/'),
} satisfies Record<string, Refusal>;

/** Of notes, discussions, reviews, merge requests and issues. */
const workItems = {
  missingField: {
    when: 'a request lacks a field that it must have',
    status: 400,
    body: (...names: readonly string[]) => ({ error: names.map((name) => `${name} is missing`).join(', ') }),
    source: 'https://docs.gitlab.com/api/rest/troubleshooting/#status-code-400',
  },
  nothingToEdit: {
    when: 'an edit names nothing that can be edited',
    status: 400,
    body: { error: 'at least one parameter must be provided' },
    source: 'https://docs.gitlab.com/api/merge_requests/#update-a-merge-request',
  },
  emptyNote: {
    when: 'a note has no text',
    status: 400,
    body: { message: { body: ["can't be blank"] } },
    source: 'https://docs.gitlab.com/api/notes/',
  },
  longNote: {
    when: 'a note has more than a million characters',
    status: 400,
    body: { message: { note: ['is too long (maximum is 1000000 characters)'] } },
    source:
      'https://docs.gitlab.com/administration/instance_limits/#size-of-comments-and-descriptions-of-issues-merge-requests-and-epics',
  },
  longTitle: {
    when: 'a title has more than 255 characters',
    status: 400,
    body: { message: { title: ['is too long (maximum is 255 characters)'] } },
    source: 'https://docs.gitlab.com/api/issues/#create-an-issue',
  },
  lineOffDiff: {
    when: 'a comment is meant for a line that the diff does not show, or for another head',
    status: 400,
    body: { message: 'Note {:line_code=>["must be a valid line code"]}' },
    source: 'https://docs.gitlab.com/api/discussions/#create-a-new-thread-in-the-merge-request-diff',
  },
  rawDiffFails: {
    when: 'the raw diff of a merge request is too much for GitLab',
    status: 500,
    body: { message: '500 Internal Server Error' },
    source: 'lib/api/helpers.rb (handle_api_exception)',
  },
  replyToSystemNote: {
    when: 'a reply is meant for a note that GitLab wrote',
    status: 400,
    body: { message: '400 Bad request - Discussion can not be replied to.' },
    source: 'lib/api/discussions.rb',
  },
  replyToCommitComment: {
    when: 'a reply is meant for a comment on a commit that is not a thread',
    status: 400,
    body: { message: '400 Bad request - Discussion can not be replied to.' },
    source: 'lib/api/discussions.rb and app/models/concerns/noteable.rb (replyable_types)',
  },
  draftWithoutPlace: {
    when: 'a draft of a review has no text, or no place on the diff',
    status: 400,
    body: { message: '400 Bad request' },
    source: 'https://docs.gitlab.com/api/draft_notes/',
  },
  reactionTaken: {
    when: 'a user reacts twice in the same way',
    status: 404,
    body: { message: '404 Award Emoji {:name=>["has already been taken"]} Not Found' },
    source: 'lib/api/award_emoji.rb',
  },
  reactionUnknown: {
    when: 'a reaction is no emoji',
    status: 404,
    body: { message: '404 Award Emoji {:name=>["is not a valid emoji name"]} Not Found' },
    source: 'lib/api/award_emoji.rb',
  },
  approvalOfOtherHead: {
    when: 'an approval is meant for another head',
    status: 409,
    body: (head: string) => ({ message: `SHA does not match HEAD of source branch: ${head}` }),
    source: 'https://docs.gitlab.com/api/merge_request_approvals/#approve-a-merge-request',
  },
  approvedAlready: {
    when: 'a user approves a second time',
    status: 401,
    body: { message: '401 Unauthorized' },
    source: 'https://docs.gitlab.com/api/merge_request_approvals/#approve-a-merge-request',
  },
  mergeRequestThere: {
    when: 'an open merge request has the same branches',
    status: 409,
    body: { message: ['Another open merge request already exists for this source branch'] },
    source: 'https://docs.gitlab.com/api/merge_requests/#create-a-merge-request',
  },
  noSourceBranch: {
    when: 'the source branch of a new merge request is not there',
    status: 400,
    body: { message: { source_branch: ['does not exist'] } },
    source: 'https://docs.gitlab.com/api/merge_requests/#create-a-merge-request',
  },
  linkOutOfReach: {
    when: 'a guest links issues',
    status: 404,
    body: { message: 'No matching issue found. Make sure that you are adding a valid issue URL.' },
    source: 'https://docs.gitlab.com/api/issue_links/',
  },
  linkedAlready: {
    when: 'two issues are linked already',
    status: 409,
    body: { message: 'Issue(s) already assigned' },
    source: 'https://docs.gitlab.com/api/issue_links/',
  },
  linkToItself: {
    when: 'an issue is linked to itself',
    status: 422,
    body: { message: { source: ['cannot be related to itself'] } },
    source: 'https://docs.gitlab.com/api/issue_links/',
  },
} satisfies Record<string, Refusal>;

/** Of pipelines, jobs, statuses, schedules and triggers. */
const ci = {
  unknownFileType: {
    when: 'an artifact is asked for by a type that cannot be (19.4 and later; before, a type is ignored)',
    status: 400,
    body: { error: 'file_type does not have a valid value' },
    source: 'lib/api/ci/job_artifacts.rb',
  },
  statusWithoutPipeline: {
    when: 'a status names a pipeline that is not one of its commit and ref, or a child pipeline',
    status: 404,
    body: { message: '404 Pipeline for pipeline_id, sha and ref Not Found' },
    source: 'app/services/ci/create_commit_status_service.rb (first_matching_pipeline)',
  },
  unknownState: {
    when: 'a status has a state that GitLab does not know',
    status: 400,
    body: { message: 'state does not have a valid value' },
    source: 'https://docs.gitlab.com/api/commits/#set-commit-pipeline-status',
  },
  statusNamedLikeJob: {
    when: 'a status has the name of a job of its pipeline',
    status: 400,
    body: { message: { name: ['has already been taken'] } },
    source: 'https://docs.gitlab.com/api/commits/#set-commit-pipeline-status',
  },
  sameStatusAgain: {
    when: 'an open status is set to the state that it has',
    status: 400,
    body: (event: string, from: string) => ({
      message: `Cannot transition status via :${event} from :${from} (Reason(s): Status cannot transition via "${event}")`,
    }),
    source: 'https://docs.gitlab.com/api/commits/#set-commit-pipeline-status',
  },
  jobNotRetryable: {
    when: 'a job is retried that did not end, or whose newest attempt is another',
    status: 403,
    body: { message: '403 Forbidden - Job is not retryable' },
    source: 'lib/api/ci/jobs.rb',
  },
  jobNotPlayable: {
    when: 'a job is started that does not wait for people',
    status: 400,
    body: { message: '400 Bad request - Unplayable Job' },
    source: 'lib/api/ci/jobs.rb',
  },
  undeclaredInput: {
    when: 'a job is started or retried with an input that it does not declare (from 18.10; before, inputs are ignored)',
    status: 400,
    body: (name = '') => ({ message: `400 Bad request - Unexpected input: ${name}` }),
    source: 'https://docs.gitlab.com/ci/jobs/job_inputs/',
  },
  noInputsOfMergeRequests: {
    when: 'before 18.11 a pipeline of a merge request is started with inputs: GraphQL answers 200 with its errors',
    status: 200,
    body: {
      errors: [
        { message: 'Field is not defined on PipelineCreateInput: mergeRequestIid (Provided in variables)' },
      ],
    },
    source: 'https://docs.gitlab.com/api/graphql/reference/#mutationpipelinecreate',
  },
  undeclaredPipelineInput: {
    when: 'a pipeline is started with an input that its configuration does not declare: GraphQL answers 200',
    status: 200,
    body: (name = '') => ({
      data: { pipelineCreate: { pipeline: null, errors: [`Given inputs not defined: ${name}`] } },
    }),
    source: 'https://docs.gitlab.com/api/graphql/reference/#mutationpipelinecreate',
  },
  noReference: {
    when: 'a pipeline is started on a ref that is not there',
    status: 400,
    body: { message: { base: ['Reference not found'] } },
    source: 'https://docs.gitlab.com/api/pipelines/#create-a-new-pipeline',
  },
  branchThere: {
    when: 'a branch of that name is there',
    status: 400,
    body: { message: 'Branch already exists' },
    source: 'https://docs.gitlab.com/api/branches/#create-repository-branch',
  },
  noStartOfBranch: {
    when: 'a branch is made from nothing',
    status: 400,
    body: { message: 'Invalid reference name' },
    source: 'https://docs.gitlab.com/api/branches/#create-repository-branch',
  },
  notPickable: {
    when: 'a commit does not apply to a branch',
    status: 400,
    body: {
      message:
        'Sorry, we cannot cherry-pick this commit automatically. This commit may already have been cherry-picked, or a more recent commit may have updated some of its content.',
    },
    source: 'https://docs.gitlab.com/api/commits/#cherry-pick-a-commit',
  },
  scheduleVariableTaken: {
    when: 'a schedule has a variable of that name',
    status: 400,
    body: { message: { base: ['has already been taken'] } },
    source: 'https://docs.gitlab.com/api/pipeline_schedules/#create-a-new-pipeline-schedule-variable',
  },
  triggerByPipelineEvent: {
    when: 'a webhook about a pipeline asks for a pipeline',
    status: 403,
    body: { message: '403 Forbidden' },
    source: 'lib/api/ci/triggers.rb',
  },
  wrongTriggerToken: {
    when: 'the trigger token is none of the project',
    status: 404,
    body: { message: '404 Not Found' },
    source: 'lib/api/ci/triggers.rb',
  },
  triggerOwnerTooLow: {
    when: 'the owner of a trigger token may not start pipelines',
    status: 400,
    body: { message: { base: ['Insufficient permissions to create a new pipeline'] } },
    source: 'https://docs.gitlab.com/ci/triggers/',
  },
  triggerWithVariables: {
    when: 'a trigger sets variables and the project takes none',
    status: 400,
    body: { message: { base: ['Insufficient permissions to set pipeline variables'] } },
    source: 'https://docs.gitlab.com/ci/variables/#restrict-pipeline-variables',
  },
  unknownInput: {
    when: 'a trigger gives an input that the configuration does not declare',
    status: 400,
    body: { message: { base: ['unknown input arguments: queue'] } },
    source: 'lib/gitlab/ci/config/interpolation/inputs.rb',
  },
  noInputs: {
    when: 'a trigger gives an input, and the configuration declares none at all',
    status: 400,
    body: {
      message: {
        base: ['Given inputs not defined in the `spec` section of the included configuration file'],
      },
    },
    source: 'lib/gitlab/ci/config/yaml/interpolator.rb',
  },
  wrongInput: {
    when: 'a trigger gives an input of another type or form than declared',
    status: 400,
    body: { message: { base: ['`queue` input: provided value does not match required RegEx pattern'] } },
    source: 'lib/ci/pipeline_creation/inputs/base_input.rb',
  },
} satisfies Record<string, Refusal>;

/** Of webhooks, variables, labels, queues, service accounts and members. */
const settings = {
  usernameTaken: {
    when: 'a service account gets a username that somebody has',
    status: 400,
    body: { message: 'Username has already been taken' },
    source: 'lib/api/project_service_accounts.rb',
  },
  memberThere: {
    when: 'a user is a member already',
    status: 409,
    body: { message: 'Member already exists' },
    source: 'lib/api/members.rb',
  },
  accountOfOtherProject: {
    when: 'the service account of a project becomes a member of another one',
    status: 400,
    body: { message: { base: ['Service accounts of a project cannot be members of other projects'] } },
    source: 'https://docs.gitlab.com/user/profile/service_accounts/',
  },
  expiryTooLate: {
    when: 'a token is to live longer than this GitLab allows',
    status: 400,
    body: (day: string) => ({ message: `400 Bad request - Expiration date must be before ${day}` }),
    source: 'app/services/personal_access_tokens/rotate_service.rb (error_response)',
  },
  invalidUrl: {
    when: 'the address of a webhook is none, lacks one of its variables, or is local where that is forbidden',
    status: 422,
    body: { message: 'Invalid url given' },
    source: 'https://docs.gitlab.com/security/webhooks/',
  },
  longTemplate: {
    when: 'the template of a webhook has more than 4096 characters',
    status: 422,
    body: { message: { custom_webhook_template: ['is too long (maximum is 4096 characters)'] } },
    source: 'https://docs.gitlab.com/user/project/integrations/webhooks/#custom-webhook-template',
  },
  tooManyHooks: {
    when: 'a project has as many webhooks as it may',
    status: 422,
    body: (limit: string) => ({ message: { base: [`Maximum number of project hooks (${limit}) exceeded`] } }),
    source: 'https://docs.gitlab.com/administration/instance_limits/#webhook-limits',
  },
  badDeliveryPage: {
    when: 'more than twenty deliveries of a webhook are asked for at once',
    status: 400,
    body: { error: 'per_page does not have a valid value' },
    source: 'lib/api/hooks/events.rb',
  },
  tooManyResent: {
    when: 'deliveries of a project are sent again more than five times in a minute',
    status: 429,
    body: { message: { error: 'This endpoint has been requested too many times. Try again later.' } },
    source: 'https://docs.gitlab.com/api/project_webhooks/#resend-a-project-webhook-event',
  },
  failedHookTest: {
    when: 'the receiver of a test delivery refuses it',
    status: 422,
    body: (answer: string) => ({ message: answer }),
    source: 'https://docs.gitlab.com/api/project_webhooks/#trigger-a-test-project-webhook',
  },
  variableTaken: {
    when: 'a variable of that name and environment is there',
    status: 400,
    body: (key: string) => ({ message: { key: [`(${key}) has already been taken`] } }),
    source: 'lib/api/ci/variables.rb',
  },
  variableNotMaskable: {
    when: 'a value is to be masked and is too short or has white space',
    status: 400,
    body: { message: { value: ['is invalid'] } },
    source: 'https://docs.gitlab.com/ci/variables/#mask-a-cicd-variable',
  },
  severalVariables: {
    when: 'several variables have the name, and the request names no environment',
    status: 409,
    body: {
      message:
        "There are multiple variables with provided parameters. Please use 'filter[environment_scope]'",
    },
    source: 'https://docs.gitlab.com/api/project_level_variables/#the-filter-parameter',
  },
  projectPathTaken: {
    when: 'a project of that path is there',
    status: 400,
    body: {
      message: { name: ['has already been taken'], path: ['has already been taken'] },
    },
    source: 'lib/api/projects.rb (render_validation_error!)',
  },
  fileThere: {
    when: 'a commit creates a file that is there',
    status: 400,
    body: { message: 'A file with this name already exists' },
    source: 'app/services/files/multi_service.rb',
  },
  fileNotThere: {
    when: 'a commit changes or deletes a file that is not there',
    status: 400,
    body: { message: "A file with this name doesn't exist" },
    source: 'app/services/files/multi_service.rb',
  },
  tagThere: {
    when: 'a tag of that name is there',
    status: 400,
    body: (name: string) => ({ message: `Tag ${name} already exists` }),
    source: 'app/services/tags/create_service.rb',
  },
  protectedTagThere: {
    when: 'a rule about tags of that name is there',
    status: 422,
    body: { message: ['Name has already been taken'] },
    source: 'lib/api/protected_tags.rb (render_api_error!)',
  },
  catalogNotPermitted: {
    when: 'somebody who is no owner adds a project to the catalog: GraphQL answers 200',
    status: 200,
    body: {
      data: { catalogResourcesCreate: null },
      errors: [
        {
          message:
            "The resource that you are attempting to access does not exist or you don't have permission to perform this action",
          path: ['catalogResourcesCreate'],
        },
      ],
    },
    source: 'app/graphql/mutations/ci/catalog/resources/create.rb (authorize :add_catalog_resource)',
  },
  noCatalog: {
    when: 'a GitLab without a catalog is asked about it: GraphQL answers 200',
    status: 200,
    body: { errors: [{ message: "Field 'isCatalogResource' doesn't exist on type 'Project'" }] },
    source: 'https://docs.gitlab.com/api/graphql/',
  },
  unknownGraphqlField: {
    when: 'a question of GraphQL names a field or an argument that this GitLab does not have: it answers 200',
    status: 200,
    body: (message: string) => ({ errors: [{ message }] }),
    source: 'https://docs.gitlab.com/api/graphql/',
  },
  queryTooComplex: {
    when: 'a question of GraphQL is more complex than GitLab lets users ask: it answers 200',
    status: 200,
    body: (found: string, limit: string) => ({
      errors: [{ message: `Query has complexity of ${found}, which exceeds max complexity of ${limit}` }],
    }),
    source: 'app/graphql/gitlab_schema.rb (AUTHENTICATED_MAX_COMPLEXITY)',
  },
  labelThere: {
    when: 'a label of that name is there',
    status: 409,
    body: { message: 'Label already exists' },
    source: 'https://docs.gitlab.com/api/labels/#create-a-project-label',
  },
  unknownProcessMode: {
    when: 'a resource group gets a mode that GitLab does not know',
    status: 400,
    body: { error: 'process_mode does not have a valid value' },
    source: 'https://docs.gitlab.com/api/resource_groups/#edit-an-existing-resource-group',
  },
} satisfies Record<string, Refusal>;

/**
 * All that the embedded GitLab refuses, with GitLab's words and where they are from. Routes refuse with these alone,
 * and a test has a request for each.
 */
export const refusals = { ...serverRefusals, ...rights, ...absences, ...workItems, ...ci, ...settings };

export type RefusalName = keyof typeof refusals;
