import { describe, expect, test } from 'vitest';
import { mergeRequestEvent } from './events.ts';
import { aStage, cast, mr, type Stage } from './stage.ts';

const preset = 'bot: {presets: {reviewers: {by: code-owners}}}';

/** A stage whose changed file belongs to these owners; mia is a direct member of `shop/core`. */
async function ownedBy(owners: string, config: string | null = null): Promise<Stage> {
  const stage = await aStage(config);
  const { state } = stage;
  state.files.push({ project_id: 42, ref: 'main', path: 'CODEOWNERS', content: `* ${owners}\n` });
  state.ci.groups.push({ id: 70, full_path: 'shop' }, { id: 71, full_path: 'shop/core' });
  state.ci.groupMembers.push(
    { group_id: 71, user_id: cast.mia.id },
    { group_id: 71, user_id: cast.gone.id },
    { group_id: 70, user_id: cast.eve.id },
  );
  const file = {
    old_path: 'till.ts',
    new_path: 'till.ts',
    new_file: false,
    renamed_file: false,
    deleted_file: false,
    diff: '@@ -1 +1 @@\n-a\n+b\n',
    collapsed: false,
    too_large: false,
  };
  for (const one of state.mergeRequests) one.diff = { files: [file], raw: null };
  return stage;
}

async function asked(stage: Stage): Promise<string> {
  const { note, payload } = stage.say('otto', '/herald reviewers');
  await stage.handle(payload);
  return stage.answers(note)[0] ?? '';
}

describe('a group among the code owners', () => {
  test.each([
    ['a subgroup, by its direct members', '@shop/core', cast.mia.id],
    ['a group, without the members of its subgroups', '@shop', cast.eve.id],
    ['in any case', '@Shop/Core', cast.mia.id],
    ['a user is still a user', '@eve', cast.eve.id],
  ])('is resolved: %s', async (_name, owners, id) => {
    const stage = await ownedBy(owners);
    expect(await asked(stage)).toMatch(/code owner of 1 of the changed files/);
    expect(stage.item(mr)).toMatchObject({ reviewer_ids: [id] });
  });

  test('that the token cannot see is named', async () => {
    const stage = await ownedBy('@shop/core');
    stage.state.ci.hiddenGroups.add(71);
    expect(await asked(stage)).toMatch(/no code owner fits.*shows me no members of shop\/core/);
  });

  test('costs one request, and none where all owners are members', async () => {
    const stage = await ownedBy('@mia @shop/core @shop/core');
    await asked(stage);
    expect(stage.requests().filter((request) => request.includes('/groups/'))).toHaveLength(1);
    const plain = await ownedBy('@mia');
    await asked(plain);
    expect(plain.requests().filter((request) => request.includes('/groups/'))).toEqual([]);
  });
});

describe('when nobody can be asked', () => {
  test('the command says so', async () => {
    const stage = await ownedBy('@shop/core');
    const { members } = stage.state.ci;
    members.splice(
      0,
      members.length,
      ...members.filter(({ user_id: id }) => id === cast.otto.id || id === 900),
    );
    members.push({ project_id: 42, user_id: cast.dev.id, access_level: 30 });
    const { note, payload } = stage.say('dev', '/herald reviewers');
    for (const member of members) if (member.user_id === cast.otto.id) member.access_level = 20;
    await stage.handle(payload);
    expect(stage.answers(note)[0]).toMatch(/Nobody can be asked: this project has no other active member/);
  });

  test('a rule says so in the log, and why shows it', async () => {
    const stage = await ownedBy('@shop/core', preset);
    stage.state.ci.hiddenGroups.add(71);
    await stage.handle(mergeRequestEvent('open'));
    expect(stage.item(mr)).not.toHaveProperty('reviewer_ids');
    expect(stage.log.lines.join('\n')).toMatch(/rule reviewers: no code owner fits.*shop\/core/);
    const { note, payload } = stage.say('dev', '/herald why');
    await stage.handle(payload);
    expect(stage.answers(note)[0]).toMatch(/its conditions hold: no code owner fits/);
  });
});
