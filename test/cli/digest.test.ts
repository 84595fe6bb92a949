import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  type EmbeddedGitLab,
  type EmbeddedOptions,
  startEmbeddedGitLab,
} from '../support/gitlab/embedded-gitlab.ts';
import { type Fault, faults } from '../support/gitlab/faults.ts';
import { addDays, day, emptyProject, end, token, twoMonths } from '../usecases/digest/history-stage.ts';
import { herald, type Outcome } from './herald.ts';

const april = ['--period', '2026-04', '--project', 'shop/till'];

interface Shop {
  readonly gitlab: EmbeddedGitLab;
  readonly folder: string;
  digest(...args: readonly string[]): Promise<Outcome>;
  text(name: string): Promise<string>;
}

async function aShop(
  state = twoMonths(),
  beforeRequest: NonNullable<EmbeddedOptions['beforeRequest']> = () => undefined,
): Promise<Shop> {
  const gitlab = await startEmbeddedGitLab({ state, beforeRequest });
  onTestFinished(() => gitlab.stop());
  const folder = await mkdtemp(join(tmpdir(), 'herald-digest-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return {
    gitlab,
    folder,
    digest: (...args) =>
      herald(
        ['digest', '--server', gitlab.url, '--max-wait', '1', ...args],
        { HERALD_TOKEN: token },
        null,
        folder,
      ),
    text: (name) => readFile(join(folder, name), 'utf8'),
  };
}

describe('herald digest', () => {
  test('names a wrong period before it looks for a token', async () => {
    const outcome = await herald(['digest', '--project', 'shop/till', '--period', 'someday'], {}, null);
    expect(outcome.exitCode).toBe(2);
    expect(outcome.stderr).toContain('someday');
    expect(outcome.stderr).not.toContain('token');
    const right = await herald(
      ['digest', '--server', 'https://gitlab.example.com', '--project', 'shop/till', '--period', '7d'],
      {},
      null,
    );
    expect(right.stderr).toContain('token');
  });

  test('writes the figures of a month for people and machines, and asks only for what is new the second time', async () => {
    const shop = await aShop();
    const first = await shop.digest(...april);
    expect(first.stderr).not.toMatch(/error|bug/i);
    expect(first.exitCode).toBe(0);
    const asked = shop.gitlab.requests.length;
    expect(asked).toBeLessThanOrEqual(160);
    const digest = JSON.parse(await shop.text('herald-digest.json')) as {
      scope: object;
      figures: { id: string; current: { value: number | null } }[];
    };
    expect(digest.scope).toMatchObject({ kind: 'project', name: 'shop/till' });
    const merged = digest.figures.find(({ id }) => id === 'merge-requests-merged');
    const [from, until] = [Date.parse('2026-04-01T00:00:00Z'), Date.parse('2026-05-01T00:00:00Z')];
    const counted = shop.gitlab.state.mergeRequests.filter(({ state, ended_at: at }) => {
      const ended = Date.parse(at ?? '');
      return state === 'merged' && ended >= from && ended < until;
    }).length;
    expect(merged?.current.value).toBe(counted);
    expect(counted).toBeGreaterThan(80);
    expect(await shop.text('herald-digest.md')).toContain('Delivery of shop/till, 2026-04-01 to 2026-04-30');
    expect(await shop.text('herald-digest.html')).toContain('<svg');
    expect(await shop.text('herald-digest.txt')).toContain('# EOF');
    await shop.digest(...april);
    expect(shop.gitlab.requests.length - asked).toBeLessThanOrEqual(40);
  });

  test('says what it will cost before it reads, and reads nothing', async () => {
    const shop = await aShop();
    const { stdout, exitCode } = await shop.digest(...april, '--plan');
    expect(exitCode).toBe(0);
    const asked = shop.gitlab.requests.length;
    const planned = Number(/: (?:about )?(\d+) requests\n/.exec(stdout)?.[1]);
    expect(stdout).toContain(`This plan took ${asked} requests.`);
    expect(asked).toBeLessThan(15);
    await expect(shop.text('herald-digest.md')).rejects.toThrow();
    await shop.digest(...april);
    const took = shop.gitlab.requests.length - asked;
    expect(Math.abs(planned - took) / took).toBeLessThan(0.25);
  });

  test('keeps one issue', async () => {
    const shop = await aShop();
    const { stdout } = await shop.digest(...april, '--to', 'issue');
    expect(stdout).toContain('issue: was made');
    await shop.digest(...april, '--to', 'issue');
    expect(shop.gitlab.state.issues.filter(({ title }) => title === 'Delivery of shop/till')).toHaveLength(1);
  });

  test('names people only where it is asked, and speaks German where it shall', async () => {
    const shop = await aShop();
    const names = /\b(?:ada|ben|cleo|dora|emil)\b/;
    const texts = async (): Promise<readonly string[]> =>
      Promise.all(['md', 'html', 'json', 'csv', 'txt'].map((ending) => shop.text(`herald-digest.${ending}`)));
    await shop.digest(...april);
    for (const text of await texts()) expect(text).not.toMatch(names);
    await shop.digest(...april, '--people', '--language', 'de');
    const [markdown = '', page = '', json = ''] = await texts();
    for (const text of [markdown, page, json]) expect(text).toMatch(names);
    expect(markdown).toContain('Lieferung von shop/till');
    expect(page).toContain('Personen');
    // The bot of the history opens and comments, too.
    expect(json).not.toContain('project_42_bot_1f2e');
  });

  test('gives no number for a project in which nothing happened', async () => {
    const noCommits = { status: 200, body: [] };
    const shop = await aShop(emptyProject(), ({ path }) =>
      path.endsWith('/repository/commits') ? noCommits : undefined,
    );
    const { exitCode } = await shop.digest(...april);
    expect(exitCode).toBe(0);
    const markdown = await shop.text('herald-digest.md');
    expect(markdown).toContain('There is nothing to measure in this period.');
    expect(markdown).not.toContain('Not read in full');
  });

  test.each<[string, RegExp, Fault, string]>([
    ['deployments', /\/deployments$/, '403', 'deployments a day'],
    ['merge requests', /\/merge_requests$/, 'another shape', 'merge requests merged'],
    ['branches and commits', /\/repository\//, 'a cut answer', 'lead time from the merge'],
    ['pipelines and jobs', /\/(?:graphql|pipelines|jobs)$/, '404', 'passed at the first attempt'],
  ])('says in its second line that %s were not read', async (_name, path, fault, figure) => {
    const state = emptyProject();
    addDays(state, end - 40 * day, 5);
    addDays(state, end - 20 * day, 5, { seed: 2 });
    const shop = await aShop(state, (request) => (path.test(request.path) ? faults[fault] : undefined));
    const { exitCode, stderr } = await shop.digest(...april, '--to', 'file,issue');
    expect(stderr).not.toMatch(/bug/);
    expect(exitCode).toBe(0);
    const [issue] = shop.gitlab.state.issues.filter(({ title }) => title.startsWith('Delivery of'));
    const line = new RegExp(`⚠️.? Not read in full: [^.]*${figure}[^]*"Method and data" says why\\.`);
    for (const text of [await shop.text('herald-digest.md'), issue?.description ?? ''])
      expect(text).toMatch(line);
    expect(await shop.text('herald-digest.html')).toContain(`Not read in full: `);
  });

  test.each([
    [['--period', 'soon', '--project', 'shop/till'], /"soon" is not a period/],
    [['--period', '7d'], /no project is named/],
    [['--project', 'shop/till', '--group', 'shop'], /one of them/],
    [['--project', 'shop/till', '--time-zone', 'Mars'], /"Mars" is not a time zone/],
    [['--project', 'shop/till', '--period', 'v1..v2'], /has no tag "v1"/],
    [['--project', 'shop/till', '--deployments', 'guess'], /environments/],
  ])('refuses %j', async (args, message) => {
    const shop = await aShop(emptyProject());
    const { exitCode, stderr } = await shop.digest(...args);
    expect(stderr).toMatch(message);
    expect(exitCode).toBe(2);
  });
});
