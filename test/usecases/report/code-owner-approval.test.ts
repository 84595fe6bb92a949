import { describe, expect, test } from 'vitest';
import { endpointOf, faultAt } from '../../support/gitlab/faults.ts';
import { aStage, cast, type Stage, type Who } from '../bot/stage.ts';
import { jobContext, mergeRequestPipeline, runReport } from './stage-of-job.ts';

interface Scene {
  readonly codeOwners: string;
  readonly approvedBy?: readonly Who[];
  readonly files?: readonly string[];
  readonly failOn?: readonly string[];
  readonly prepare?: (stage: Stage) => void;
  readonly beforeRequest?: ReturnType<typeof faultAt>;
}

/** !7 of dev in shop/till; mia is a direct member of shop/core, eve of shop. */
async function aScene({
  codeOwners,
  approvedBy = [],
  files = ['till.ts'],
  prepare,
  beforeRequest,
}: Scene): Promise<Stage> {
  const stage = await aStage(null, beforeRequest === undefined ? {} : { beforeRequest });
  const { state } = stage;
  if (codeOwners !== '')
    state.files.push({ project_id: 42, ref: 'main', path: 'docs/CODEOWNERS', content: codeOwners });
  state.ci.groups.push({ id: 70, full_path: 'shop' }, { id: 71, full_path: 'shop/core' });
  state.ci.groupMembers.push({ group_id: 71, user_id: cast.mia.id }, { group_id: 70, user_id: cast.eve.id });
  const changed = files.map((path) => ({
    old_path: path,
    new_path: path,
    new_file: false,
    renamed_file: false,
    deleted_file: false,
    diff: '@@ -1 +1 @@\n-a\n+b\n',
    collapsed: false,
    too_large: false,
  }));
  for (const one of state.mergeRequests) {
    one.diff = { files: changed, raw: null };
    one.approved_by = approvedBy.map((who) => cast[who].id);
  }
  prepare?.(stage);
  return stage;
}

function run(stage: Stage, failOn: readonly string[] = ['code-owner-approval']) {
  return runReport(stage, jobContext(stage, { id: mergeRequestPipeline }), { reportsFrom: 'files', failOn });
}

async function verdictOn(scene: Scene): Promise<{ readonly outcome: string; readonly message: string }> {
  const { summary } = await run(await aScene(scene), scene.failOn);
  const { outcome = 'none', message = '' } = summary.gates[0] ?? {};
  return { outcome, message };
}

const owedByAll = '* @@maintainer @shop/core @nobody';

describe('row 69: the gate code-owner-approval', () => {
  test.each<Scene & { readonly name: string; readonly outcome: string; readonly message: RegExp }>([
    {
      name: 'passes when an owner approved',
      codeOwners: '* @mia',
      approvedBy: ['mia'],
      outcome: 'passed',
      message: /^0 rules of CODEOWNERS lack approval$/,
    },
    {
      name: 'fails when nobody approved, and says who has to',
      codeOwners: '[Till][2]\n*.ts @mia @otto @eve',
      approvedBy: ['mia'],
      outcome: 'failed',
      message:
        /1 rule of CODEOWNERS lacks approval \(\[Till\] \*\.ts: 1 of 2 by @mia @otto @eve\); ask these/,
    },
    {
      name: 'fails when somebody else approved',
      codeOwners: '* @mia',
      approvedBy: ['eve'],
      outcome: 'failed',
      message: /\*: 0 of 1 by @mia/,
    },
    {
      name: 'does not count the approval of the author',
      codeOwners: '* @dev @mia',
      approvedBy: ['dev'],
      outcome: 'failed',
      message: /0 of 1/,
    },
    {
      name: 'does not count a blocked account',
      codeOwners: '* @gone @mia',
      approvedBy: ['gone'],
      outcome: 'failed',
      message: /0 of 1/,
    },
    {
      name: 'does not count somebody below Developer',
      codeOwners: '* @rita @mia',
      approvedBy: ['rita'],
      outcome: 'failed',
      message: /0 of 1/,
    },
    {
      name: 'is open when nobody but the author owns the file',
      codeOwners: '* @dev',
      approvedBy: ['mia'],
      outcome: 'unknown',
      message: /for 1 rule nobody is left to approve besides the author \(\*: 0 of 1 by @dev\)/,
    },
    {
      name: 'asks for each rule of a section by itself',
      codeOwners: '[All]\n*.ts @mia\n*.md @eve',
      files: ['till.ts', 'README.md'],
      approvedBy: ['mia'],
      outcome: 'failed',
      message: /1 rule .*\*\.md: 0 of 1 by @eve/,
    },
    {
      name: 'asks each section',
      codeOwners: '* @mia\n[Core]\n*.ts @eve',
      approvedBy: ['mia'],
      outcome: 'failed',
      message: /\[Core\] \*\.ts: 0 of 1 by @eve/,
    },
    {
      name: 'asks no optional section',
      codeOwners: '^[Core]\n*.ts @eve',
      outcome: 'passed',
      message: /0 rules/,
    },
    {
      name: 'asks nobody about files without owners',
      codeOwners: '*.md @eve\n/till.ts',
      outcome: 'passed',
      message: /0 rules/,
    },
    {
      name: 'counts direct members of a group',
      codeOwners: '* @Shop/Core',
      approvedBy: ['mia'],
      outcome: 'passed',
      message: /0 rules/,
    },
    {
      name: 'counts no members of the group above',
      codeOwners: '* @shop/core',
      approvedBy: ['eve'],
      outcome: 'failed',
      message: /0 of 1 by @shop\/core/,
    },
    {
      name: 'is open when a group is not visible and somebody approved',
      codeOwners: '* @shop/core',
      approvedBy: ['mia'],
      prepare: ({ state }) => state.ci.hiddenGroups.add(71),
      outcome: 'unknown',
      message:
        /for 1 rule GitLab does not show Herald who the owners are \(@shop\/core\); give the bot access/,
    },
    {
      name: 'fails when a group is not visible and nobody approved',
      codeOwners: '* @shop/core',
      prepare: ({ state }) => state.ci.hiddenGroups.add(71),
      outcome: 'failed',
      message: /0 of 1 by @shop\/core/,
    },
    {
      name: 'is open for an address, which GitLab does not show',
      codeOwners: '* mia@example.com',
      approvedBy: ['mia'],
      outcome: 'unknown',
      message: /who the owners are \(mia@example\.com\)/,
    },
    {
      name: 'passes over users who are no members',
      codeOwners: '* @sam @mia',
      approvedBy: ['eve'],
      outcome: 'failed',
      message: /0 of 1 by @sam @mia/,
    },
    {
      name: 'counts a role, but not the roles above',
      codeOwners: '* @@developers',
      approvedBy: ['mia'],
      outcome: 'failed',
      message: /0 of 1 by @@developers/,
    },
    {
      name: 'counts a role of direct members',
      codeOwners: '* @@maintainer',
      approvedBy: ['mia'],
      outcome: 'passed',
      message: /0 rules/,
    },
    {
      name: 'counts no inherited role',
      codeOwners: '* @@maintainer',
      approvedBy: ['mia'],
      prepare: ({ state }) => state.ci.inheritedMembers.add(`42:${cast.mia.id}`),
      outcome: 'failed',
      message: /0 of 1/,
    },
    {
      name: 'is open without a CODEOWNERS file',
      codeOwners: '',
      approvedBy: ['mia'],
      outcome: 'unknown',
      message: /no CODEOWNERS file/,
    },
    {
      name: 'takes the page of a proxy for no CODEOWNERS file',
      codeOwners: '<!DOCTYPE html>\n<p>Sign in or write to it@example.com</p>',
      approvedBy: ['mia'],
      outcome: 'unknown',
      message: /no CODEOWNERS file/,
    },
    {
      name: 'is open where the file names nobody',
      codeOwners: '*.ts\n# @mia',
      approvedBy: ['mia'],
      outcome: 'unknown',
      message: /names an owner/,
    },
    {
      name: 'takes a threshold',
      codeOwners: '* @mia',
      failOn: ['code-owner-approval>1'],
      outcome: 'passed',
      message: /1 rule/,
    },
    {
      name: 'takes a number for no id of a group',
      codeOwners: '* @71',
      approvedBy: ['mia'],
      outcome: 'unknown',
      message: /who the owners are \(@71\)/,
    },
    {
      name: 'is open while GitLab has no changed files',
      codeOwners: '* @mia',
      approvedBy: ['mia'],
      files: [],
      outcome: 'unknown',
      message: /changed files are not all known/,
    },
  ])('$name', async ({ outcome, message, ...scene }) => {
    const found = await verdictOn(scene);
    expect(found).toEqual({ outcome, message: expect.stringMatching(message) as unknown });
  });

  test('is open, never passed, when GitLab refuses the approvals', async () => {
    const stage = await aScene({
      codeOwners: '* @mia',
      approvedBy: ['mia'],
      beforeRequest: faultAt('GET /projects/:n/merge_requests/:n/approvals', '403'),
    });
    const { summary } = await run(stage);
    expect(summary.gates[0]).toMatchObject({
      outcome: 'unknown',
      message: 'not judged: GitLab did not return who approved; the log says why',
    });
    expect(summary.missing).toContainEqual({ part: 'code-owner-approval', reason: 'refused' });
  });

  const asked = [
    'GET /projects/:n/repository/files/docs%2FCODEOWNERS/raw',
    'GET /projects/:n/merge_requests/:n/diffs',
    'GET /projects/:n/merge_requests/:n',
    'GET /projects/:n/merge_requests/:n/approvals',
    'GET /projects/:n/members/all',
    'GET /projects/:n/members',
    'GET /groups/shop%2Fcore/members',
    'GET /users',
  ];

  test('asks only for these', async () => {
    const stage = await aScene({ codeOwners: owedByAll, approvedBy: ['dev'] });
    await run(stage);
    const seen = stage.gitlab.requests.map(endpointOf);
    expect(asked.filter((endpoint) => !seen.includes(endpoint))).toEqual([]);
  });

  test.each(asked)('is never passed over a fault at %s', async (endpoint) => {
    for (const fault of ['403', '404', '429', '500', 'another shape'] as const) {
      const stage = await aScene({
        codeOwners: owedByAll,
        approvedBy: ['dev'],
        beforeRequest: faultAt(endpoint, fault),
      });
      const { summary } = await run(stage);
      expect(summary.gates[0]?.outcome, fault).not.toBe('passed');
      expect(stage.notes().join('\n'), fault).toContain('`code-owner-approval`');
    }
  });

  test('reads the target branch, not a tag of the same name nor the branch of the merge request', async () => {
    const found = await verdictOn({
      codeOwners: '* @mia',
      approvedBy: ['eve'],
      prepare: ({ state }) =>
        state.files.push({ project_id: 42, ref: 'vouchers', path: 'CODEOWNERS', content: '* @eve' }),
    });
    expect(found.outcome).toBe('failed');
    const stage = await aScene({ codeOwners: '* @mia' });
    await run(stage);
    const files = stage.gitlab.requests.filter(({ path }) => path.includes('CODEOWNERS'));
    expect(files.map(({ query }) => new URLSearchParams(query).get('ref'))).toEqual([
      'refs/heads/main',
      'refs/heads/main',
    ]);
  });

  test('costs nothing where it is not asked for', async () => {
    const stage = await aScene({ codeOwners: '* @mia' });
    await run(stage, ['failures']);
    const paths = stage.gitlab.requests.map(({ path }) => path).join('\n');
    expect(paths).not.toMatch(/CODEOWNERS|approvals|members/);
  });

  test('names in the comment mention nobody', async () => {
    const stage = await aScene({ codeOwners: '[@all] @mia\n*.ts @mia' });
    await run(stage);
    expect(stage.notes().join('\n')).toContain('CODEOWNERS');
    expect(
      stage
        .notes()
        .join('\n')
        .replaceAll(/`[^`\n]*`/g, ''),
    ).not.toMatch(/@(?:mia|all)/);
  });
});

/** otto is a direct member of group-x, mia of its subgroup-y, eve of its engineering-group. */
const trees = {
  'group-x': cast.otto.id,
  'group-x/subgroup-y': cast.mia.id,
  'group-x/engineering-group': cast.eve.id,
  'group-x/product-group': null,
};

function plantTrees({ state }: Stage): void {
  for (const [index, [path, member]] of Object.entries(trees).entries()) {
    const id = 80 + index;
    state.ci.groups.push({ id, full_path: path });
    if (member !== null) state.ci.groupMembers.push({ group_id: id, user_id: member });
  }
}

/**
 * https://docs.gitlab.com/user/project/codeowners/advanced/#group-inheritance-and-eligibility: who counts as an owner in
 * each of its examples. The members of a group are its direct ones, of a shared group as well.
 */
describe('row 69: the trees of groups of the documentation of GitLab', () => {
  const ofProjectB = '* @group-x\n[Subgroup]\n* @group-x/subgroup-y';

  test.each<Scene & { readonly name: string; readonly outcome: string; readonly message: RegExp }>([
    {
      name: 'Project A of Parent group X: a member of X counts',
      codeOwners: '* @group-x',
      approvedBy: ['otto'],
      outcome: 'passed',
      message: /0 rules/,
    },
    {
      name: 'Project A: a member of Subgroup Y does not',
      codeOwners: '* @group-x',
      approvedBy: ['mia'],
      outcome: 'failed',
      message: /\*: 0 of 1 by @group-x\)/,
    },
    {
      name: 'Project B of Subgroup Y: members of both count, each for their own group',
      codeOwners: ofProjectB,
      approvedBy: ['otto', 'mia'],
      outcome: 'passed',
      message: /0 rules/,
    },
    {
      name: 'Project B: who is in Y only by X does not count for Y',
      codeOwners: ofProjectB,
      approvedBy: ['otto'],
      outcome: 'failed',
      message: /\[Subgroup\] \*: 0 of 1 by @group-x\/subgroup-y/,
    },
    {
      name: 'a group that is shared with the parent group: its direct members count',
      codeOwners: '* @group-x/engineering-group',
      approvedBy: ['eve'],
      outcome: 'passed',
      message: /0 rules/,
    },
    {
      name: 'a group that is shared with the parent group: who inherits membership does not count',
      codeOwners: '* @group-x/engineering-group',
      approvedBy: ['otto'],
      outcome: 'failed',
      message: /0 of 1 by @group-x\/engineering-group/,
    },
    {
      name: 'the parent group of the project itself has no direct member',
      codeOwners: '* @group-x/product-group',
      approvedBy: ['otto', 'mia', 'eve'],
      outcome: 'unknown',
      message: /nobody is left to approve/,
    },
  ])('$name', async ({ outcome, message, ...scene }) => {
    const found = await verdictOn({ ...scene, prepare: plantTrees });
    expect(found).toEqual({ outcome, message: expect.stringMatching(message) as unknown });
  });
});
