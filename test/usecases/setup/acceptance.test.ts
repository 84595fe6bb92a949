import { describe, expect, test } from 'vitest';
import { eventNames } from '../../../src/bot/rules/event-names.ts';
import { presets } from '../../../src/bot/rules/presets/registry.ts';
import { forbiddenSwitches, webhookSwitches } from '../../../src/model/webhook-switch.ts';
import { bot, canaries, maintainer, otherMaintainer } from '../../setup/bot-project-state.ts';
import { aSetupStage, type SetupStage } from './stage.ts';

const ofWebhooks = { parts: ['webhook'] };

function hookedIn({ state }: SetupStage): readonly string[] {
  return state.ci.hooks
    .map(
      ({ project_id: id }) => state.projects.find((project) => project.id === id)?.path_with_namespace ?? '',
    )
    .sort();
}

describe('the variables of the pipelines of the bot', () => {
  test.each(['developer', 'maintainer', 'owner'])(
    'are closed to everybody by herald setup, once, when the role %s may set them',
    async (role) => {
      const stage = await aSetupStage();
      const project = stage.state.projects.find(({ id }) => id === bot.id);
      Object.assign(project ?? {}, { ci_pipeline_variables_minimum_override_role: role });
      await stage.run({ parts: ['pipeline-variables'] });
      expect(project?.ci_pipeline_variables_minimum_override_role).toBe('no_one_allowed');
      const again = await stage.run({ parts: ['pipeline-variables'] });
      expect(again.flatMap(({ changes }) => changes)).toEqual([]);
    },
  );
});

describe('herald setup for a subgroup of a subgroup', () => {
  const deep = ['shop/tills/north/one', 'shop/tills/north/two'];
  const paths = [...deep, 'shop/tills/spare', 'shop/web', 'shopping/other'];

  async function aShop(): Promise<SetupStage> {
    const stage = await aSetupStage(paths);
    stage.state.ci.groups.push(
      { id: 7, full_path: 'shop' },
      { id: 8, full_path: 'shop/tills' },
      { id: 9, full_path: 'shop/tills/north' },
    );
    return stage;
  }

  test.each<[string, string, boolean, readonly string[]]>([
    ['is reached from the top', 'shop', true, paths.slice(0, 4)],
    ['is reached from the group between', 'shop/tills', true, paths.slice(0, 3)],
    ['is named by its full path', 'shop/tills/north', true, deep],
    ['is left out when subgroups are', 'shop', false, ['shop/web']],
    ['is there by itself when subgroups are left out', 'shop/tills/north', false, deep],
  ])('%s by herald setup --group', async (_name, group, subgroups, hooked) => {
    const stage = await aShop();
    await stage.run({ ...ofWebhooks, group, subgroups });
    expect(hookedIn(stage)).toEqual([...hooked].sort());
  });

  test.each<[string, boolean, readonly string[]]>([
    ['shop', true, deep],
    ['shop/tills/north', true, deep],
    ['shop/tills', false, []],
  ])(
    'is searched by herald search projects --group %s, with subgroups: %s',
    async (group, subgroups, wanted) => {
      const stage = await aShop();
      const gitlab = stage.connect(canaries.maintainer);
      const names = new Set<string>();
      for (const query of ['one', 'two']) {
        const { found } = await gitlab.searchProjects({ query, group, subgroups, limit: 20 });
        for (const { project } of found) names.add(project);
      }
      expect([...names].sort()).toEqual(wanted);
    },
  );
});

describe('when the user that made the tokens is replaced, one run of herald setup heals every webhook', () => {
  const paths = Array.from({ length: 12 }, (_, index) => `shop/service-${index + 1}`);
  const otto = 'glpat-CANARY-otto-0123456789';

  async function afterMaria(leave: (stage: SetupStage) => void): Promise<SetupStage> {
    const stage = await aSetupStage(paths);
    const { state } = stage;
    state.ci.groups.push({ id: 7, full_path: 'shop' });
    state.tokens.push({ value: otto, kind: 'personal', userId: otherMaintainer.id });
    await stage.run({ ...ofWebhooks, group: 'shop' });
    leave(stage);
    return stage;
  }

  test.each<[string, (stage: SetupStage) => void]>([
    [
      'who is blocked',
      ({ state }) => {
        Object.assign(state.users.find(({ id }) => id === maintainer.id) ?? {}, { state: 'blocked' });
      },
    ],
    [
      'who left the bot’s project',
      ({ state }) => {
        state.ci.members.push({ project_id: bot.id, user_id: otherMaintainer.id, access_level: 40 });
      },
    ],
    [
      'who was deleted',
      ({ state }) => {
        for (const trigger of state.ci.triggers) Object.assign(trigger, { owner_id: null });
      },
    ],
    [
      'whose tokens were taken away',
      ({ state }) => {
        state.ci.triggers.length = 0;
      },
    ],
    [
      'on a GitLab without descriptions of webhooks, by their addresses',
      ({ state }) => {
        for (const hook of state.ci.hooks) hook.fields = { ...hook.fields, description: null };
        for (const trigger of state.ci.triggers) Object.assign(trigger, { owner_id: null });
      },
    ],
  ])('%s', async (_name, leave) => {
    const stage = await afterMaria(leave);
    const { state } = stage;
    const old = new Set(state.ci.hooks.flatMap(({ urlVariables }) => [...urlVariables.values()]));
    await stage.run({ ...ofWebhooks, group: 'shop' }, {}, otto);
    expect(hookedIn(stage)).toEqual([...paths].sort());
    const tokens = state.ci.hooks.flatMap(({ urlVariables }) => [...urlVariables.values()]);
    expect(tokens.filter((token) => old.has(token))).toEqual([]);
    expect(new Set(tokens)).toEqual(new Set(state.ci.triggers.map(({ token }) => token)));
    expect(state.ci.triggers.map(({ owner_id }) => owner_id)).toEqual(paths.map(() => otherMaintainer.id));
    const again = await stage.run({ ...ofWebhooks, group: 'shop' }, {}, otto);
    expect(again.flatMap(({ changes }) => changes)).toEqual([]);
  });

  test('one who may still start pipelines is let be: another maintainer changes nothing', async () => {
    const stage = await afterMaria(() => undefined);
    const outcomes = await stage.run({ ...ofWebhooks, group: 'shop' }, {}, otto);
    expect(outcomes.flatMap(({ changes }) => changes)).toEqual([]);
  });
});

describe('herald setup turns on the events that the rules need, and no others', () => {
  const always = ['note_events', 'merge_requests_events', 'issues_events'];

  async function switchesFor(config: string | null, options: object = {}): Promise<readonly string[]> {
    const stage = await aSetupStage();
    if (config !== null)
      stage.state.files.push({ project_id: 100, ref: 'main', path: '.herald.yml', content: config });
    await stage.run({ ...ofWebhooks, ...options });
    const [hook] = stage.state.ci.hooks;
    return Object.entries(hook?.fields ?? {}).flatMap(([name, on]) =>
      name.endsWith('_events') && on === true ? [name] : [],
    );
  }

  /** What each ready-made set adds. */
  const ofPresets: Readonly<Record<string, readonly string[]>> = {
    'conventional-titles': [],
    description: [],
    changelog: [],
    'size-labels': [],
    'path-labels': [],
    reviewers: [],
    stale: [],
    welcome: [],
    'failing-default-branch': [],
    incidents: ['deployment_events'],
    deployments: ['deployment_events'],
  };

  test('every ready-made set is judged', () => {
    expect(Object.keys(ofPresets).sort()).toEqual(presets.map(({ name }) => name).sort());
  });

  test.each(Object.entries(ofPresets))('%s adds %j', async (name, added) => {
    const settings = name === 'path-labels' ? '{ labels: { docs: ["docs/**"] } }' : '{}';
    const on = await switchesFor(`bot: { presets: { ${name}: ${settings} } }`);
    expect([...on].sort()).toEqual([...always, ...added].sort());
  });

  test.each(eventNames.map(({ name, hook }) => [name, hook] as const))(
    'a rule on %s needs %s, where pipelines can start from it',
    async (name, hook) => {
      const on = await switchesFor(`bot: { rules: [{ name: a, on: ${name}, do: [{ comment: hello }] }] }`);
      // Those that start no pipeline need a receiver.
      const isPossible = hook !== null && !Object.hasOwn(forbiddenSwitches, hook);
      expect([...on].sort()).toEqual([...new Set([...always, ...(isPossible ? [hook] : [])])].sort());
    },
  );

  test.each<[string, string | null, object, readonly string[]]>([
    ['no configuration', null, {}, always],
    ['no rules', 'bot: {}', {}, always],
    [
      'several rules, each once',
      'bot: { rules: [{ name: a, on: [push, release], do: [{ comment: x }] }, { name: b, on: push.created, do: [{ comment: x }] }] }',
      {},
      [...always, 'push_events', 'releases_events'],
    ],
    ['a configuration that is wrong', 'bot: { rules: 7 }', {}, always],
    [
      'events that were chosen, whatever the rules are about',
      'bot: { presets: { deployments: {} } }',
      { events: ['note_events'] },
      ['note_events'],
    ],
  ])('%s', async (_name, config, options, wanted) => {
    expect([...(await switchesFor(config, options))].sort()).toEqual([...wanted].sort());
  });

  test('every switch is sent, on or off, so that GitLab’s own defaults count for nothing', async () => {
    const stage = await aSetupStage();
    await stage.run(ofWebhooks);
    const made = stage.gitlab.requests.find(
      ({ method, path }) => method === 'POST' && path.endsWith('/hooks'),
    );
    const sent = Object.keys(made?.body ?? {}).filter((name) => name.endsWith('_events'));
    expect(sent.sort()).toEqual([...webhookSwitches, ...Object.keys(forbiddenSwitches)].sort());
    expect(made?.body).toMatchObject({ pipeline_events: false, job_events: false, push_events: false });
  });
});

describe('each project has its own trigger token, and one is replaced alone', () => {
  test('the others keep their webhook and token, and nothing is asked of them', async () => {
    const stage = await aSetupStage(['shop/a', 'shop/b', 'shop/c']);
    const { state, gitlab } = stage;
    await stage.run(ofWebhooks);
    expect(new Set(state.ci.triggers.map(({ token }) => token)).size).toBe(3);
    const [a, b, c] = state.ci.hooks.map((hook) => ({ ...hook }));
    const tokens = new Set(state.ci.triggers.map(({ token }) => token));
    const before = gitlab.requests.length;
    await stage.run({ ...ofWebhooks, watch: ['shop/b'], rotate: true });
    const asked = gitlab.requests.slice(before).map(({ path }) => path);
    expect(asked.filter((path) => /projects\/(?:100|102)\b/.test(path))).toEqual([]);
    expect(state.ci.hooks.find(({ id }) => id === a?.id)).toEqual(a);
    expect(state.ci.hooks.find(({ id }) => id === c?.id)).toEqual(c);
    expect(state.ci.hooks.some(({ id }) => id === b?.id)).toBe(false);
    const fresh = state.ci.triggers.filter(({ token }) => !tokens.has(token));
    expect(fresh).toHaveLength(1);
    expect(state.ci.triggers).toHaveLength(3);
  });
});
