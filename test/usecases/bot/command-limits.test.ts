import { describe, expect, test } from 'vitest';
import { parseReplyMarker } from '../../../src/bot/commands/reply-marker.ts';
import { aStage, cast, edited, mr, type Stage, type Who } from './stage.ts';

interface Scene {
  readonly who: Who;
  readonly limits: string;
  readonly codeOwners?: string;
  readonly files?: readonly string[];
  readonly prepare?: (stage: Stage) => void;
}

function change(path: string, oldPath = path): object {
  const flags = { new_file: false, renamed_file: path !== oldPath, deleted_file: false };
  return {
    old_path: oldPath,
    new_path: path,
    ...flags,
    diff: '@@ -1 +1 @@\n-a\n+b\n',
    collapsed: false,
    too_large: false,
  };
}

async function aLimitedStage({
  limits,
  codeOwners,
  files = ['till.ts'],
  prepare,
}: Omit<Scene, 'who'>): Promise<Stage> {
  const stage = await aStage(`bot: { commands: { retry: ${limits} } }`);
  const { state } = stage;
  if (codeOwners !== undefined)
    state.files.push({ project_id: 42, ref: 'main', path: 'CODEOWNERS', content: codeOwners });
  state.ci.groups.push({ id: 70, full_path: 'acme' }, { id: 71, full_path: 'acme/ci' });
  state.ci.groupMembers.push({ group_id: 71, user_id: cast.dev.id }, { group_id: 70, user_id: cast.eve.id });
  for (const one of state.mergeRequests)
    Object.assign(one, { diff: { files: files.map((path) => change(path)), raw: null } });
  prepare?.(stage);
  return stage;
}

async function retriedBy({ who, ...scene }: Scene): Promise<{
  readonly state: string | undefined;
  readonly answer: string;
  readonly deeds: readonly string[];
  readonly stage: Stage;
}> {
  const stage = await aLimitedStage(scene);
  const { note, payload } = stage.say(who, '/herald retry', mr);
  await stage.handle(payload);
  const answer = stage.answers(note)[0] ?? '';
  const [outcome] = parseReplyMarker(answer)?.calls.values() ?? [];
  return { state: outcome, answer, deeds: stage.deeds(), stage };
}

const retried = ['POST /projects/42/jobs/601/retry'];
const owned = '{code-owners: true}';

describe('row 69: a command for code owners', () => {
  test.each<Scene & { readonly name: string }>([
    { name: 'obeys who owns every file', who: 'dev', limits: owned, codeOwners: '* @dev' },
    { name: 'obeys a member of a group that owns them', who: 'dev', limits: owned, codeOwners: '* @acme/ci' },
    { name: 'obeys a role that owns them', who: 'dev', limits: owned, codeOwners: '* @@developer' },
    {
      name: 'obeys who owns them in different sections',
      who: 'dev',
      limits: owned,
      codeOwners: '*.ts @dev\n^[Docs]\n*.md @dev',
      files: ['till.ts', 'README.md'],
    },
    { name: 'obeys without limits', who: 'dev', limits: '{}' },
    { name: 'obeys with ownership switched off', who: 'dev', limits: '{code-owners: false}' },
  ])('$name', async (scene) => {
    const { state, deeds } = await retriedBy(scene);
    expect({ state, deeds }).toEqual({ state: 'done', deeds: retried });
  });

  test.each<Scene & { readonly name: string; readonly answer: RegExp }>([
    {
      name: 'refuses who owns only some files, and names the others',
      who: 'dev',
      limits: owned,
      codeOwners: '*.ts @dev\n*.md @mia',
      files: ['till.ts', 'README.md'],
      answer: /you do not own .*README\.md/,
    },
    {
      name: 'refuses where nobody owns a file',
      who: 'dev',
      limits: owned,
      codeOwners: '*.ts @dev',
      files: ['till.ts', 'LICENSE'],
      answer: /LICENSE.*files without an owner belong to nobody/,
    },
    {
      name: 'refuses a maintainer who owns nothing',
      who: 'mia',
      limits: owned,
      codeOwners: '* @dev @@developer',
      answer: /every changed file; you do not own/,
    },
    {
      name: 'gives an owner no more than GitLab does',
      who: 'rita',
      limits: owned,
      codeOwners: '* @rita',
      answer: /Developer.*Reporter/s,
    },
    {
      name: 'says that a group is not visible',
      who: 'dev',
      limits: owned,
      codeOwners: '* @acme/ci',
      prepare: ({ state }) => state.ci.hiddenGroups.add(71),
      answer: /GitLab does not show me who .*acme\/ci.* is/,
    },
    {
      name: 'refuses without a CODEOWNERS file',
      who: 'dev',
      limits: owned,
      answer: /no CODEOWNERS file that I can read/,
    },
    {
      name: 'refuses without changed files',
      who: 'dev',
      limits: owned,
      codeOwners: '* @dev',
      files: [],
      answer: /changes none/,
    },
    {
      name: 'refuses where a file left a folder of others',
      who: 'dev',
      limits: owned,
      codeOwners: '* @dev\n/safe/ @mia',
      prepare: ({ state }) => {
        for (const one of state.mergeRequests)
          Object.assign(one, { diff: { files: [change('till.ts', 'safe/till.ts')], raw: null } });
      },
      answer: /you do not own .*safe\/till\.ts/,
    },
    {
      name: 'counts no inherited role',
      who: 'dev',
      limits: owned,
      codeOwners: '* @@developer',
      prepare: ({ state }) => state.ci.inheritedMembers.add(`42:${cast.dev.id}`),
      answer: /you do not own/,
    },
  ])('$name', async ({ answer, ...scene }) => {
    const found = await retriedBy(scene);
    expect(found).toMatchObject({ state: 'refused', deeds: [] });
    expect(found.answer).toMatch(answer);
  });
});

const later = (iso: string): string => new Date(Date.parse(iso) + 60_000).toISOString();

test('row 69: in a comment that somebody else edited, both need what the command asks for', async () => {
  const turnedBy = async (editor: 'mia' | 'dev') => {
    const { state, say, handle, answers, deeds } = await aLimitedStage({ limits: '{groups: [acme/ci]}' });
    const { note } = say('dev', 'Looks good.', mr);
    note.body = '/herald retry';
    note.updated_at = later(note.updated_at);
    Object.assign(note, { last_edited_by: state.users.find(({ username }) => username === editor) });
    await handle(edited(note, mr));
    return { deeds: deeds(), answer: answers(note)[0] ?? '' };
  };
  expect(await turnedBy('dev')).toMatchObject({ deeds: retried });
  const refused = await turnedBy('mia');
  expect(refused.deeds).toEqual([]);
  expect(refused.answer).toMatch(/edited this comment last/);
});

describe('row 69: a command for members of groups', () => {
  test.each<Scene & { readonly name: string; readonly answer?: RegExp }>([
    { name: 'obeys a direct member', who: 'dev', limits: '{groups: [acme/ci]}' },
    { name: 'obeys a member of one of them', who: 'dev', limits: '{groups: [acme, acme/ci]}' },
    {
      name: 'refuses a member of the group above',
      who: 'eve',
      limits: '{groups: [acme/ci]}',
      answer: /for direct members of .*acme\/ci/,
    },
    {
      name: 'refuses when the group is not visible, and says so',
      who: 'dev',
      limits: '{groups: [acme/ci]}',
      prepare: ({ state }) => state.ci.hiddenGroups.add(71),
      answer: /GitLab shows me no members of .*acme\/ci/,
    },
    {
      name: 'asks for both where both are set',
      who: 'dev',
      limits: '{groups: [acme/ci], code-owners: true}',
      codeOwners: '* @mia',
      answer: /you do not own/,
    },
  ])('$name', async ({ answer, ...scene }) => {
    const found = await retriedBy(scene);
    expect(found.state).toBe(answer === undefined ? 'done' : 'refused');
    expect(found.deeds).toEqual(answer === undefined ? retried : []);
    expect(found.answer).toMatch(answer ?? /unit/);
  });

  test('costs requests only where it is set', async () => {
    const plain = await retriedBy({ who: 'dev', limits: '{}', codeOwners: '* @dev' });
    expect(plain.stage.requests().join('\n')).not.toMatch(
      /CODEOWNERS|\/groups\/|\/members(?:\/all)?(?:\?|$)/m,
    );
    const limited = await retriedBy({ who: 'dev', limits: '{groups: [acme/ci]}' });
    expect(limited.stage.requests().filter((request) => request.includes('/groups/'))).toHaveLength(1);
  });
});
