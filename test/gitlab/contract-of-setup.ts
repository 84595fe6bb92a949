import { origin } from './connect-for-test.ts';
import type { BotCall } from './contract-of-bot.ts';

const api = '/api/v4/projects/42';

const hook = {
  url: `${origin}/api/v4/projects/9/ref/main/trigger/pipeline?token={token}`,
  name: 'Herald',
  description: 'made by herald setup',
  switches: { note_events: true, push_events: false },
  template: '',
  sslVerification: true,
  branchFilter: '',
};

const hookBody = {
  url: hook.url,
  name: 'Herald',
  description: 'made by herald setup',
  note_events: true,
  push_events: false,
  custom_webhook_template: '',
  enable_ssl_verification: true,
  push_events_branch_filter: '',
  branch_filter_strategy: 'all_branches',
};

const hookAnswer = { id: 5, url: hook.url };

const schedule = {
  description: 'Herald: sweep',
  ref: 'main',
  cron: '0 * * * *',
  timezone: 'UTC',
  active: true,
  variables: {},
};

const scheduleAnswer = {
  id: 3,
  description: 'Herald: sweep',
  ref: 'refs/heads/main',
  cron: '0 * * * *',
  cron_timezone: 'UTC',
  active: true,
};

const secret = { key: 'HERALD_TOKEN', value: 'secret-value', protected: true, description: 'of the bot' };
const secretBody = {
  value: 'secret-value',
  description: 'of the bot',
  protected: true,
  masked: true,
  raw: true,
};

const projectAnswer = {
  id: 42,
  path_with_namespace: 'shop/checkout',
  web_url: `${origin}/shop/checkout`,
  default_branch: 'main',
};

const group = { kind: 'groups', id: 7, path: 'shop' } as const;
const project = { kind: 'projects', id: 42, path: 'shop/checkout' } as const;
const accountAnswer = { id: 57, username: 'shop-herald', name: 'Herald' };
const newToken = { id: 6, name: 'of the bot', token: 'secret-value', expires_at: '2027-11-30' };
const ofAccount = `${api}/service_accounts/57/personal_access_tokens`;

const accounts: readonly BotCall[] = [
  {
    name: 'fetchServiceAccounts of a group',
    call: (gitlab) => gitlab.fetchServiceAccounts(group),
    sent: { request: 'GET /api/v4/groups/7/service_accounts?per_page=100', body: '' },
    answer: [200, [accountAnswer]],
  },
  {
    name: 'createServiceAccount',
    call: (gitlab) => gitlab.createServiceAccount(project, { name: 'Herald', username: 'shop-herald' }),
    sent: { request: `POST ${api}/service_accounts`, body: { name: 'Herald', username: 'shop-herald' } },
    answer: [201, accountAnswer],
  },
  {
    name: 'fetchAccountTokens',
    call: (gitlab) => gitlab.fetchAccountTokens(project, 57),
    sent: { request: `GET ${ofAccount}?state=active&per_page=100`, body: '' },
    answer: [200, [{ id: 6, name: 'of the bot', expires_at: null }]],
  },
  {
    name: 'createAccountToken',
    call: (gitlab) => gitlab.createAccountToken(project, 57, 'of the bot'),
    sent: { request: `POST ${ofAccount}`, body: { name: 'of the bot', scopes: ['api'] } },
    answer: [201, newToken],
  },
  {
    name: 'revokeAccountToken',
    call: (gitlab) => gitlab.revokeAccountToken(project, 57, 6),
    sent: { request: `DELETE ${ofAccount}/6`, body: '' },
    answer: [204, ''],
  },
  {
    name: 'addMember',
    call: (gitlab) => gitlab.addMember(42, 57, 30),
    sent: { request: `POST ${api}/members`, body: { user_id: 57, access_level: 30 } },
    answer: [201, { ...accountAnswer, access_level: 30 }],
  },
  {
    name: 'changeMember',
    call: (gitlab) => gitlab.changeMember(42, 57, 30),
    sent: { request: `PUT ${api}/members/57`, body: { access_level: 30 } },
    answer: [200, { ...accountAnswer, access_level: 30 }],
  },
  {
    name: 'rotateOwnToken',
    call: (gitlab) => gitlab.rotateOwnToken('2027-11-30'),
    sent: { request: 'POST /api/v4/personal_access_tokens/self/rotate', body: { expires_at: '2027-11-30' } },
    answer: [200, newToken],
  },
];

const webhooks: readonly BotCall[] = [
  {
    name: 'fetchWebhooks',
    call: (gitlab) => gitlab.fetchWebhooks(42),
    sent: { request: `GET ${api}/hooks?per_page=100`, body: '' },
    answer: [200, [hookAnswer]],
  },
  {
    name: 'createWebhook with a masked part of its address',
    call: (gitlab) => gitlab.createWebhook(42, { hook, variables: { token: 'secret-value' } }),
    sent: {
      request: `POST ${api}/hooks`,
      body: { ...hookBody, url_variables: [{ key: 'token', value: 'secret-value' }] },
    },
    answer: [201, hookAnswer],
  },
  {
    name: 'updateWebhook',
    call: (gitlab) => gitlab.updateWebhook(42, 5, { hook }),
    sent: { request: `PUT ${api}/hooks/5`, body: hookBody },
    answer: [200, hookAnswer],
  },
  {
    name: 'deleteWebhook',
    call: (gitlab) => gitlab.deleteWebhook(42, 5),
    sent: { request: `DELETE ${api}/hooks/5`, body: '' },
    answer: [204, ''],
  },
  {
    name: 'testWebhook',
    call: (gitlab) => gitlab.testWebhook(42, 5, 'push_events'),
    sent: { request: `POST ${api}/hooks/5/test/push_events`, body: '' },
    answer: [201, {}],
  },
  {
    name: 'createWebhook with a secret token and a signing token',
    call: (gitlab) =>
      gitlab.createWebhook(42, { hook, secret: { token: 'secret-value', signingToken: 'whsec_a' } }),
    sent: {
      request: `POST ${api}/hooks`,
      body: { ...hookBody, token: 'secret-value', signing_token: 'whsec_a' },
    },
    answer: [201, hookAnswer],
  },
  {
    name: 'updateWebhook with a secret token',
    call: (gitlab) =>
      gitlab.updateWebhook(42, 5, { hook, secret: { token: 'secret-value', signingToken: null } }),
    sent: { request: `PUT ${api}/hooks/5`, body: { ...hookBody, token: 'secret-value' } },
    answer: [200, hookAnswer],
  },
  {
    name: 'fetchDeliveries, twenty on a page',
    call: (gitlab) => gitlab.fetchDeliveries(42, 5, 20),
    sent: { request: `GET ${api}/hooks/5/events?per_page=20&page=1`, body: '' },
    answer: [200, [{ id: 8, trigger: 'note_hooks', response_status: 'internal error' }]],
  },
  {
    name: 'resendDelivery',
    call: (gitlab) => gitlab.resendDelivery(42, 5, 8),
    sent: { request: `POST ${api}/hooks/5/events/8/resend`, body: '' },
    answer: [201, { response_status: 200 }],
  },
];

/** Source: https://docs.gitlab.com/api/group_webhooks/ */
const ofGroup = '/api/v4/groups/7';
const groupWebhooks: readonly BotCall[] = [
  {
    name: 'fetchWebhooks of a group',
    call: (gitlab) => gitlab.fetchWebhooks({ group: 7 }),
    sent: { request: `GET ${ofGroup}/hooks?per_page=100`, body: '' },
    answer: [200, [hookAnswer]],
  },
  {
    name: 'createWebhook of a group',
    call: (gitlab) =>
      gitlab.createWebhook({ group: 7 }, { hook, secret: { token: 'secret-value', signingToken: null } }),
    sent: { request: `POST ${ofGroup}/hooks`, body: { ...hookBody, token: 'secret-value' } },
    answer: [201, hookAnswer],
  },
  {
    name: 'updateWebhook of a group',
    call: (gitlab) => gitlab.updateWebhook({ group: 7 }, 5, { hook }),
    sent: { request: `PUT ${ofGroup}/hooks/5`, body: hookBody },
    answer: [200, hookAnswer],
  },
  {
    name: 'deleteWebhook of a group',
    call: (gitlab) => gitlab.deleteWebhook({ group: 7 }, 5),
    sent: { request: `DELETE ${ofGroup}/hooks/5`, body: '' },
    answer: [204, ''],
  },
  {
    name: 'testWebhook of a group',
    call: (gitlab) => gitlab.testWebhook({ group: 7 }, 5, 'push_events'),
    sent: { request: `POST ${ofGroup}/hooks/5/test/push_events`, body: '' },
    answer: [201, {}],
  },
  {
    name: 'fetchDeliveries of a group',
    call: (gitlab) => gitlab.fetchDeliveries({ group: 7 }, 5, 20),
    sent: { request: `GET ${ofGroup}/hooks/5/events?per_page=20&page=1`, body: '' },
    answer: [200, [{ id: 8, trigger: 'note_hooks', response_status: '200' }]],
  },
  {
    name: 'resendDelivery of a group',
    call: (gitlab) => gitlab.resendDelivery({ group: 7 }, 5, 8),
    sent: { request: `POST ${ofGroup}/hooks/5/events/8/resend`, body: '' },
    answer: [201, { response_status: 200 }],
  },
];

const triggers: readonly BotCall[] = [
  {
    name: 'fetchTriggers',
    call: (gitlab) => gitlab.fetchTriggers(42),
    sent: { request: `GET ${api}/triggers?per_page=100`, body: '' },
    answer: [200, [{ id: 1 }]],
  },
  {
    name: 'createTrigger',
    call: (gitlab) => gitlab.createTrigger(42, 'of the webhook'),
    sent: { request: `POST ${api}/triggers`, body: { description: 'of the webhook' } },
    answer: [201, { id: 1, token: 'glptt-0123456789' }],
  },
  {
    name: 'deleteTrigger',
    call: (gitlab) => gitlab.deleteTrigger(42, 1),
    sent: { request: `DELETE ${api}/triggers/1`, body: '' },
    answer: [204, ''],
  },
  {
    name: 'fetchAccessLevel',
    call: (gitlab) => gitlab.fetchAccessLevel(42, 11),
    sent: { request: `GET ${api}/members/all/11`, body: '' },
    answer: [200, { access_level: 40 }],
  },
];

const variables: readonly BotCall[] = [
  {
    name: 'fetchVariable of all environments',
    call: (gitlab) => gitlab.fetchVariable(42, 'HERALD_TOKEN', 'everywhere'),
    sent: {
      request: `GET ${api}/variables/HERALD_TOKEN?filter%5Benvironment_scope%5D=*`,
      body: '',
    },
    answer: [200, { key: 'HERALD_TOKEN' }],
  },
  {
    name: 'createSecretVariable, masked and hidden, set aside',
    call: (gitlab) => gitlab.createSecretVariable(42, secret, 'aside'),
    sent: {
      request: `POST ${api}/variables`,
      body: {
        ...secretBody,
        key: 'HERALD_TOKEN',
        masked_and_hidden: true,
        environment_scope: 'herald-setup',
      },
    },
    answer: [201, { key: 'HERALD_TOKEN', hidden: true }],
  },
  {
    name: 'updateSecretVariable',
    call: (gitlab) => gitlab.updateSecretVariable(42, secret),
    sent: {
      request: `PUT ${api}/variables/HERALD_TOKEN?filter%5Benvironment_scope%5D=*`,
      body: secretBody,
    },
    answer: [200, { key: 'HERALD_TOKEN' }],
  },
  {
    name: 'placeVariable, which was set aside',
    call: (gitlab) => gitlab.placeVariable(42, 'HERALD_TOKEN'),
    sent: {
      request: `PUT ${api}/variables/HERALD_TOKEN?filter%5Benvironment_scope%5D=herald-setup`,
      body: { environment_scope: '*' },
    },
    answer: [200, { key: 'HERALD_TOKEN' }],
  },
  {
    name: 'deleteVariable',
    call: (gitlab) => gitlab.deleteVariable(42, 'HERALD_TOKEN', 'everywhere'),
    sent: {
      request: `DELETE ${api}/variables/HERALD_TOKEN?filter%5Benvironment_scope%5D=*`,
      body: '',
    },
    answer: [204, ''],
  },
];

const schedules: readonly BotCall[] = [
  {
    name: 'fetchSchedules',
    call: (gitlab) => gitlab.fetchSchedules(42),
    sent: { request: `GET ${api}/pipeline_schedules?per_page=100`, body: '' },
    answer: [200, [scheduleAnswer]],
  },
  {
    name: 'fetchSchedule with its variables',
    call: (gitlab) => gitlab.fetchSchedule(42, 3),
    sent: { request: `GET ${api}/pipeline_schedules/3`, body: '' },
    answer: [200, { ...scheduleAnswer, variables: [] }],
  },
  {
    name: 'fetchScheduleState',
    call: (gitlab) => gitlab.fetchScheduleState(42, 3),
    sent: { request: `GET ${api}/pipeline_schedules/3`, body: '' },
    answer: [
      200,
      {
        ...scheduleAnswer,
        owner: { id: 7, username: 'mia' },
        last_pipeline: { id: 332, sha: 'c1'.repeat(20), ref: 'main', status: 'failed' },
      },
    ],
  },
  {
    name: 'createSchedule without variables',
    call: (gitlab) => gitlab.createSchedule(42, schedule),
    sent: {
      request: `POST ${api}/pipeline_schedules`,
      body: {
        description: 'Herald: sweep',
        ref: 'main',
        cron: '0 * * * *',
        cron_timezone: 'UTC',
        active: true,
      },
    },
    answer: [201, scheduleAnswer],
  },
  {
    name: 'updateSchedule that was switched off',
    call: (gitlab) =>
      gitlab.updateSchedule(
        42,
        { ...schedule, id: 3, ownerId: null, nextRunAt: null, active: false },
        schedule,
      ),
    sent: {
      request: `PUT ${api}/pipeline_schedules/3`,
      body: {
        description: 'Herald: sweep',
        ref: 'main',
        cron: '0 * * * *',
        cron_timezone: 'UTC',
        active: true,
      },
    },
    answer: [200, scheduleAnswer],
  },
  {
    name: 'takeOverSchedule',
    call: (gitlab) => gitlab.takeOverSchedule(42, 3),
    sent: { request: `POST ${api}/pipeline_schedules/3/take_ownership`, body: '' },
    answer: [201, scheduleAnswer],
  },
  {
    name: 'deleteSchedule',
    call: (gitlab) => gitlab.deleteSchedule(42, 3),
    sent: { request: `DELETE ${api}/pipeline_schedules/3`, body: '' },
    answer: [204, ''],
  },
];

const others: readonly BotCall[] = [
  {
    name: 'fetchLabels with those of the groups',
    call: (gitlab) => gitlab.fetchLabels(42, { inherited: true }),
    sent: { request: `GET ${api}/labels?include_ancestor_groups=true&per_page=100`, body: '' },
    answer: [200, []],
  },
  {
    name: 'createLabel',
    call: (gitlab) => gitlab.createLabel(42, { name: 'tests::failing', color: '#dd2b0e', description: 'D' }),
    sent: {
      request: `POST ${api}/labels`,
      body: { name: 'tests::failing', color: '#dd2b0e', description: 'D' },
    },
    answer: [201, { name: 'tests::failing', color: '#dd2b0e' }],
  },
  {
    name: 'deleteLabel',
    call: (gitlab) => gitlab.deleteLabel(42, 'tests::failing'),
    sent: { request: `DELETE ${api}/labels/tests%3A%3Afailing`, body: '' },
    answer: [204, ''],
  },
  {
    name: 'fetchResourceGroups',
    call: (gitlab) => gitlab.fetchResourceGroups(42),
    sent: { request: `GET ${api}/resource_groups?per_page=100`, body: '' },
    answer: [200, [{ key: 'herald-bot', process_mode: 'unordered' }]],
  },
  {
    name: 'setProcessMode',
    call: (gitlab) => gitlab.setProcessMode(42, 'herald-bot', 'oldest_first'),
    sent: { request: `PUT ${api}/resource_groups/herald-bot`, body: { process_mode: 'oldest_first' } },
    answer: [200, {}],
  },
  {
    name: 'setOverrideRole',
    call: (gitlab) => gitlab.setOverrideRole(42, 'no_one_allowed'),
    sent: { request: `PUT ${api}`, body: { ci_pipeline_variables_minimum_override_role: 'no_one_allowed' } },
    answer: [200, { ...projectAnswer, ci_pipeline_variables_minimum_override_role: 'no_one_allowed' }],
  },
  {
    name: 'fetchProjectSettings',
    call: (gitlab) => gitlab.fetchProjectSettings('shop/checkout'),
    sent: { request: 'GET /api/v4/projects/shop%2Fcheckout', body: '' },
    answer: [200, projectAnswer],
  },
  {
    name: 'findComponentProject',
    call: (gitlab) => gitlab.findComponentProject('shop/herald'),
    sent: { request: 'GET /api/v4/projects/shop%2Fherald', body: '' },
    answer: [200, projectAnswer],
  },
  {
    name: 'createComponentProject',
    call: (gitlab) =>
      gitlab.createComponentProject({
        groupId: 7,
        name: 'herald',
        visibility: 'internal',
        description: 'What it is.',
        ciConfigPath: '.gitlab/release.gitlab-ci.yml',
      }),
    sent: {
      request: 'POST /api/v4/projects',
      body: {
        name: 'herald',
        path: 'herald',
        namespace_id: 7,
        visibility: 'internal',
        description: 'What it is.',
        ci_config_path: '.gitlab/release.gitlab-ci.yml',
      },
    },
    answer: [201, projectAnswer],
  },
  {
    name: 'updateComponentProject',
    call: (gitlab) => gitlab.updateComponentProject(42, { ciConfigPath: 'ci.yml' }),
    sent: { request: `PUT ${api}`, body: { ci_config_path: 'ci.yml' } },
    answer: [200, projectAnswer],
  },
  {
    name: 'fetchTree',
    call: (gitlab) => gitlab.fetchTree(42, 'main'),
    sent: { request: `GET ${api}/repository/tree?ref=main&recursive=true&per_page=100`, body: '' },
    answer: [200, [{ id: 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391', path: 'a', type: 'blob' }]],
  },
  {
    name: 'commitFiles, text and bytes as base64',
    call: (gitlab) =>
      gitlab.commitFiles(42, {
        branch: 'main',
        message: 'Herald 1.0.0',
        actions: [
          { action: 'create', file: { path: 'docs/a_b.png', content: new Uint8Array([0, 255, 13, 10]) } },
          { action: 'delete', path: 'docs/old.md' },
        ],
      }),
    sent: {
      request: `POST ${api}/repository/commits`,
      body: {
        branch: 'main',
        commit_message: 'Herald 1.0.0',
        actions: [
          { action: 'create', file_path: 'docs/a_b.png', content: 'AP8NCg==', encoding: 'base64' },
          { action: 'delete', file_path: 'docs/old.md' },
        ],
      },
    },
    answer: [201, { id: '4f2b9c1d7e8a6053b1c2d3e4f5a6b7c8d9e0f1a2' }],
  },
  {
    name: 'createTag',
    call: (gitlab) => gitlab.createTag(42, '1.0.0', 'main'),
    sent: { request: `POST ${api}/repository/tags?tag_name=1.0.0&ref=main`, body: {} },
    answer: [201, { name: '1.0.0' }],
  },
  {
    name: 'fetchTagNames',
    call: (gitlab) => gitlab.fetchTagNames(42),
    sent: { request: `GET ${api}/repository/tags?order_by=updated&sort=desc&per_page=100`, body: '' },
    answer: [200, [{ name: '1.0.0' }]],
  },
  {
    name: 'fetchProtectedTags',
    call: (gitlab) => gitlab.fetchProtectedTags(42),
    sent: { request: `GET ${api}/protected_tags?per_page=100`, body: '' },
    answer: [200, [{ name: '*' }]],
  },
  {
    name: 'protectTags',
    call: (gitlab) => gitlab.protectTags(42, '*'),
    sent: { request: `POST ${api}/protected_tags?name=*&create_access_level=40`, body: {} },
    answer: [201, { name: '*' }],
  },
  {
    name: 'fetchAllowedGroups',
    call: (gitlab) => gitlab.fetchAllowedGroups(42),
    sent: { request: `GET ${api}/job_token_scope/groups_allowlist?per_page=100`, body: '' },
    answer: [200, [{ id: 7 }]],
  },
  {
    name: 'allowGroup',
    call: (gitlab) => gitlab.allowGroup(42, 7),
    sent: { request: `POST ${api}/job_token_scope/groups_allowlist`, body: { target_group_id: 7 } },
    answer: [201, {}],
  },
  {
    name: 'fetchCatalogState',
    call: (gitlab) => gitlab.fetchCatalogState('shop/herald'),
    sent: {
      request:
        'GET /api/graphql?query=%7Bproject%28fullPath%3A%22shop%2Fherald%22%29%7BisCatalogResource%7D%7D',
      body: '',
    },
    answer: [200, { data: { project: { isCatalogResource: true } } }],
  },
  {
    name: 'addToCatalog',
    call: (gitlab) => gitlab.addToCatalog('shop/herald'),
    sent: {
      request: 'POST /api/graphql',
      body: {
        query: 'mutation($input:CatalogResourcesCreateInput!){catalogResourcesCreate(input:$input){errors}}',
        variables: { input: { projectPath: 'shop/herald' } },
      },
    },
    answer: [200, { data: { catalogResourcesCreate: { errors: [] } } }],
  },
  {
    name: 'fetchGroup',
    call: (gitlab) => gitlab.fetchGroup('shop'),
    sent: { request: 'GET /api/v4/groups/shop?with_projects=false', body: '' },
    answer: [200, { id: 7, full_path: 'shop' }],
  },
  {
    name: 'fetchGroupProjectPages with its subgroups',
    call: async (gitlab) => {
      for await (const page of gitlab.fetchGroupProjectPages(7, true)) if (page.length > 0) break;
    },
    sent: {
      request:
        'GET /api/v4/groups/7/projects?include_subgroups=true&with_shared=false&order_by=id&sort=asc&per_page=100',
      body: '',
    },
    answer: [200, [projectAnswer]],
  },
  {
    name: 'fetchBranchProtection',
    call: (gitlab) => gitlab.fetchBranchProtection(42, 'release/1'),
    sent: { request: `GET ${api}/repository/branches/release%2F1`, body: '' },
    answer: [200, { protected: true }],
  },
  {
    name: 'fetchTriggered by anybody',
    call: (gitlab) => gitlab.fetchTriggered(42, { ref: 'main', username: null }),
    sent: {
      request: `GET ${api}/pipelines?ref=main&source=trigger&order_by=id&sort=desc&per_page=100`,
      body: '',
    },
    answer: [200, []],
  },
  {
    name: 'fetchTriggered by the tokens of a user',
    call: (gitlab) => gitlab.fetchTriggered(42, { ref: 'main', username: 'maria' }),
    sent: {
      request: `GET ${api}/pipelines?ref=main&source=trigger&order_by=id&sort=desc&per_page=100&username=maria`,
      body: '',
    },
    answer: [200, []],
  },
  {
    name: 'fetchScheduledPipelines',
    call: (gitlab) => gitlab.fetchScheduledPipelines(42, 'main'),
    sent: {
      request: `GET ${api}/pipelines?ref=main&source=schedule&order_by=id&sort=desc&per_page=20`,
      body: '',
    },
    answer: [200, []],
  },
  {
    name: 'fetchTriggerPayload',
    call: (gitlab) => gitlab.fetchTriggerPayload(42, 1001),
    sent: { request: `GET ${api}/pipelines/1001/variables`, body: '' },
    answer: [200, [{ key: 'TRIGGER_PAYLOAD', variable_type: 'file', value: '{}' }]],
  },
  {
    name: 'searchIssues by words',
    call: (gitlab) => gitlab.searchIssues(42, { query: 'slow till', limit: 20 }),
    sent: {
      request: `GET ${api}/issues?scope=all&search=slow+till&in=title%2Cdescription&order_by=created_at&sort=desc&per_page=100`,
      body: '',
    },
    answer: [200, []],
  },
  {
    name: 'searchIssues by number',
    call: (gitlab) => gitlab.searchIssues('shop/checkout', { query: 23, limit: 20 }),
    sent: { request: 'GET /api/v4/projects/shop%2Fcheckout/issues?scope=all&iids%5B%5D=23', body: '' },
    answer: [200, []],
  },
  {
    name: 'searchProjects of a group',
    call: (gitlab) => gitlab.searchProjects({ query: 'till', group: 'a/b', subgroups: true, limit: 20 }),
    sent: {
      request:
        'GET /api/v4/groups/a%2Fb/projects?search=till&include_subgroups=true&with_shared=false&order_by=last_activity_at&sort=desc&per_page=100',
      body: '',
    },
    answer: [200, []],
  },
  {
    name: 'fetchTokenFacts',
    call: (gitlab) => gitlab.fetchTokenFacts(),
    sent: { request: 'GET /api/v4/personal_access_tokens/self', body: '' },
    answer: [200, { name: 'herald', scopes: ['api'], expires_at: null, active: true }],
  },
  {
    name: 'fetchOwnPerson',
    call: (gitlab) => gitlab.fetchOwnPerson(),
    sent: { request: 'GET /api/v4/user', body: '' },
    answer: [200, { id: 7, username: 'herald-bot' }],
  },
  {
    name: 'fetchServerVersion',
    call: (gitlab) => gitlab.fetchServerVersion(),
    sent: { request: 'GET /api/v4/version', body: '' },
    answer: [200, { version: '18.6.2' }],
  },
];

const onLine = {
  body: 'Look here',
  spot: { oldPath: 'a.ts', newPath: 'a.ts', oldLine: null, newLine: 3, range: null },
  version: { baseSha: 'b'.repeat(40), startSha: 's'.repeat(40), headSha: 'c'.repeat(40) },
};

const position = {
  position_type: 'text',
  base_sha: 'b'.repeat(40),
  start_sha: 's'.repeat(40),
  head_sha: 'c'.repeat(40),
  old_path: 'a.ts',
  new_path: 'a.ts',
  new_line: 3,
};

const mr = { project: 42, iid: 17 };
const mrToTalkOn = { kind: 'merge_request', ...mr } as const;

const reviews: readonly BotCall[] = [
  {
    name: 'fetchDiffVersion',
    call: (gitlab) => gitlab.fetchDiffVersion(mr),
    sent: { request: `GET ${api}/merge_requests/17/versions?per_page=1`, body: '' },
    answer: [200, []],
  },
  {
    name: 'fetchThreadPages of a merge request',
    call: async (gitlab) => {
      for await (const page of gitlab.fetchThreadPages(mrToTalkOn)) if (page.length > 0) break;
    },
    sent: { request: `GET ${api}/merge_requests/17/discussions?per_page=100`, body: '' },
    answer: [200, []],
  },
  {
    name: 'startThread on an added line',
    call: (gitlab) => gitlab.startThread(mrToTalkOn, onLine.body, onLine),
    sent: { request: `POST ${api}/merge_requests/17/discussions`, body: { body: 'Look here', position } },
    answer: [201, { id: 'f00', notes: [] }],
  },
  {
    name: 'setThreadResolved of a merge request',
    call: (gitlab) => gitlab.setThreadResolved(mrToTalkOn, 'abc', true),
    sent: { request: `PUT ${api}/merge_requests/17/discussions/abc`, body: { resolved: true } },
    answer: [200, {}],
  },
  {
    name: 'fetchDraftNotes',
    call: (gitlab) => gitlab.fetchDraftNotes(mr),
    sent: { request: `GET ${api}/merge_requests/17/draft_notes`, body: '' },
    answer: [200, []],
  },
  {
    name: 'createDraftNote',
    call: (gitlab) => gitlab.createDraftNote(mr, onLine),
    sent: { request: `POST ${api}/merge_requests/17/draft_notes`, body: { note: 'Look here', position } },
    answer: [201, {}],
  },
  {
    name: 'deleteDraftNote',
    call: (gitlab) => gitlab.deleteDraftNote(mr, 5),
    sent: { request: `DELETE ${api}/merge_requests/17/draft_notes/5`, body: '' },
    answer: [204, ''],
  },
  {
    name: 'publishDraftNotes',
    call: (gitlab) => gitlab.publishDraftNotes(mr),
    sent: { request: `POST ${api}/merge_requests/17/draft_notes/bulk_publish`, body: '' },
    answer: [204, ''],
  },
  {
    name: 'publishDraftNotes that ask for changes',
    call: (gitlab) => gitlab.publishDraftNotes(mr, 'A gate failed.'),
    sent: {
      request: `POST ${api}/merge_requests/17/draft_notes/bulk_publish`,
      body: { note: 'A gate failed.', reviewer_state: 'requested_changes' },
    },
    answer: [204, ''],
  },
];

/** What `herald setup`, `doctor`, `search` and comments on lines ask of GitLab, for contract.test.ts. */
export const setupCalls: readonly BotCall[] = [
  ...webhooks,
  ...groupWebhooks,
  ...accounts,
  ...triggers,
  ...variables,
  ...schedules,
  ...others,
  ...reviews,
];
