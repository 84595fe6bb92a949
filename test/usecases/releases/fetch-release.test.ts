import { describe, expect, test } from 'vitest';
import type { Release } from '../../../src/model/release.ts';
import { fetchRelease } from '../../../src/usecases/releases/fetch-release.ts';
import { aStage, type Stage } from '../bot/stage.ts';
import { Workshop } from './workshop.ts';

async function ask(
  stage: Stage,
  tag: string | null,
  from: string | null = null,
): ReturnType<typeof fetchRelease> {
  const { gitlab } = stage.world();
  const project = { id: 42, path: 'shop/till', url: `${stage.gitlab.url}/shop/till`, defaultBranch: 'main' };
  return fetchRelease({ project, tag, from, trackers: [] }, { gitlab });
}

async function released(stage: Stage, tag: string | null, from: string | null = null): Promise<Release> {
  const found = await ask(stage, tag, from);
  if (found.kind === 'wrong') throw new Error(found.message);
  return found.release;
}

function iids({ mergeRequests }: Release): readonly number[] {
  return mergeRequests.map(({ iid }) => iid);
}

function titles({ commits }: Release): readonly string[] {
  return commits.map(({ title }) => title);
}

describe('row 62: the merge requests of a release', () => {
  test('by every merge method, in five requests', async () => {
    const stage = await aStage();
    const shop = new Workshop(stage);
    shop.merge({ title: 'Before' });
    shop.tag('v1.3.0');
    const wanted = [
      shop.merge({ messages: ['One', 'Two'] }),
      shop.merge({ method: 'squash', messages: ['One', 'Two'] }),
      shop.merge({ method: 'squash-merge', messages: ['One', 'Two'] }),
      shop.merge({ method: 'fast-forward' }),
    ];
    shop.tag('v1.4.0');
    shop.merge({ title: 'After' });

    const release = await released(stage, 'v1.4.0');

    expect(iids(release)).toEqual(wanted);
    expect(titles(release)).toEqual([]);
    expect(release.from?.name).toBe('v1.3.0');
    expect([...release.gaps, ...release.remarks]).toEqual([]);
    expect(stage.gitlab.requests.map(({ path }) => path.replace(/^\/projects\/42\//, ''))).toEqual([
      'repository/tags',
      'repository/merge_base',
      'repository/commits',
      'merge_requests',
    ]);
  });

  test('a fast-forward merge with several commits is asked for its commits, once', async () => {
    const stage = await aStage();
    const shop = new Workshop(stage);
    shop.tag('v1.0.0');
    const iid = shop.merge({ method: 'fast-forward', messages: ['One', 'Two', 'Three'] });
    shop.push('Typo');
    shop.tag('v1.1.0');

    const release = await released(stage, 'v1.1.0');

    expect(iids(release)).toEqual([iid]);
    expect(titles(release)).toEqual(['Typo']);
    const asked = stage.gitlab.requests.map(({ path }) => path).filter((path) => path.includes(`/${iid}/`));
    expect(asked).toEqual([`/projects/42/merge_requests/${iid}/commits`]);
  });

  test('a merge that GitLab rebased is found by its commit', async () => {
    const stage = await aStage();
    const shop = new Workshop(stage);
    shop.tag('v1.0.0');
    const iid = shop.merge({ method: 'rebased' });
    shop.tag('v1.1.0');

    expect(iids(await released(stage, 'v1.1.0'))).toEqual([iid]);
  });

  test('picked into a maintenance branch by a merge request, both are in it, and its issues', async () => {
    const stage = await aStage();
    const shop = new Workshop(stage);
    shop.issue(50, 'The drawer sticks');
    shop.tag('v1.4.0');
    shop.branch('1.4', 'v1.4.0');
    const mended = shop.merge({ title: 'Oil the drawer', description: 'Closes #50', method: 'squash' });
    const origin = shop.headOf('main');
    shop.merge({ title: 'New drawers' });
    shop.tag('v2.0.0');
    const again = shop.merge({
      into: '1.4',
      title: 'Oil the drawer in 1.4',
      messages: [`Oil the drawer\n\n(cherry picked from commit ${origin})`],
    });
    shop.tag('v1.4.1', '1.4');

    const release = await released(stage, 'v1.4.1');

    expect(release.from?.name).toBe('v1.4.0');
    expect(release.mergeRequests.map(({ iid, pickedBy }) => [iid, pickedBy])).toEqual([
      [mended, again],
      [again, null],
    ]);
    expect(release.issues.map(({ iid }) => iid)).toEqual([50]);
    expect([...release.gaps, ...release.remarks]).toEqual([]);
  });

  test('picked and pushed, the first merge request is in it; a commit without one stays a commit', async () => {
    const stage = await aStage();
    const shop = new Workshop(stage);
    shop.tag('v1.4.0');
    shop.branch('1.4', 'v1.4.0');
    const mended = shop.merge({ title: 'Oil the drawer' });
    const origin = shop.headOf('main');
    shop.push(`Oil the drawer\n\n(cherry picked from commit ${origin})`, '1.4');
    shop.push(`Lost\n\n(cherry picked from commit ${'9'.repeat(40)})`, '1.4');
    shop.tag('v1.4.1', '1.4');

    const release = await released(stage, 'v1.4.1');

    expect(release.mergeRequests.map(({ iid, pickedBy }) => [iid, pickedBy])).toEqual([[mended, null]]);
    expect(titles(release)).toEqual(['Lost']);
  });

  test('merge commits and what asks to be skipped are no commits of their own', async () => {
    const stage = await aStage();
    const shop = new Workshop(stage);
    shop.tag('v1.0.0');
    shop.push('Quiet [skip herald]', 'main', 'Bot Builder');
    shop.push('Typo\n\nCo-authored-by: Otto <otto@example.com>', 'main', 'Mia Maintainer');
    shop.tag('v1.0.1');

    const release = await released(stage, 'v1.0.1');

    expect(titles(release)).toEqual(['Typo']);
    expect(release.contributors).toEqual(['Mia Maintainer', 'Otto']);
  });

  test('issues are named once, also by commits; those of others and what is not there are not', async () => {
    const stage = await aStage();
    const shop = new Workshop(stage);
    shop.issue(50, 'The drawer sticks');
    shop.issue(51, 'Everybody knows the code', true);
    shop.tag('v1.0.0');
    shop.merge({ description: 'Closes #50, #50 and #51.\n\nFixes shop/scale#3, closes #999\n\n> closes #3' });
    shop.push('Oil\n\nFixes #50');
    shop.tag('v1.1.0');

    const release = await released(stage, 'v1.1.0');

    expect(release.issues.map(({ iid, confidential }) => [iid, confidential])).toEqual([
      [50, false],
      [51, true],
    ]);
  });

  test('of many commits that no merge request brought, a hundred are asked for, and it says so', async () => {
    const stage = await aStage();
    const shop = new Workshop(stage, 100);
    shop.tag('v1.0.0');
    for (let at = 0; at < 150; at += 1) shop.push(`Push ${at}`);
    shop.tag('v1.1.0');

    const release = await released(stage, 'v1.1.0');

    expect(release.commits).toHaveLength(150);
    expect(release.gaps).toEqual(['Of 50 commits it is not known which merge request brought them.']);
    expect(stage.gitlab.requests.length).toBeLessThan(110);
  });
});

describe('row 61: the range of a release', () => {
  test('the first release is all that there is', async () => {
    const stage = await aStage();
    const shop = new Workshop(stage);
    const first = shop.merge();
    shop.tag('v1.0.0');

    const release = await released(stage, 'v1.0.0');

    expect(release.from).toBeNull();
    expect(iids(release)).toEqual([first]);
    expect(titles(release)).toEqual(['Begin']);
  });

  test('over release candidates', async () => {
    const stage = await aStage();
    const shop = new Workshop(stage);
    shop.tag('v1.0.0');
    const first = shop.merge();
    shop.tag('v2.0.0-rc.1');
    const second = shop.merge();
    shop.tag('v2.0.0-rc.2');
    const third = shop.merge();
    shop.tag('v2.0.0');

    expect(iids(await released(stage, 'v2.0.0'))).toEqual([first, second, third]);
    const candidate = await released(stage, 'v2.0.0-rc.2');
    expect([iids(candidate), candidate.isPreRelease]).toEqual([[second], true]);
  });

  test('a tag that was moved counts where it is now', async () => {
    const stage = await aStage();
    const shop = new Workshop(stage);
    shop.tag('v1.0.0');
    const first = shop.merge();
    shop.tag('v1.1.0');
    const second = shop.merge();
    shop.tag('v1.1.0');

    expect(iids(await released(stage, 'v1.1.0'))).toEqual([first, second]);
  });

  test('a release after one of a maintenance branch says where they part', async () => {
    const stage = await aStage();
    const shop = new Workshop(stage);
    const base = shop.tag('v1.4.0');
    shop.branch('1.4', 'v1.4.0');
    shop.merge({ into: '1.4' });
    shop.tag('v1.4.1', '1.4');
    const next = shop.merge();
    shop.tag('v2.0.0');

    const release = await released(stage, 'v2.0.0');

    expect([release.from?.name, iids(release)]).toEqual(['v1.4.1', [next]]);
    expect(release.remarks).toEqual([
      `v1.4.1 is not an ancestor of v2.0.0: they go on from ${base.slice(0, 8)}.`,
    ]);
  });

  test('a tag of another history is passed over, and rewritten history is said', async () => {
    const stage = await aStage();
    const shop = new Workshop(stage);
    shop.tag('v1.0.0');
    const only = shop.merge();
    shop.tag('v1.2.0');
    stage.state.branches.push({ project_id: 42, name: 'orphan', sha: shop.commit('Imported', []) });
    shop.tag('v1.1.0', 'orphan');

    const release = await released(stage, 'v1.2.0');

    expect([release.from?.name, iids(release)]).toEqual(['v1.0.0', [only]]);
    expect(release.remarks).toEqual(['v1.1.0 has no commit in common with v1.2.0.']);
  });

  test('two tags on one commit: nothing is new', async () => {
    const stage = await aStage();
    const shop = new Workshop(stage);
    shop.merge();
    shop.tag('v1.0.0');
    shop.tag('v1.0.1');

    const release = await released(stage, 'v1.0.1');

    expect([iids(release), titles(release), release.issues]).toEqual([[], [], []]);
  });

  test('a tag that already holds all of a lower release says so', async () => {
    const stage = await aStage();
    const shop = new Workshop(stage);
    shop.tag('v1.1.0');
    shop.merge();
    shop.tag('v1.0.0');

    expect((await released(stage, 'v1.1.0')).remarks).toEqual(['v1.0.0 already holds all of v1.1.0.']);
  });

  test('what is not released yet, since the newest release', async () => {
    const stage = await aStage();
    const shop = new Workshop(stage);
    shop.merge();
    shop.tag('v1.0.0');
    const next = shop.merge();

    const release = await released(stage, null);

    expect([release.tag, release.from?.name, iids(release)]).toEqual([null, 'v1.0.0', [next]]);
  });

  test('from a tag, a branch or a commit that somebody names', async () => {
    const stage = await aStage();
    const shop = new Workshop(stage);
    const start = shop.tag('v1.0.0');
    shop.branch('stable', 'main');
    const first = shop.merge();
    shop.tag('v1.1.0');
    const second = shop.merge();
    shop.tag('v1.2.0');

    for (const from of ['v1.0.0', 'stable', start])
      expect(iids(await released(stage, 'v1.2.0', from))).toEqual([first, second]);
  });

  test.each<[string, string | null, string | null, string]>([
    ['no such tag', 'v9', null, 'shop/till has no tag "v9"'],
    ['a name that leads elsewhere', '..', null, 'shop/till has no tag ".."'],
    ['a name that is no text', 'v\ud800', null, 'shop/till has no tag "v\\ud800"'],
    ['no such start', 'v1.0.0', 'nowhere', 'shop/till has neither a tag nor a branch "nowhere"'],
    [
      'a start that leads elsewhere',
      'v1.0.0',
      '../../4',
      'shop/till has neither a tag nor a branch "../../4"',
    ],
    ['a commit that is gone', 'v1.0.0', '8'.repeat(40), 'GitLab no longer has the commits of v1.0.0'],
  ])('%s is a sentence', async (_what, tag, from, message) => {
    const stage = await aStage();
    new Workshop(stage).tag('v1.0.0');

    expect(await ask(stage, tag, from)).toEqual({ kind: 'wrong', message });
  });

  test('of 10,000 commits the newest 5,000 are looked at, and it says so', async () => {
    const stage = await aStage();
    const shop = new Workshop(stage, 500);
    shop.tag('v1.0.0');
    for (let at = 0; at < 10_000; at += 1) shop.push(`Push ${at} [skip herald]`);
    shop.tag('v1.1.0');

    const release = await released(stage, 'v1.1.0');

    expect(release.gaps).toEqual([
      'v1.1.0 has more than 5000 new commits; only the newest 5000 were looked at.',
    ]);
    expect(stage.gitlab.requests.length).toBeLessThan(60);
  });
});

describe('what a release undid of its own', () => {
  type Shop = Workshop;

  /** As GitLab's button does it: a branch with one commit, whose message becomes the description. */
  function revert(shop: Shop, title: string, of: string, method: 'merge' | 'squash' = 'merge'): number {
    const message = `Revert "${title}"\n\nThis reverts ${of}`;
    return shop.merge({
      title: `Revert "${title}"`,
      description: `This reverts ${of}`,
      messages: [message],
      method,
    });
  }

  async function aShop(): Promise<{ readonly stage: Stage; readonly shop: Shop }> {
    const stage = await aStage();
    const shop = new Workshop(stage);
    shop.tag('v1.3.0');
    return { stage, shop };
  }

  test.each(['merge', 'squash'] as const)(
    'a merge request and its revert by %s are not shipped',
    async (method) => {
      const { stage, shop } = await aShop();
      shop.issue(50, 'The drawer sticks');
      shop.issue(51, 'The lid sticks');
      const oil = shop.merge({ title: 'Oil the drawer', description: 'Closes #50', author: 'Ada' });
      const lid = shop.merge({ title: 'Oil the lid', description: 'Closes #51' });
      revert(shop, 'Oil the drawer', `merge request !${oil}`, method);
      shop.tag('v1.4.0');
      const release = await released(stage, 'v1.4.0');
      expect(iids(release)).toEqual([lid]);
      expect(iids({ ...release, ...release.reverted })).toEqual([oil]);
      expect(release.issues.map(({ iid }) => iid)).toEqual([51]);
      expect(release.contributors).toEqual(['Dee Developer']);
    },
  );

  test('the revert of a revert brings the change back, and says nothing itself', async () => {
    const { stage, shop } = await aShop();
    const oil = shop.merge({ title: 'Oil the drawer' });
    const back = revert(shop, 'Oil the drawer', `merge request !${oil}`);
    const again = revert(shop, 'Revert "Oil the drawer"', `merge request !${back}`);
    shop.tag('v1.4.0');
    const twice = await released(stage, 'v1.4.0');
    expect([iids(twice), twice.reverted]).toEqual([[oil], { mergeRequests: [], commits: [] }]);
    revert(shop, 'Reapply "Oil the drawer"', `merge request !${again}`);
    shop.tag('v1.5.0');
    const thrice = await released(stage, 'v1.5.0', 'v1.3.0');
    expect([iids(thrice), iids({ ...thrice, ...thrice.reverted })]).toEqual([[], [oil]]);
  });

  test('a revert of what an older release brought is a change', async () => {
    const { stage, shop } = await aShop();
    const oil = shop.merge({ title: 'Oil the drawer' });
    shop.tag('v1.4.0');
    const back = revert(shop, 'Oil the drawer', `merge request !${oil}`);
    shop.tag('v1.5.0');
    const alone = await released(stage, 'v1.5.0');
    expect([iids(alone), alone.reverted.mergeRequests]).toEqual([[back], []]);
    // And where that is undone again, nothing happened.
    revert(shop, 'Revert "Oil the drawer"', `merge request !${back}`);
    shop.tag('v1.6.0');
    const both = await released(stage, 'v1.6.0', 'v1.4.0');
    expect([iids(both), both.reverted.mergeRequests]).toEqual([[], []]);
  });

  test('commits without merge requests', async () => {
    const { stage, shop } = await aShop();
    const sha = shop.push('Oil the drawer');
    shop.push('Oil the lid');
    shop.push(`Revert "Oil the drawer"\n\nThis reverts commit ${sha}.`);
    shop.tag('v1.4.0');
    const release = await released(stage, 'v1.4.0');
    expect([titles(release), titles({ ...release, ...release.reverted })]).toEqual([
      ['Oil the lid'],
      ['Oil the drawer'],
    ]);
  });

  test('a merge request stays where only one of its commits was undone, and the revert is shown', async () => {
    const { stage, shop } = await aShop();
    const both = shop.merge({ title: 'Oil all', messages: ['Oil the drawer', 'Oil the lid'] });
    const shas = stage.state.mergeRequests.find(({ iid }) => iid === both)?.commits ?? [];
    const back = revert(shop, 'Oil the lid', `commit ${shas[1]?.id ?? ''}.`);
    shop.tag('v1.4.0');
    const half = await released(stage, 'v1.4.0');
    expect([iids(half), half.reverted.mergeRequests]).toEqual([[both, back], []]);
    revert(shop, 'Oil the drawer', `commit ${shas[0]?.id ?? ''}.`);
    shop.tag('v1.5.0');
    const whole = await released(stage, 'v1.5.0', 'v1.3.0');
    expect([iids(whole), iids({ ...whole, ...whole.reverted })]).toEqual([[], [both]]);
  });

  test('a merge that git undid as a whole', async () => {
    const { stage, shop } = await aShop();
    const iid = shop.merge({ title: 'Oil all', messages: ['Oil the drawer', 'Oil the lid'] });
    const merge = shop.headOf('main');
    shop.push(
      `Revert "Merge branch"\n\nThis reverts commit ${merge}, reversing\nchanges made to ${'a'.repeat(40)}.`,
    );
    shop.tag('v1.4.0');
    const release = await released(stage, 'v1.4.0');
    expect([iids(release), titles(release), iids({ ...release, ...release.reverted })]).toEqual([
      [],
      [],
      [iid],
    ]);
  });

  test('a change that undoes another one and brings more is shown', async () => {
    const { stage, shop } = await aShop();
    const oil = shop.merge({ title: 'Oil the drawer' });
    const grease = shop.merge({
      title: 'Grease the drawer',
      messages: [`Away with oil\n\nThis reverts merge request !${oil}`, 'Grease'],
    });
    shop.tag('v1.4.0');
    const release = await released(stage, 'v1.4.0');
    expect([iids(release), iids({ ...release, ...release.reverted })]).toEqual([[grease], [oil]]);
  });

  test('a branch that undoes a step of its own still brings its change', async () => {
    const { stage, shop } = await aShop();
    const iid = shop.merge({ title: 'Oil', messages: ['Try', 'Oil'] });
    const [first] = stage.state.mergeRequests.find((one) => one.iid === iid)?.commits ?? [];
    const { commits } = stage.state;
    const message = `Oil\n\nThis reverts commit ${first?.id ?? ''}.`;
    for (const [at, one] of commits.entries()) if (one.title === 'Oil') commits[at] = { ...one, message };
    shop.tag('v1.4.0');
    expect(iids(await released(stage, 'v1.4.0'))).toEqual([iid]);
  });

  test('a pick and the pick of its revert, on a branch of its own', async () => {
    const { stage, shop } = await aShop();
    shop.branch('stable', 'v1.3.0');
    const iid = shop.merge({ title: 'Oil the drawer' });
    const sha = stage.state.mergeRequests.find((one) => one.iid === iid)?.sha ?? '';
    shop.push(`Oil the drawer\n\n(cherry picked from commit ${sha})`, 'stable');
    const undone = `Revert "Oil the drawer"\n\nThis reverts commit ${sha}.`;
    const onMain = shop.push(undone);
    shop.push(`${undone}\n\n(cherry picked from commit ${onMain})`, 'stable');
    shop.tag('v1.3.1', 'stable');
    const release = await released(stage, 'v1.3.1');
    expect([iids(release), titles(release), iids({ ...release, ...release.reverted })]).toEqual([
      [],
      [],
      [iid],
    ]);
  });

  test('texts that name each other in a circle lose nothing', async () => {
    const { stage, shop } = await aShop();
    const first = shop.merge({ title: 'One', description: 'This reverts merge request !102' });
    const second = shop.merge({ title: 'Two', description: `This reverts merge request !${first}` });
    shop.tag('v1.4.0');
    const release = await released(stage, 'v1.4.0');
    const all = [...iids(release), ...iids({ ...release, ...release.reverted })].sort((a, b) => a - b);
    expect(all).toEqual([first, second]);
    const self = shop.merge({ title: 'Three', description: 'This reverts merge request !103' });
    shop.tag('v1.5.0');
    expect(iids(await released(stage, 'v1.5.0'))).toEqual([self]);
  });
});
