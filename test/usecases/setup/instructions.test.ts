import { describe, expect, test } from 'vitest';
import { instructionLines } from '../../../src/cli/setup-lines.ts';
import { setupWishesFrom } from '../../../src/cli/setup-wishes-from.ts';
import { setupOptions } from '../../../src/config/setup-options.ts';
import { type InstructionOutcome, instruct } from '../../../src/usecases/setup/instructions.ts';
import { bot, canaries, maintainer, otherMaintainer } from '../../setup/bot-project-state.ts';
import type { EmbeddedOptions } from '../../support/gitlab/embedded-gitlab.ts';
import { aSetupStage, type SetupStage } from './stage.ts';

const developer = { id: 80, username: 'dora' };
const developerToken = 'glpat-CANARY-developer-0123456789';

interface Stage extends SetupStage {
  /** Runs `herald setup --instructions`, as a developer unless it is said otherwise. */
  instruct(
    options?: Readonly<Record<string, unknown>>,
    token?: string,
  ): Promise<readonly InstructionOutcome[]>;
}

/** Everybody but the developer is a maintainer of all projects. */
async function aStage(
  watched: readonly string[] = ['shop/checkout'],
  options: Omit<EmbeddedOptions, 'state'> = {},
): Promise<Stage> {
  const stage = await aSetupStage(watched, options);
  const { state, gitlab, clock, log } = stage;
  state.users.push(developer);
  state.tokens.push({ value: developerToken, kind: 'personal', userId: developer.id });
  for (const { id } of state.projects)
    state.ci.members.push(
      { project_id: id, user_id: developer.id, access_level: 30 },
      { project_id: id, user_id: maintainer.id, access_level: 40 },
    );
  return {
    ...stage,
    async instruct(chosen = {}, token = developerToken) {
      const given = { server: gitlab.url, allowInsecure: true, botProject: bot.path, watch: watched };
      const parsed = setupOptions.parse({ ...given, instructions: true, ...chosen });
      const variables = { HERALD_BOT_TOKEN: canaries.bot };
      const outcomes: InstructionOutcome[] = [];
      const wishes = setupWishesFrom(parsed, { variables });
      const world = { gitlab: stage.connect(token), clock, log };
      for await (const outcome of instruct(wishes, world)) outcomes.push(outcome);
      return outcomes;
    },
  };
}

function states(outcomes: readonly InstructionOutcome[]): readonly string[] {
  return outcomes.map(({ state, refusal }) => refusal?.message ?? state);
}

function writesOf({ gitlab }: Stage): readonly string[] {
  return gitlab.requests.flatMap(({ method, path }) => (method === 'GET' ? [] : [`${method} ${path}`]));
}

describe('herald setup --instructions, for users who may not change settings', () => {
  test('one confidential issue says all that is to be done, and nothing else is written', async () => {
    const stage = await aStage();
    const { state } = stage;
    expect(states(await stage.instruct())).toEqual(['opened']);
    expect(state.issues).toMatchObject([{ project_id: 100, confidential: true, state: 'opened' }]);
    const text = state.issues[0]?.description ?? '';
    const host = stage.gitlab.url.replace('http://', '');
    for (const part of [
      'Make a trigger token',
      `${host}/api/v4/projects/9/ref/main/trigger/pipeline?token={herald\\_token}`,
      'mask portions of the URL',
      'Merge request events',
      'note\\_events',
      'pipeline and no job',
      'Custom webhook template',
      '{{object_attributes.iid}}',
      'HERALD\\_TOKEN',
      'masked and hidden',
      '\\*/15 \\* \\* \\* \\*',
      'HERALD\\_SWEEP',
      'tests::failing',
      'herald setup --server',
    ])
      expect(text.replaceAll('\\', ''), part).toContain(part.replaceAll('\\', ''));
    expect(writesOf(stage)).toEqual(['POST /projects/100/issues']);
  });

  test('no host stands in it but the one that was given, and no secret', async () => {
    const stage = await aStage();
    const [outcome] = await stage.instruct();
    const text = stage.state.issues[0]?.description ?? '';
    const hosts = [...text.matchAll(/https?:\/\/([^/\s)]+)/g)].map(([, host]) => host);
    expect(new Set(hosts)).toEqual(new Set([new URL(stage.gitlab.url).host]));
    for (const secret of [...Object.values(canaries), developerToken])
      expect(`${text}${outcome?.markdown ?? ''}`).not.toContain(secret);
  });

  test('a second run writes nothing', async () => {
    const stage = await aStage();
    await stage.instruct();
    const before = writesOf(stage).length;
    expect(states(await stage.instruct())).toEqual(['current']);
    expect(writesOf(stage)).toHaveLength(before);
    expect(stage.state.issues).toHaveLength(1);
  });

  test('when the plan is another, the text is, in place', async () => {
    const stage = await aStage();
    await stage.instruct();
    expect(states(await stage.instruct({ sweepCron: '0 7 * * *' }))).toEqual(['updated']);
    expect(stage.state.issues).toHaveLength(1);
    expect(stage.state.issues[0]?.description).toContain('0 7 ');
    expect(stage.state.issues[0]?.notes).toEqual([]);
  });

  test('what may not be seen is told with that doubt, what is seen to be there is not told', async () => {
    const stage = await aStage();
    await stage.run({ parts: ['labels'] });
    await stage.instruct();
    const text = stage.state.issues[0]?.description ?? '';
    expect(text).toContain('cannot see the webhooks here: skip this step if it is already done');
    expect(text).not.toContain('labels of reports');
  });

  test('who sees nothing left to do closes it', async () => {
    const stage = await aStage();
    expect(states(await stage.instruct({}, canaries.maintainer))).toEqual(['opened']);
    expect(stage.state.issues[0]?.description).not.toContain('may not see');
    await stage.run();
    expect(states(await stage.instruct({}, canaries.maintainer))).toEqual(['closed']);
    expect(stage.state.issues).toMatchObject([{ state: 'closed' }]);
    expect(states(await stage.instruct({}, canaries.maintainer))).toEqual(['none']);
    // And reopens it when something is undone.
    stage.state.ci.hooks.pop();
    expect(states(await stage.instruct({}, canaries.maintainer))).toEqual(['opened']);
    expect(stage.state.issues).toMatchObject([{ state: 'opened' }]);
  });

  test('an issue that somebody closed stays closed when it cannot be seen whether it is done', async () => {
    const stage = await aStage();
    await stage.instruct();
    await stage.run();
    Object.assign(stage.state.issues[0] ?? {}, { state: 'closed' });
    expect(states(await stage.instruct())).toEqual(['left-closed']);
    expect(stage.state.issues).toMatchObject([{ state: 'closed' }]);
  });

  test('a webhook that is done by hand after the instructions needs no more of them', async () => {
    const stage = await aStage();
    const { state } = stage;
    await stage.run();
    // As a person makes them: no description on the webhook, another one on the token.
    const [hook] = state.ci.hooks;
    Object.assign(hook ?? {}, { fields: { ...hook?.fields, description: null } });
    const [trigger] = state.ci.triggers;
    Object.assign(trigger ?? {}, { description: 'herald setup: webhook of project 100 (by hand)' });
    expect(states(await stage.instruct({}, canaries.maintainer))).toEqual(['none']);
  });

  test('a maintainer of the watched project alone is not told that the token of its webhook is gone', async () => {
    const stage = await aStage();
    await stage.run();
    for (const member of stage.state.ci.members)
      if (member.project_id === bot.id && member.user_id === maintainer.id) member.access_level = 30;
    const [outcome] = await stage.instruct({ plan: true }, canaries.maintainer);
    expect(outcome?.markdown).not.toContain('webhook');
    expect(outcome?.markdown).toContain('cannot see the variables');
  });

  test('a new token of the same user goes on with the issue of the old one', async () => {
    const stage = await aStage();
    const { state } = stage;
    const [fresh, last] = ['glpat-CANARY-fresh-0123456789', 'glpat-CANARY-last-0123456789'];
    state.tokens.push(
      { value: fresh, kind: 'personal', userId: maintainer.id },
      { value: last, kind: 'personal', userId: maintainer.id },
    );
    expect(states(await stage.instruct({}, canaries.maintainer))).toEqual(['opened']);
    expect(states(await stage.instruct({}, fresh))).toEqual(['current']);
    expect(states(await stage.instruct({ sweepCron: '0 7 * * *' }, fresh))).toEqual(['updated']);
    await stage.run({ sweepCron: '0 7 * * *' });
    expect(states(await stage.instruct({ sweepCron: '0 7 * * *' }, last))).toEqual(['closed']);
    expect(state.issues).toMatchObject([{ state: 'closed' }]);
  });

  test.each<[string, object]>([
    ['of another user', { author: otherMaintainer }],
    ['that everybody may read', { confidential: false }],
    [
      'that claims to be of another user',
      { description: '<!-- herald:issue v=1 key=setup/9 by=71:aaaaaaaaaaaaaaaaaaaaaa -->\n\nx' },
    ],
    [
      'about another bot',
      { description: '<!-- herald:issue v=1 key=setup/8 by=80:aaaaaaaaaaaaaaaaaaaaaa -->\n\nx' },
    ],
  ])('an issue %s is left alone, whatever it looks like', async (_name, other) => {
    const stage = await aStage();
    const description = '<!-- herald:issue v=1 key=setup/9 by=80:aaaaaaaaaaaaaaaaaaaaaa -->\n\nx';
    const looks = {
      title: 'Set up Herald’s bot for this project',
      description,
      confidential: true,
      author: developer,
    };
    const issue = { project_id: 100, iid: 1, state: 'opened', labels: [], notes: [], ...looks, ...other };
    stage.state.issues.push(issue as (typeof stage.state.issues)[number]);
    const before = JSON.stringify(issue);
    expect(states(await stage.instruct())).toEqual(['opened']);
    expect(JSON.stringify(stage.state.issues[0])).toBe(before);
    expect(stage.state.issues).toHaveLength(2);
  });

  test('with --plan it is printed and nothing is written', async () => {
    const stage = await aStage();
    const [outcome] = await stage.instruct({ plan: true });
    if (outcome === undefined) throw new Error('there is no outcome');
    expect(instructionLines(outcome).join('\n')).toMatch(
      /shop\/checkout\n {2}\+ instructions.*\n\nFor Herald/,
    );
    expect(writesOf(stage)).toEqual([]);
  });

  test('each watched project has its own, and one that refuses issues does not stop the others', async () => {
    const stage = await aStage(['shop/a', 'shop/b', 'shop/c'], {
      beforeRequest: ({ method, path }) =>
        method === 'POST' && path === '/projects/101/issues'
          ? { status: 403, body: { message: '403 Forbidden' } }
          : undefined,
    });
    const outcomes = await stage.instruct();
    expect(outcomes.map(({ state }) => state)).toEqual(['opened', 'none', 'opened']);
    expect(outcomes[1]?.refusal?.message).toContain('403 Forbidden');
    expect(outcomes[1]?.refusal?.hint).toContain('--instructions --plan prints them');
    expect(stage.state.issues.map(({ project_id }) => project_id)).toEqual([100, 102]);
  });

  test('a project that is its own bot gets one issue', async () => {
    const stage = await aStage([]);
    expect(states(await stage.instruct())).toEqual(['opened']);
    expect(stage.state.issues).toMatchObject([{ project_id: bot.id }]);
    expect(stage.state.issues[0]?.description).not.toContain('--bot-project');
  });
});
