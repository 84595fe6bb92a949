import { describe, expect, onTestFinished, test } from 'vitest';
import type { Intervention } from '../../src/demo/server.ts';
import { botProjectState, canaries } from '../setup/bot-project-state.ts';
import { type EmbeddedGitLab, startEmbeddedGitLab } from '../support/gitlab/embedded-gitlab.ts';
import type { EmbeddedState } from '../support/gitlab/state/state.ts';
import { herald, type Outcome } from './herald.ts';

interface Shop {
  readonly gitlab: EmbeddedGitLab;
  search(...args: readonly string[]): Promise<Outcome>;
  /** Queries of the lists that were asked for. */
  pages(): readonly string[];
}

async function aShop(
  change: (state: EmbeddedState) => void = () => undefined,
  beforeRequest: () => Intervention = () => undefined,
): Promise<Shop> {
  const state = botProjectState(['shop/till']);
  state.ci.groups.push({ id: 7, full_path: 'shop' });
  change(state);
  const gitlab = await startEmbeddedGitLab({ state, beforeRequest });
  onTestFinished(() => gitlab.stop());
  return {
    gitlab,
    search: (...args) =>
      herald(['search', ...args, '--server', gitlab.url, '--max-wait', '1'], {
        HERALD_TOKEN: canaries.maintainer,
        SHOP_SECRET: 'sesame-open-123',
      }),
    pages: () => gitlab.requests.map(({ query }) => query),
  };
}

/** Beside the bot's project and the till. */
function projects(count: number, archived = 0): (state: EmbeddedState) => void {
  return (state) => {
    for (let index = 0; index < count; index += 1)
      state.projects.push({
        id: 1_000 + index,
        path_with_namespace: `shop/deep/p${index}`,
        default_branch: 'main',
        archived: index < archived,
      });
  };
}

describe('herald search projects, of 250 projects', () => {
  test.each([
    ['20 are wanted: one page', 20, 0, 1, 20],
    ['as many as a page has are wanted: one page', 100, 0, 1, 100],
    ['one more is wanted: two pages', 101, 0, 2, 101],
    ['all are wanted: three pages, and no fourth to see that it is empty', 250, 0, 3, 250],
    ['more are wanted than there are: three pages', 1_000, 0, 3, 250],
    ['the first page is archived: it does not count', 20, 100, 2, 20],
  ])('%s', async (_name, limit, archived, pages, found) => {
    const shop = await aShop(projects(248, archived));
    const { stdout, exitCode } = await shop.search(
      'projects',
      '--group',
      'shop',
      '--json',
      '--limit',
      String(limit),
    );
    expect(exitCode).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(found);
    expect(shop.pages()).toHaveLength(pages);
  });

  test('those of subgroups are left out on request', async () => {
    const shop = await aShop(projects(3));
    const { stdout } = await shop.search('projects', '--group', 'shop', '--no-subgroups', '--json');
    expect(stdout).not.toContain('shop/deep');
    expect(stdout).toContain('shop/till');
  });
});

const nasty = 'a │ b | c\u001b[31m\u0007 d\u202ee\r\nf sesame-open-123 \u009b2J';

describe('a search result whose title has pipes, control characters and a secret in it', () => {
  const withIssue = (state: EmbeddedState): void => {
    const rest = { state: 'opened', labels: [], notes: [] } as const;
    state.issues.push({ ...rest, labels: [], notes: [], project_id: 100, iid: 23, title: nasty });
  };

  test('forges no column and no line of the table, and does nothing to the terminal', async () => {
    const { search } = await aShop(withIssue);
    const { stdout } = await search('issues', '23', '--project', 'shop/till');
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]|sesame/);
    for (const line of stdout
      .trim()
      .split('\n')
      .filter((text) => text.startsWith('│')))
      expect(line.split('│')).toHaveLength(6);
    expect(stdout.replace(/\s*│\s*/g, ' ').replace(/\s+/g, ' ')).toContain('a | b | c␛[31m');
  });

  test('is one line of JSON whose label can be shown, and whose title is that of GitLab', async () => {
    const { search } = await aShop(withIssue);
    const { stdout } = await search('issues', '23', '--project', 'shop/till', '--json');
    expect(stdout.split('\n')).toHaveLength(2);
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]|sesame/);
    const found = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
    expect(found).toMatchObject({ value: 'shop/till#23', iid: 23, project: 'shop/till', state: 'opened' });
    expect(found['title']).toBe(nasty.replace('sesame-open-123', '[MASKED]'));
    expect(found['label']).toBe('(#23) a │ b | c␛[31m␇ d⟨U+202E⟩e f [MASKED] ⟨U+009B⟩2J');
  });
});

describe('a search that GitLab refuses repeats what GitLab said', () => {
  const both = (words: unknown): readonly object[] => [{ message: words }, { error: words }];
  const nested = { title: ['is too long', { maximum: '255' }], base: ['Stale'] };

  test.each([
    ...both('insufficient rights').map(
      (body) => [403, body, /403 Forbidden: insufficient rights/, 4] as const,
    ),
    ...both('search is too short').map((body) => [422, body, /422 .*: search is too short/, 4] as const),
    ...both(nested).map((body) => [422, body, /title is too long, maximum 255, Stale/, 4] as const),
    [400, { error: 'scope does not have a valid value' }, /400 Bad Request: scope does not have/, 4] as const,
    ...both('broken').map((body) => [500, body, /500 Internal Server Error: broken/, 5] as const),
    ...both(nested).map((body) => [503, body, /503 .*title is too long/, 5] as const),
  ])(
    'with %i and %j',
    async (status, body, words, code) => {
      const shop = await aShop(undefined, () => ({ status, body }));
      for (const args of [
        ['issues', 'slow', '--project', 'shop/till'],
        ['projects', 'till'],
      ]) {
        const { exitCode, stdout, stderr } = await shop.search(...args);
        expect(stderr).toMatch(words);
        expect([exitCode, stdout]).toEqual([code, '']);
      }
    },
    30_000,
  );

  test('a group that is not there', async () => {
    const { search } = await aShop();
    const { exitCode, stderr } = await search('projects', '--group', 'nowhere');
    expect(exitCode).toBe(4);
    expect(stderr).toContain('404 Not Found: Group Not Found');
  });
});
