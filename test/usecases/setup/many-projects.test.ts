import { describe, expect, test } from 'vitest';
import { setupWishesFrom } from '../../../src/cli/setup-wishes-from.ts';
import { setupOptions } from '../../../src/config/setup-options.ts';
import { type Diagnosis, doctor } from '../../../src/usecases/doctor/doctor.ts';
import { bot, canaries } from '../../setup/bot-project-state.ts';
import { aSetupStage, type SetupStage } from './stage.ts';

async function aGroup(count: number): Promise<SetupStage> {
  const stage = await aSetupStage(Array.from({ length: count }, (_, index) => `shop/project-${index}`));
  stage.state.ci.groups.push({ id: 7, full_path: 'shop' });
  return stage;
}

async function diagnose({ gitlab, clock, log, connect }: SetupStage): Promise<Diagnosis> {
  const parsed = setupOptions.parse({
    server: gitlab.url,
    allowInsecure: true,
    botProject: bot.path,
    group: 'shop',
    plan: true,
  });
  const wishes = setupWishesFrom(parsed, { variables: {} });
  const own = { token: canaries.maintainer, isOfJobIn: null };
  const world = { gitlab: connect(canaries.maintainer), clock, log, own, botToken: null };
  return doctor({ ...wishes, given: new Set<string>(), allowInsecure: true }, world);
}

/** Requests for so many projects of a group, which are on one page of its list. */
async function requestsFor(count: number, work: (stage: SetupStage) => Promise<unknown>): Promise<number> {
  const stage = await aGroup(count);
  await work(stage);
  return stage.gitlab.requests.length;
}

describe('requests for one more project of a group', () => {
  test.each<[name: string, work: (stage: SetupStage) => Promise<unknown>, each: number]>([
    ['herald setup --plan', (stage) => stage.run({ group: 'shop', plan: true }), 3],
    ['herald doctor', diagnose, 4],
  ])('%s: always as many, however many there are', async (_name, work, each) => {
    // Beyond the first projects, of which the doctor looks at more.
    const [few, more] = [await requestsFor(20, work), await requestsFor(70, work)];
    expect((more - few) / 50).toBe(each);
  });

  test('herald setup: none is written again', async () => {
    const stage = await aGroup(30);
    await stage.run({ group: 'shop' });
    const before = stage.gitlab.requests.length;
    await stage.run({ group: 'shop' });
    const again = stage.gitlab.requests.slice(before);
    expect(again.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(again.length).toBeLessThan(30 * 3 + 30);
  });

  test('herald doctor: says whose CODEOWNERS file it did not look for', async () => {
    const wordsFor = async (count: number): Promise<readonly string[]> => {
      const { checks } = await diagnose(await aGroup(count));
      return checks.flatMap(({ about, words }) => (about === 'CODEOWNERS' ? [words] : []));
    };
    // The bot's own project is in the group, too.
    expect(await wordsFor(10)).toEqual([]);
    expect(await wordsFor(40)).toEqual([
      expect.stringMatching(/^looked for in the first 20 of 4\d projects only$/),
    ]);
  });
});
