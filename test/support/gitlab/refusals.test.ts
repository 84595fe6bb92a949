import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { refused } from '../../../src/demo/refusals.ts';
import { type Asked, askEmbedded, head, startEmbedded, talkState, tokens } from './ask.ts';
import { eventHeaderOf, triggerPipeline } from './ci/trigger-pipeline.ts';
import type { EmbeddedGitLab } from './embedded-gitlab.ts';
import { type RefusalName, refusals } from './refusals.ts';
import type { EmbeddedState } from './state/state.ts';

type Ask = (gitlab: EmbeddedGitLab) => Promise<Asked>;

interface Case {
  /** As GitLab's documentation or source has it, not as the list does. */
  readonly status: number;
  readonly ask: Ask;
  readonly details?: readonly string[];
}

type Options = Parameters<typeof askEmbedded>[2];

function on(request: string, options: Options = {}): Ask {
  return (gitlab) => askEmbedded(gitlab, request, options);
}

/** The last of several requests; those before it succeed. */
function after(before: readonly Ask[], last: Ask): Ask {
  return async (gitlab) => {
    for (const ask of before) expect((await ask(gitlab)).status).toBeLessThan(300);
    return last(gitlab);
  };
}

function given(change: (state: EmbeddedState) => void, ask: Ask): Ask {
  return (gitlab) => {
    change(gitlab.state);
    return ask(gitlab);
  };
}

function addPipeline(state: EmbeddedState): void {
  const job = {
    stage: 'test',
    allow_failure: false,
    failure_reason: null,
    created_at: '2026-03-04T10:00:00.000Z',
    started_at: null,
    finished_at: null,
    duration: null,
    queued_duration: null,
    coverage: null,
    artifacts: new Map<string, string>(),
    reports: [],
    trace: '',
  };
  state.pipelines.push({
    id: 900,
    project_id: 42,
    ref: 'vouchers',
    sha: head,
    status: 'running',
    source: 'push',
    created_at: job.created_at,
    jobs: [{ ...job, id: 901, name: 'lint', status: 'running' }],
    statuses: [],
    test_report: null,
  });
}

function addBranch(state: EmbeddedState): void {
  state.branches.push({ project_id: 42, name: 'main', sha: head });
}

/** Jobs of a pipeline, and of those that it started, so many levels deep. */
function jobsOf(depth: number): string {
  const fields =
    'id name status createdAt startedAt finishedAt duration queuedDuration coverage allowFailure';
  return `jobs{nodes{${fields}}}${depth === 0 ? '' : `downstream{nodes{${jobsOf(depth - 1)}}}`}`;
}

const startWithInputs = on('POST /../graphql', {
  body: {
    query: 'mutation($input:PipelineCreateInput!){pipelineCreate(input:$input){pipeline{id} errors}}',
    variables: {
      input: {
        projectPath: 'shop/till',
        ref: 'vouchers',
        mergeRequestIid: '17',
        inputs: [{ name: 'colour', value: 'red' }],
      },
    },
  },
});

const ofAda = { token: tokens.ada };
const newProject = {
  namespace_id: 7,
  visibility: 'private',
  description: '',
  ci_config_path: '',
};
const addGroup = ({ ci }: EmbeddedState): void => {
  ci.groups.push({ id: 7, full_path: 'shop' });
};
const commitFile = (action: string): Ask =>
  on('POST repository/commits', {
    body: { branch: 'main', commit_message: 'x', actions: [{ action, file_path: 'a', content: 'x' }] },
  });
const status = (body: object, options: Options = {}): Ask =>
  given(addPipeline, on(`POST statuses/${head}`, { ...options, body }));
const running = { name: 'herald', state: 'running', pipeline_id: 900 };
const reactWith = (name: string, options: Options = {}): Ask =>
  on('POST issues/5/award_emoji', { ...options, body: { name } });
const link = (iid: number, options: Options = {}): Ask =>
  on('POST issues/5/links', { ...options, body: { target_project_id: 42, target_issue_iid: iid } });
const variable = (body: object): Ask =>
  on('POST variables', { ...ofAda, body: { key: 'KEY', value: 'long enough', ...body } });
const hook = (body: object): Ask =>
  on('POST hooks', { ...ofAda, body: { url: 'https://hooks.example.com/a', ...body } });
const newSchedule = on('POST pipeline_schedules', {
  ...ofAda,
  body: { description: 'nightly', ref: 'main', cron: '0 1 * * *' },
});
/** The first id that a state gives. */
const firstId = 1_001;
const setScheduleVariable = on(`POST pipeline_schedules/${firstId}/variables`, {
  ...ofAda,
  body: { key: 'A', value: 'b' },
});
const cherryPick = on(`POST repository/commits/${head}/cherry_pick`, { body: { branch: 'main' } });
const openMergeRequest = (source_branch: string): Ask =>
  on('POST merge_requests', { body: { source_branch, target_branch: 'main', title: 'Again' } });

/** A delivery to the trigger address of project 42; its token is Ada's unless the owner is another user. */
function deliver({
  owner = 11,
  token = 'trigger-token',
  ref = 'main',
  payload = {},
  inputs = {},
}: {
  readonly owner?: number;
  readonly token?: string;
  readonly ref?: string;
  readonly payload?: Readonly<Record<string, unknown>>;
  readonly inputs?: Readonly<Record<string, string>>;
} = {}): Ask {
  return ({ state }) => {
    const trigger = { id: 1, project_id: 42, description: 'bot', owner_id: owner, expires_at: null };
    state.ci.triggers.push({ ...trigger, token: 'trigger-token' });
    const path = `/projects/42/ref/${ref}/trigger/pipeline`;
    const { status: answered, body } = triggerPipeline(
      path,
      { token, payload, event: eventHeaderOf(payload), inputs },
      state,
    );
    return Promise.resolve({ status: answered, json: body });
  };
}

function declareQueue({ projects }: EmbeddedState): void {
  for (const project of projects) project.declared_inputs = { queue: '^\\w+$' };
}

function addTwoVariables({ ci }: EmbeddedState): void {
  for (const environment_scope of ['*', 'live'])
    ci.variables.push({
      project_id: 42,
      key: 'KEY',
      value: 'x',
      protected: false,
      masked: false,
      hidden: false,
      environment_scope,
      description: null,
    });
}

function addCommitComment(state: EmbeddedState): void {
  const [author] = state.users;
  const at = '2026-03-04T10:00:00.000Z';
  const times = { created_at: at, updated_at: at };
  if (author !== undefined)
    state.commits.push({
      project_id: 42,
      id: head,
      parent_ids: [],
      title: 'x',
      created_at: at,
      notes: [{ id: 1, author, body: 'Why?', system: false, ...times, discussion_id: 'abc' }],
    });
}

function addSystemNote(state: EmbeddedState): void {
  const [author] = state.users;
  const at = '2026-03-04T10:00:00.000Z';
  if (author !== undefined)
    state.issues[0]?.notes.push({
      id: 1,
      author,
      body: 'closed',
      system: true,
      created_at: at,
      updated_at: at,
      discussion_id: 'abc',
    });
}

const notesOf17 = 'merge_requests/17/notes';
const position = { old_path: 'a', new_path: 'a', old_line: null, new_line: 1, head_sha: head };

/** A request for each entry of the list: the compiler names the one that is missing. */
const newAccount = (body: object = {}): Ask => on('POST service_accounts', { ...ofAda, body });
const newToken = (options: Options = {}): Ask =>
  on(`POST service_accounts/${firstId}/personal_access_tokens`, {
    ...ofAda,
    body: { name: 'of the bot', scopes: ['api'] },
    ...options,
  });
const madeToken = 'glpat-CANARY-made-1002-0123456789';
const rotate = (body: object = {}): Ask =>
  on('POST /personal_access_tokens/self/rotate', { body, token: madeToken });
const addAccount = (project: number): Ask =>
  on(`POST /projects/${project}/members`, { ...ofAda, body: { user_id: firstId, access_level: 30 } });

const cases: Readonly<Record<RefusalName, Case>> = {
  revokedToken: {
    status: 401,
    ask: after([newAccount(), newToken(), rotate()], on('GET /user', { token: madeToken })),
  },
  accountTokenNotPermitted: {
    status: 422,
    ask: given(
      ({ ci }) => Object.assign(ci, { accountTokensByAdminsOnly: true }),
      after([newAccount()], newToken()),
    ),
  },
  usernameTaken: { status: 400, ask: newAccount({ username: 'ada' }) },
  memberThere: { status: 409, ask: after([newAccount(), addAccount(42)], addAccount(42)) },
  accountOfOtherProject: { status: 400, ask: after([newAccount()], addAccount(43)) },
  expiryTooLate: {
    status: 400,
    details: ['2027-01-01'],
    ask: given(
      ({ ci }) => Object.assign(ci, { latestExpiry: '2027-01-01' }),
      after([newAccount(), newToken()], rotate({ expires_at: '2028-01-01' })),
    ),
  },
  noAccessToken: {
    status: 404,
    ask: after([newAccount()], on(`DELETE service_accounts/${firstId}/personal_access_tokens/9`, ofAda)),
  },
  granularScope: {
    status: 403,
    details: ['Commit Status: Create'],
    ask: given(
      ({ granularTokens }) => granularTokens.set(tokens.bot, ['Work Item: Create']),
      on(`POST statuses/${head}`, { body: running }),
    ),
  },
  scopeTooNarrow: {
    status: 403,
    ask: given(
      (state) => Object.assign(state.tokens[0] ?? {}, { facts: { scopes: ['read_api'], expires_at: null } }),
      on('POST issues', { body: { title: 'More' } }),
    ),
  },
  malformedString: { status: 400, ask: on('POST issues', { body: { title: 'a\0b' } }) },
  unknownToken: { status: 401, ask: on('GET merge_requests/17', { token: 'other' }) },
  unknownPath: { status: 404, ask: on('GET nothing') },
  noMergeRequest: { status: 404, ask: on('GET merge_requests/99') },
  noNote: { status: 404, ask: on(`GET ${notesOf17}/99`) },
  noPipeline: { status: 404, ask: on('GET pipelines/99') },
  noJob: { status: 404, ask: on('GET jobs/99/trace') },
  unknownFileType: { status: 400, ask: on('GET jobs/99/artifacts?file_type=trace') },
  noArtifact: { status: 404, ask: on('GET jobs/99/artifacts/report.json') },
  jobToken: { status: 401, ask: on('GET protected_branches', { token: tokens.job }) },
  jobTokenAsksGraphql: { status: 401, ask: on('GET /../graphql', { token: tokens.job }) },
  privateProject: {
    status: 404,
    ask: given(
      ({ ci }) => ci.members.push({ project_id: 43, user_id: 11, access_level: 40 }),
      on('GET /projects/43/protected_branches'),
    ),
  },
  roleTooLow: { status: 403, ask: on('GET protected_branches', { token: tokens.guest }) },
  noteOfOthers: {
    status: 403,
    ask: after(
      [on(`POST ${notesOf17}`, { ...ofAda, body: { body: 'mine' } })],
      on(`PUT ${notesOf17}/${firstId}`, { body: { body: 'ours' } }),
    ),
  },
  reactionOfOthers: {
    status: 401,
    ask: after([reactWith('eyes', ofAda)], on(`DELETE issues/5/award_emoji/${firstId}`)),
  },
  scheduleOfOthers: {
    status: 403,
    ask: after([newSchedule], on(`PUT pipeline_schedules/${firstId}`, { body: { cron: '1 1 * * *' } })),
  },
  noProject: { status: 404, ask: on('GET /projects/99') },
  noGroup: { status: 404, ask: on('GET /groups/99') },
  noUser: { status: 404, ask: on('GET /users/99') },
  noMember: { status: 404, ask: on('GET members/all/99') },
  noTokenFacts: { status: 404, ask: on('GET /personal_access_tokens/self') },
  noIssue: { status: 404, ask: on('GET issues/99') },
  noDiscussion: { status: 404, ask: on('GET merge_requests/17/discussions/f00') },
  noReaction: { status: 404, ask: on('DELETE issues/5/award_emoji/99') },
  noDraft: { status: 404, ask: on('DELETE merge_requests/17/draft_notes/99') },
  noSchedule: { status: 404, ask: on('GET pipeline_schedules/99') },
  noTrigger: { status: 404, ask: on('DELETE triggers/99', ofAda) },
  noDeployment: { status: 404, ask: on('GET deployments/99') },
  noHook: { status: 404, ask: on('GET hooks/99', ofAda) },
  noVariable: { status: 404, ask: on('GET variables/NONE', ofAda) },
  noLabel: { status: 404, ask: on('DELETE labels/none') },
  noResourceGroup: { status: 404, ask: on('PUT resource_groups/none', { ...ofAda, body: {} }) },
  noBranch: { status: 404, ask: on('GET repository/branches/none') },
  noCommit: { status: 404, ask: on('GET repository/commits/none') },
  unknownRefs: {
    status: 400,
    details: ['none, nothing'],
    ask: on('GET repository/merge_base?refs[]=none&refs[]=nothing'),
  },
  noMergeBase: {
    status: 404,
    ask: given(
      ({ commits }) => {
        for (const id of ['1'.repeat(40), '2'.repeat(40)])
          commits.push({ project_id: 42, id, parent_ids: [], title: id, created_at: '2026-03-04T10:00:00Z' });
      },
      on(`GET repository/merge_base?refs[]=${'1'.repeat(40)}&refs[]=${'2'.repeat(40)}`),
    ),
  },
  noTag: { status: 404, ask: on('GET repository/tags/none') },
  noFile: { status: 404, ask: on('GET repository/files/none/raw') },
  noFilePath: { status: 400, ask: on('GET repository/files/%2Fetc%2Fpasswd/blame?ref=main') },
  blameRange: {
    status: 400,
    ask: given(({ files }) => {
      files.push({ project_id: 42, ref: 'main', path: 'a.ts', content: 'a' });
    }, on('GET repository/files/a.ts/blame?ref=main&range[start]=2&range[end]=1')),
  },
  noWikiPage: { status: 404, ask: on('GET wikis/none') },
  releaseThere: {
    status: 409,
    ask: given(
      ({ releases, tags }) => {
        tags.push({ project_id: 42, name: 'v9', target: 'b0', commit: 'b0' });
        releases.push({ project_id: 42, tag_name: 'v9', name: 'v9', released_at: '2026-03-04T10:00:00Z' });
      },
      on('POST releases', { body: { tag_name: 'v9' } }),
    ),
  },
  releaseWithoutTag: { status: 422, ask: on('POST releases', { body: { tag_name: 'v10' } }) },
  noRelease: { status: 404, ask: on('GET releases/none') },
  missingField: { status: 400, details: ['name'], ask: on('POST issues/5/award_emoji', { body: {} }) },
  nothingToEdit: { status: 400, ask: on('PUT issues/5', { body: { colour: 'red' } }) },
  emptyNote: { status: 400, ask: on(`POST ${notesOf17}`, { body: { body: ' ' } }) },
  longNote: { status: 400, ask: on(`POST ${notesOf17}`, { body: { body: 'x'.repeat(1_000_001) } }) },
  longTitle: { status: 400, ask: on('POST issues', { body: { title: 'x'.repeat(256) } }) },
  lineOffDiff: {
    status: 400,
    ask: on('POST merge_requests/17/discussions', { body: { body: 'x', position } }),
  },
  rawDiffFails: {
    status: 500,
    ask: given(({ mergeRequests }) => {
      Object.assign(mergeRequests.find(({ iid }) => iid === 17) ?? {}, {
        diff: { raw: 'diff --git a/x b/x', files: [], rawFails: true },
      });
    }, on('GET merge_requests/17/raw_diffs')),
  },
  replyToSystemNote: {
    status: 400,
    ask: given(addSystemNote, on('POST issues/5/discussions/abc/notes', { body: { body: 'x' } })),
  },
  replyToCommitComment: {
    status: 400,
    ask: given(
      addCommitComment,
      on(`POST repository/commits/${head}/discussions/abc/notes`, { body: { body: 'x' } }),
    ),
  },
  draftWithoutPlace: {
    status: 400,
    ask: on('POST merge_requests/17/draft_notes', { body: { note: 'x' } }),
  },
  reactionTaken: { status: 404, ask: after([reactWith('eyes')], reactWith('eyes')) },
  reactionUnknown: { status: 404, ask: reactWith('Eyes!') },
  approvalOfOtherHead: {
    status: 409,
    details: [head],
    ask: on('POST merge_requests/17/approve', { body: { sha: 'abc' } }),
  },
  approvedAlready: {
    status: 401,
    ask: after([on('POST merge_requests/17/approve')], on('POST merge_requests/17/approve')),
  },
  mergeRequestThere: { status: 409, ask: openMergeRequest('vouchers') },
  noSourceBranch: { status: 400, ask: openMergeRequest('none') },
  linkOutOfReach: { status: 404, ask: link(6, { token: tokens.guest }) },
  linkedAlready: { status: 409, ask: after([link(6)], link(6)) },
  linkToItself: { status: 422, ask: link(5) },
  statusWithoutPipeline: { status: 404, ask: status({ ...running, pipeline_id: 99 }) },
  unknownState: { status: 400, ask: status({ ...running, state: 'green' }) },
  statusNamedLikeJob: { status: 400, ask: status({ ...running, name: 'lint' }) },
  sameStatusAgain: {
    status: 400,
    details: ['run', 'running'],
    ask: after([status(running)], on(`POST statuses/${head}`, { body: running })),
  },
  jobNotRetryable: { status: 403, ask: given(addPipeline, on('POST jobs/901/retry')) },
  jobNotPlayable: { status: 400, ask: given(addPipeline, on('POST jobs/901/play')) },
  undeclaredInput: {
    status: 400,
    ask: given(
      (state) => {
        addPipeline(state);
        for (const { jobs } of state.pipelines) for (const job of jobs) job.status = 'manual';
      },
      on('POST jobs/901/play', { body: { job_inputs: { colour: 'red' } } }),
    ),
    details: ['colour'],
  },
  noInputsOfMergeRequests: {
    status: 200,
    ask: given((state) => {
      state.version = '18.10.3';
    }, startWithInputs),
  },
  undeclaredPipelineInput: { status: 200, ask: startWithInputs, details: ['colour'] },
  noReference: { status: 400, ask: on('POST pipeline', { body: { ref: 'none' } }) },
  branchThere: {
    status: 400,
    ask: given(addBranch, on('POST repository/branches', { body: { branch: 'main', ref: 'main' } })),
  },
  noStartOfBranch: {
    status: 400,
    ask: on('POST repository/branches', { body: { branch: 'new', ref: 'none' } }),
  },
  notPickable: {
    status: 400,
    ask: given((state) => {
      addBranch(state);
      state.unpickable.add(head);
    }, cherryPick),
  },
  scheduleVariableTaken: {
    status: 400,
    ask: after([newSchedule, setScheduleVariable], setScheduleVariable),
  },
  triggerByPipelineEvent: { status: 403, ask: deliver({ payload: { object_kind: 'pipeline' } }) },
  wrongTriggerToken: { status: 404, ask: deliver({ token: 'other' }) },
  triggerOwnerTooLow: { status: 400, ask: deliver({ owner: 12 }) },
  triggerWithVariables: {
    status: 400,
    ask: given(
      ({ projects }) => {
        for (const project of projects)
          project.ci_pipeline_variables_minimum_override_role = 'no_one_allowed';
      },
      deliver({ payload: { variables: {} } }),
    ),
  },
  noInputs: { status: 400, ask: deliver({ inputs: { queue: 'q1' } }) },
  unknownInput: {
    status: 400,
    ask: given(declareQueue, deliver({ inputs: { line: 'q1' } })),
  },
  // GitLab takes it for a number, which is no text.
  wrongInput: { status: 400, ask: given(declareQueue, deliver({ inputs: { queue: '1' } })) },
  projectPathTaken: {
    status: 400,
    ask: given(
      addGroup,
      on('POST /projects', { ...ofAda, body: { ...newProject, name: 'till', path: 'till' } }),
    ),
  },
  fileThere: { status: 400, ask: after([commitFile('create')], commitFile('create')) },
  fileNotThere: { status: 400, ask: commitFile('update') },
  tagThere: {
    status: 400,
    details: ['1.0.0'],
    ask: after(
      [commitFile('create'), on('POST repository/tags?tag_name=1.0.0&ref=main')],
      on('POST repository/tags?tag_name=1.0.0&ref=main'),
    ),
  },
  noTree: { status: 404, ask: on('GET repository/tree?ref=main') },
  protectedTagThere: {
    status: 422,
    ask: after([on('POST protected_tags?name=*', ofAda)], on('POST protected_tags?name=*', ofAda)),
  },
  catalogNotPermitted: {
    status: 200,
    ask: given(
      (state) => {
        state.ci.groupOwners = new Set();
      },
      on('POST /../graphql', {
        body: {
          query: 'mutation{catalogResourcesCreate}',
          variables: { input: { projectPath: 'shop/till' } },
        },
      }),
    ),
  },
  noCatalog: {
    status: 200,
    ask: given(
      (state) => {
        state.version = '16.11.0';
      },
      on(`GET /../graphql?query=${encodeURIComponent('{project(fullPath:"shop/till"){isCatalogResource}}')}`),
    ),
  },
  unknownGraphqlField: {
    status: 200,
    details: ["Field 'weather' doesn't exist on type 'Pipeline'"],
    ask: on(
      `GET /../graphql?query=${encodeURIComponent('{project(fullPath:"shop/till"){pipelines(first:1){nodes{weather}}}}')}`,
    ),
  },
  queryTooComplex: {
    status: 200,
    details: ['261', '250'],
    ask: on(
      `GET /../graphql?query=${encodeURIComponent(`{project(fullPath:"shop/till"){pipelines(first:100){nodes{${jobsOf(4)}}}}}`)}`,
    ),
  },
  invalidUrl: { status: 422, ask: hook({ url: 'none' }) },
  longTemplate: { status: 422, ask: hook({ custom_webhook_template: 'x'.repeat(4_097) }) },
  tooManyHooks: {
    status: 422,
    details: ['0'],
    ask: given((state) => {
      state.ci.maxHooks = 0;
    }, hook({})),
  },
  noDelivery: {
    status: 404,
    ask: after([hook({})], on(`POST hooks/${firstId}/events/99/resend`, ofAda)),
  },
  badDeliveryPage: {
    status: 400,
    ask: after([hook({})], on(`GET hooks/${firstId}/events?per_page=100`, ofAda)),
  },
  tooManyResent: {
    status: 429,
    ask: given(
      (state) => {
        state.ci.resendsLeft = 0;
        state.ci.receiver = () => ({ status: 200, body: '' });
      },
      after(
        [hook({}), on(`POST hooks/${firstId}/test/push_events`, ofAda)],
        on(`POST hooks/${firstId}/events/${firstId + 1}/resend`, ofAda),
      ),
    ),
  },
  failedHookTest: {
    status: 422,
    details: ['{"message":"404 Not Found"}'],
    ask: after(
      [hook({ url: 'https://gitlab.example.com/api/v4/projects/42/ref/main/trigger/pipeline?token=other' })],
      on(`POST hooks/${firstId}/test/push_events`, ofAda),
    ),
  },
  variableTaken: { status: 400, details: ['KEY'], ask: after([variable({})], variable({})) },
  variableNotMaskable: { status: 400, ask: variable({ masked: true, value: 'short' }) },
  severalVariables: { status: 409, ask: given(addTwoVariables, on('GET variables/KEY', ofAda)) },
  labelThere: {
    status: 409,
    ask: after([on('POST labels', { body: { name: 'a' } })], on('POST labels', { body: { name: 'a' } })),
  },
  unknownProcessMode: {
    status: 400,
    ask: given(
      ({ ci }) => ci.resourceGroups.push({ project_id: 42, key: 'bot', process_mode: 'unordered' }),
      on('PUT resource_groups/bot', { ...ofAda, body: { process_mode: 'chaos' } }),
    ),
  },
};

const rows = Object.entries(cases).map(([name, one]) => ({ name: name as RefusalName, ...one }));

describe('the embedded GitLab refuses as GitLab does', () => {
  test.each(rows)('$name: $status', async ({ name, status: wanted, ask, details = [] }) => {
    const answer = await ask(await startEmbedded({ state: talkState() }));
    const listed = refused(refusals[name], ...details);
    expect(answer).toEqual({ status: wanted, json: listed.body });
    expect(listed.status).toBe(wanted);
  });
});

describe('the list', () => {
  const here = fileURLToPath(new URL('.', import.meta.url));
  const folders = [here, join(here, '../../../src/demo')];
  const routes = folders
    .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !/\.test\.ts$|^refusals\.ts$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));

  test('has nothing that no route refuses', () => {
    const used = routes.flatMap((text) =>
      [...text.matchAll(/\b(?:r|serverR)efusals\.(\w+)/g)].map(([, name = '']) => name),
    );
    expect(Object.keys(refusals).filter((name) => !used.includes(name))).toEqual([]);
  });

  test('has all that routes refuse', () => {
    expect(routes.filter((text) => /\bstatus: 4\d\d\b/.test(text))).toEqual([]);
  });

  test('says for each entry when, and a page of the documentation or a file of the source', () => {
    const wrong = Object.values(refusals).filter(
      ({ when, source }) =>
        when === '' || !/^(?:https:\/\/docs\.gitlab\.com\/|(?:lib|app)\/[\w/]+\.rb\b)/.test(source),
    );
    expect(wrong).toEqual([]);
  });
});
