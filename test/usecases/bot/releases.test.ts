import { describe, expect, test } from 'vitest';
import type { Noteable } from '../../../src/model/noteable.ts';
import { Workshop } from '../releases/workshop.ts';
import { releaseEvent } from './events.ts';
import { aStage, issue, type Payload, type Stage, secretIssue } from './stage.ts';

const rules = (actions: string): string =>
  `bot: { rules: [{ name: ship, on: [release.created, tag_push.created], do: [${actions}] }] }`;
const both = rules('{ write-release-notes: true }, { mark-shipped: true }');
const released = 'PUT /projects/42/releases/v1.4.0';

function on(kind: Noteable['kind'], iid: number): Noteable {
  return { kind, project: 42, iid };
}

function tagEvent(tag: string, sha: string): Payload {
  return {
    object_kind: 'tag_push',
    event_name: 'tag_push',
    before: '0'.repeat(40),
    after: sha,
    checkout_sha: sha,
    ref: `refs/tags/${tag}`,
    user_id: 11,
    project_id: 42,
    project: { id: 42, path_with_namespace: 'shop/till' },
    commits: [],
  };
}

function descriptionOf({ state }: Stage, tag: string): string {
  return state.releases.find(({ tag_name: name }) => name === tag)?.description ?? '';
}

/** The text of a comment below its mark. */
function words(bodies: readonly string[]): readonly string[] {
  return bodies.map((body) => body.split('\n').slice(2).join('\n'));
}

describe('row 64: what a release brought is told of it', () => {
  test('row 64: notes in the release, and one comment on each merge request and issue; the second time nothing', async () => {
    const stage = await aStage(both);
    const shop = new Workshop(stage);
    shop.tag('v1.3.0');
    const one = shop.merge({ title: 'feat: vouchers', description: 'Closes #3 and #4' });
    const two = shop.merge({ method: 'squash', title: 'fix: the printer' });
    shop.release('v1.4.0', 'Our best one.');

    await stage.handle(releaseEvent('v1.4.0'));

    expect(stage.deeds()).toEqual([
      released,
      `POST /projects/42/merge_requests/${one}/notes`,
      `POST /projects/42/merge_requests/${two}/notes`,
      'POST /projects/42/issues/3/notes',
      'POST /projects/42/issues/4/notes',
    ]);
    const description = descriptionOf(stage, 'v1.4.0');
    expect(description).toMatch(/^Our best one\.\n\n<!-- herald/);
    expect(description).toContain('vouchers');
    expect(description).toContain('/issues/3#.)');
    expect(description).not.toContain('/issues/4#');
    const told = [`Shipped in [v1.4.0](${stage.gitlab.url}/shop/till/-/tags/v1.4.0).`];
    for (const place of [on('merge_request', one), on('merge_request', two), issue, secretIssue])
      expect(words(stage.notes(place))).toEqual(told);

    await stage.handle(releaseEvent('v1.4.0'));
    expect(stage.deeds()).toEqual([]);
  });

  test('row 64: the event of a tag tells the same, once', async () => {
    const stage = await aStage(both);
    const shop = new Workshop(stage);
    shop.tag('v1.3.0');
    const iid = shop.merge();
    const sha = shop.tag('v1.4.0');

    await stage.handle(tagEvent('v1.4.0', sha));
    expect(stage.deeds()).toEqual([`POST /projects/42/merge_requests/${iid}/notes`]);
    expect(stage.log.lines.join('\n')).toContain('The tag v1.4.0 has no release: make it first');

    shop.release('v1.4.0');
    await stage.handle(releaseEvent('v1.4.0'));
    expect(stage.deeds()).toEqual([released]);
  });

  test('row 64: labels and a milestone where there are none', async () => {
    const stage = await aStage(rules("{ mark-shipped: { labels: [shipped], milestone: '2.0' } }"));
    const shop = new Workshop(stage);
    shop.tag('v1.3.0');
    const iid = shop.merge({ description: 'Closes #3', labels: ['shipped'] });
    stage.item(issue).milestone_id = 99;
    shop.release('v1.4.0');

    await stage.handle(releaseEvent('v1.4.0'));

    expect(stage.item(on('merge_request', iid)).milestone_id).toBe(31);
    expect(stage.item(issue).labels).toEqual(['shipped']);
    stage.deeds();
    await stage.handle(releaseEvent('v1.4.0'));
    expect(stage.deeds()).toEqual([]);
  });

  test('row 64: a pre-release tells nobody, unless that is wanted; what is muted is left alone', async () => {
    const stage = await aStage(rules('{ mark-shipped: true }'));
    const shop = new Workshop(stage);
    shop.tag('v1.3.0');
    shop.merge({ description: 'Closes #3', labels: ['herald::muted'] });
    shop.release('v1.4.0-rc.1');
    await stage.handle(releaseEvent('v1.4.0-rc.1'));
    expect(stage.deeds()).toEqual([]);

    shop.release('v1.4.0');
    await stage.handle(releaseEvent('v1.4.0'));
    expect(stage.deeds()).toEqual(['POST /projects/42/issues/3/notes']);
  });

  test('row 64: notes that somebody edited stay', async () => {
    const stage = await aStage(rules('{ write-release-notes: true }'));
    const shop = new Workshop(stage);
    shop.tag('v1.3.0');
    shop.merge({ title: 'Vouchers' });
    shop.release('v1.4.0');
    await stage.handle(releaseEvent('v1.4.0'));
    const [release] = stage.state.releases;
    if (release !== undefined) release.description = release.description?.replace('Vouchers', 'VOUCHERS!');
    stage.deeds();
    shop.merge({ title: 'Late' });
    shop.tag('v1.4.0');
    await stage.handle(releaseEvent('v1.4.0'));
    expect(stage.deeds()).toEqual([]);
    expect(stage.log.lines.join('\n')).toContain('Somebody edited the release notes: they stay.');
  });

  test('row 64: a release that GitLab does not have writes nothing', async () => {
    const stage = await aStage(both);
    new Workshop(stage).merge();
    await stage.handle(releaseEvent('v9'));
    expect(stage.deeds()).toEqual([]);
  });

  test('row 64: two runs at the same time leave one comment', async () => {
    const stage = await aStage(both);
    const shop = new Workshop(stage);
    shop.tag('v1.3.0');
    const iid = shop.merge();
    shop.release('v1.4.0');
    await Promise.all([stage.handle(releaseEvent('v1.4.0')), stage.handle(releaseEvent('v1.4.0'))]);
    expect(stage.notes(on('merge_request', iid))).toHaveLength(1);
  });
});

describe('/herald release-notes', () => {
  test('answers with what is not released yet, of a release, and of a range', async () => {
    const stage = await aStage();
    const shop = new Workshop(stage);
    shop.tag('v1.2.0');
    shop.merge({ title: 'Old' });
    shop.tag('v1.3.0');
    shop.merge({ title: 'New' });
    const ask = async (text: string): Promise<string> => {
      const { note, payload } = stage.say('rita', text);
      await stage.handle(payload);
      return stage.answers(note).join('\n');
    };
    const unreleased = await ask('/herald release-notes');
    expect([unreleased.includes('New'), unreleased.includes('Old')]).toEqual([true, false]);
    const release = await ask('/herald release-notes v1.3.0');
    expect([release.includes('New'), release.includes('Old')]).toEqual([false, true]);
    const range = await ask('/herald release-notes v1.2.0..');
    expect([range.includes('New'), range.includes('Old')]).toEqual([true, true]);
    expect(await ask('/herald release-notes v9')).toContain('has no tag');
    expect(await ask('/herald release-notes v1 v2')).toContain('Usage');
    expect(stage.deeds().filter((deed) => !deed.includes('/notes'))).toEqual([]);
  });

  test('a guest is refused', async () => {
    const stage = await aStage();
    new Workshop(stage).merge({ title: 'Hidden from guests' });
    const { note, payload } = stage.say('gus', '/herald release-notes', issue);
    await stage.handle(payload);
    const answer = stage.answers(note, issue).join('\n');
    expect(answer).toContain('you need the role');
    expect(answer).not.toContain('Hidden');
  });
});

test('a tag with half a character is no release, and no bug', async () => {
  const stage = await aStage(both);
  const handled = await stage.handle(releaseEvent('v1\ud800'));
  expect(handled.outcome).toBe('ignored');
  expect(stage.deeds()).toEqual([]);
});
