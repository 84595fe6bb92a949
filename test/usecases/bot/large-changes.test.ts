import { describe, expect, test } from 'vitest';
import { aLargeDiff, type LargeDiff } from '../../support/gitlab/large-diff.ts';
import { mergeRequestEvent } from './events.ts';
import { aStage, mr, type Stage } from './stage.ts';

interface Labelled {
  readonly stage: Stage;
  readonly labels: readonly string[];
  readonly why: string;
  /** How often each address of the diff was asked for. */
  readonly asked: Readonly<Record<string, number>>;
}

/** What a rule about the size of a merge request does. */
async function label(size: string, diff: LargeDiff, version = '19.6.0'): Promise<Labelled> {
  const stage = await aStage(
    `bot: { rules: [{ name: r, on: merge_request.opened, when: { size: ${size} }, do: [{ label: big }] }] }`,
  );
  stage.state.version = version;
  Object.assign(stage.item(mr), { diff: aLargeDiff(diff) });
  const { explanation } = await stage.handle(mergeRequestEvent('open'));
  const asked: Record<string, number> = {};
  for (const request of stage.requests()) {
    const [, name] = /merge_requests\/7\/(diffs|changes|raw_diffs)$/.exec(request) ?? [];
    if (name !== undefined) asked[name] = (asked[name] ?? 0) + 1;
  }
  return { stage, labels: stage.item(mr).labels, why: explanation.join('\n'), asked };
}

describe('the size of a large merge request', () => {
  test('that GitLab lists as a whole takes one request for 30 files', async () => {
    const { labels, asked } = await label('{at-least: 400, below: 401}', { files: 40, lines: 10 });
    expect(labels).toEqual(['big']);
    expect(asked).toEqual({ diffs: 2 });
  });

  test.each([
    { name: 'over 5,000 lines', diff: { files: 60, lines: 100 }, pages: 2 },
    { name: 'over 100 files', diff: { files: 120, lines: 10 }, pages: 4 },
    { name: 'a file over 20 KB', diff: { files: 1, lines: 5_000 }, pages: 1 },
  ])('$name is that of the raw diff, for one request more', async ({ diff, pages }) => {
    const count = diff.files * diff.lines;
    const { labels, asked } = await label(`{at-least: ${count}, below: ${count + 1}}`, diff);
    expect(labels).toEqual(['big']);
    expect(asked).toEqual({ diffs: pages, raw_diffs: 1 });
  });

  const failing = { files: 120, lines: 10, rawFails: true };

  test('reaches a lower limit where GitLab fails at the raw diff', async () => {
    const { labels, asked } = await label('{at-least: 1000}', failing);
    expect(labels).toEqual(['big']);
    expect(asked['diffs']).toBe(4);
    expect(asked['raw_diffs']).toBeGreaterThanOrEqual(1);
  });

  test.each(['{at-least: 1001}', '{below: 1001}', '{at-least: 500, below: 1100}'])(
    'is not known against %s where GitLab fails at the raw diff, and that is said',
    async (size) => {
      const { labels, why } = await label(size, failing);
      expect(labels).toEqual([]);
      expect(why).toContain('it changes at least 1000 lines, and GitLab omits the lines of some files');
    },
  );

  test('is beyond an upper limit for certain', async () => {
    const { labels, why } = await label('{below: 1000}', failing);
    expect(labels).toEqual([]);
    expect(why).toContain('it changes at least 1000 lines, not below 1000');
  });

  test('is that of /changes before GitLab 15.7', async () => {
    const { labels, asked } = await label(
      '{at-least: 1200, below: 1201}',
      { files: 120, lines: 10 },
      '15.6.0',
    );
    expect(labels).toEqual(['big']);
    expect(asked).toEqual({ diffs: 1, changes: 1 });
  });

  test('is a lower bound before 17.9, where there is no raw diff', async () => {
    const { why } = await label('{below: 1100}', { files: 120, lines: 10 }, '17.8.0');
    expect(why).toContain('it changes at least 1000 lines, and GitLab omits the lines of some files');
  });

  test('of more files than GitLab lists is that of the raw diff', async () => {
    const { labels, asked } = await label('{at-least: 1100, below: 1101}', { files: 1_100, lines: 1 });
    expect(labels).toEqual(['big']);
    expect(asked).toEqual({ diffs: 34, raw_diffs: 1 });
  });
});
