import { afterEach, describe, expect, test } from 'vitest';
import { digestDocument } from '../../../src/render/digest/digest-document.ts';
import { englishDigest } from '../../../src/render/words/english-digest.ts';
import {
  type DigestPlace,
  keepDigestIssue,
  keepDigestNote,
  keepDigestPage,
} from '../../../src/usecases/digest/keep-digest.ts';
import { aDigest, aFigure, aMeasured } from '../../render/digest/a-digest.ts';
import { canaries } from '../../setup/bot-project-state.ts';
import { aSetupStage, type SetupStage } from '../setup/stage.ts';

const day = 86_400_000;
let stage: SetupStage | null = null;

afterEach(async () => {
  await stage?.gitlab.stop();
  stage = null;
});

async function aKeeper(place: Partial<DigestPlace> = {}) {
  const made = await aSetupStage(['shop/checkout']);
  stage = made;
  const [project] = made.state.projects;
  const world = { gitlab: made.connect(canaries.maintainer), clock: made.clock, log: made.log };
  const where = { project: project?.id ?? 0, keepEach: false, confidential: false, ...place };
  const now = made.clock.now().getTime();
  const wantedOf = (value: number, daysAgo = 0) => {
    const until = now - daysAgo * day;
    const period = { from: until - 7 * day, until, label: `week ${daysAgo}`, timeZone: 'UTC' };
    const digest = aDigest({ period, figures: [aMeasured({ current: aFigure(value) })] });
    return { digest, document: digestDocument(digest, englishDigest), title: 'Delivery of acme/shop' };
  };
  const writes = (): readonly string[] =>
    made.gitlab.requests.flatMap(({ method, path }) =>
      method === 'GET' ? [] : [`${method} ${path.split('/').slice(-2).join('/')}`],
    );
  return { ...made, world, where, wantedOf, writes };
}

describe('the issue of a digest', () => {
  test('is opened once, edited in place, and left alone where nothing changed', async () => {
    const { world, where, wantedOf, state, writes } = await aKeeper();
    expect((await keepDigestIssue(wantedOf(24), where, world)).state).toBe('created');
    expect((await keepDigestIssue(wantedOf(25), where, world)).state).toBe('updated');
    const before = writes().length;
    expect((await keepDigestIssue(wantedOf(25), where, world)).state).toBe('current');
    expect(writes()).toHaveLength(before);
    expect(state.issues).toHaveLength(1);
    expect(state.issues[0]?.description).toContain('| 25 |');
  });

  test('calls nobody by the names of tags', async () => {
    const { world, where, wantedOf, state } = await aKeeper();
    const title = 'Delivery of acme/shop, @acme/till@1.0.0..@acme/till@1.1.0';
    await keepDigestIssue({ ...wantedOf(24), title }, where, world);
    const written = state.issues[0]?.title ?? '';
    expect(written.replaceAll('\u2060', '')).toBe(title);
    expect(written).not.toMatch(/@\w/);
  });

  test('is never written over by an older period', async () => {
    const { world, where, wantedOf, state } = await aKeeper();
    await keepDigestIssue(wantedOf(24, 1), where, world);
    expect((await keepDigestIssue(wantedOf(3, 8), where, world)).state).toBe('newer-there');
    expect(state.issues[0]?.description).toContain('| 24 |');
  });

  test('is not blocked by a date in the future that somebody wrote into it', async () => {
    const { world, where, wantedOf, state } = await aKeeper();
    await keepDigestIssue(wantedOf(24, 1), where, world);
    const [issue] = state.issues;
    if (issue?.description === undefined) throw new Error('no issue');
    issue.description = issue.description.replace(/herald:until \d{4}/, 'herald:until 2999');
    expect((await keepDigestIssue(wantedOf(25, 1), where, world)).state).toBe('updated');
  });

  test('is one for each period where that is wanted', async () => {
    const { world, where, wantedOf, state } = await aKeeper({ keepEach: true });
    await keepDigestIssue(wantedOf(24, 7), where, world);
    await keepDigestIssue(wantedOf(25), where, world);
    await keepDigestIssue(wantedOf(25), where, world);
    expect(state.issues).toHaveLength(2);
  });

  test('is not written into one that more people can read', async () => {
    const { world, where, wantedOf, state } = await aKeeper();
    await keepDigestIssue(wantedOf(24), where, world);
    await keepDigestIssue(wantedOf(25), { ...where, confidential: true }, world);
    expect(state.issues.map(({ confidential }) => confidential === true)).toEqual([false, true]);
    expect(state.issues[0]?.description).toContain('| 24 |');
  });
});

describe('the wiki page of a digest', () => {
  test('is created once, then changed only where something changed', async () => {
    const { world, where, wantedOf, state, writes } = await aKeeper();
    expect((await keepDigestPage(wantedOf(24), where, world)).state).toBe('created');
    expect((await keepDigestPage(wantedOf(24), where, world)).state).toBe('current');
    expect((await keepDigestPage(wantedOf(25), where, world)).state).toBe('updated');
    expect(writes()).toHaveLength(2);
    expect(state.wikiPages.map(({ slug }) => slug)).toEqual(['herald-digest-acme-shop']);
    expect((await keepDigestPage(wantedOf(3, 30), where, world)).state).toBe('newer-there');
  });

  test('is left alone where somebody else wrote it', async () => {
    const { world, where, wantedOf, state } = await aKeeper();
    const page = { project_id: where.project, slug: 'herald-digest-acme-shop', title: 'x', content: 'mine' };
    state.wikiPages.push(page);
    expect((await keepDigestPage(wantedOf(24), where, world)).state).toBe('not-ours');
    expect(page.content).toBe('mine');
  });
});

describe('the note of a digest', () => {
  test('is one comment, edited in place', async () => {
    const { world, where, wantedOf, state } = await aKeeper();
    const on = { project: where.project, iid: 17 };
    state.mergeRequests.push({
      project_id: on.project,
      iid: on.iid,
      title: 'Till: pay by card',
      state: 'opened',
      source_project_id: on.project,
      source_branch: 'card',
      target_branch: 'main',
      sha: 'a'.repeat(40),
      labels: [],
      notes: [],
      labelEvents: [],
    });
    const [mergeRequest] = state.mergeRequests;
    await keepDigestNote(wantedOf(24), on, world);
    await keepDigestNote(wantedOf(25), on, world);
    const own = mergeRequest?.notes.filter(({ body }) => body.includes('Delivery of')) ?? [];
    expect(own).toHaveLength(1);
    expect(own[0]?.body).toContain('| 25 |');
  });
});
