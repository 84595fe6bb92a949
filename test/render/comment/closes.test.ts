import { describe, expect, test } from 'vitest';
import type { Context, MergeRequest } from '../../../src/model/context.ts';
import { commentDocument } from '../../../src/render/comment/render-comment.ts';
import { plainLayout } from '../../../src/render/comment/section.ts';
import { renderMarkdown } from '../../../src/render/markdown/render-markdown.ts';
import { english } from '../../../src/render/words/english.ts';
import { german } from '../../../src/render/words/german.ts';
import { trackerOf } from '../../../src/trail/trackers.ts';
import { closesOf, usableTrackers } from '../../../src/usecases/report/closes-of.ts';
import { aContext, aSummary } from '../../builders.ts';

const jira = trackerOf({ pattern: 'SHOP-\\d+', url: 'https://jira.example.com/browse/{key}' });
const options = { title: null, maxCharacters: 20_000, version: '1.0.0' };

function mergeRequestIn(context: Context, overrides: Partial<MergeRequest>): MergeRequest {
  if (context.mergeRequest === null) throw new Error('no merge request');
  return { ...context.mergeRequest, ...overrides };
}

/** The line about what is closed, without addresses. */
function lineOf(overrides: Partial<MergeRequest>, words: typeof english | typeof german = english): string {
  const context = aContext();
  const mergeRequest = mergeRequestIn(context, overrides);
  const summary = aSummary({ context, mergeRequest, ...closesOf(mergeRequest, context, [jira]) });
  const markdown = renderMarkdown(commentDocument(summary, words, options));
  const lines = markdown.replace(/\]\([^)]*\)/g, ']').split('\n');
  return lines.find((line) => /closes|schließt|trackers/.test(line)) ?? '';
}

describe('row 63: the comment says what merging closes', () => {
  const context = aContext();
  const own = context.project.defaultBranch;
  test.each<readonly [overrides: Partial<MergeRequest>, line: string]>([
    [{ description: 'Closes #12 and acme/tools#3' }, 'Merging closes [`#12`], [`acme/tools#3`].'],
    [{ title: 'Fix #4', description: 'Fix #5' }, 'Merging closes [`#4`], [`#5`].'],
    [{ description: 'Closes SHOP-7' }, 'In other trackers: [SHOP-7].'],
    [{ description: 'Closes #1, SHOP-7' }, 'Merging closes [`#1`]. In other trackers: [SHOP-7].'],
    [
      { targetBranch: '1.x', description: 'Closes #1' },
      `This says that it closes [\`#1\`]. GitLab does so only in ${own}.`,
    ],
    [
      { description: 'Closes #1', descriptionIsCut: true },
      'Merging closes [`#1`]. The end of the description is not known here.',
    ],
    [{ description: 'See #1' }, ''],
    [{}, ''],
  ])('row 63: %j', (overrides, line) => {
    expect(lineOf({ targetBranch: own, ...overrides }).replaceAll('`SHOP-7`', 'SHOP-7')).toBe(line);
  });

  test('row 63: in German', () => {
    expect(lineOf({ targetBranch: own, description: 'Closes #1' }, german)).toBe(
      'Der Merge schließt [`#1`].',
    );
  });

  test('row 63: more than ten are counted', () => {
    const description = `Closes ${Array.from({ length: 14 }, (_, index) => `#${index + 1}`).join(', ')}`;
    expect(lineOf({ targetBranch: own, description })).toMatch(/\[`#10`\] and 4 more\.$/);
  });

  test('row 63: a compact comment, or one that hides it, is without', () => {
    const mergeRequest = mergeRequestIn(context, { targetBranch: own, description: 'Closes #1' });
    const summary = aSummary({ context, mergeRequest, ...closesOf(mergeRequest, context, []) });
    for (const layout of [{ detail: 'compact' } as const, { hide: ['closes'] } as const]) {
      const document = commentDocument(summary, english, {
        ...options,
        layout: { ...plainLayout, ...layout },
      });
      expect(renderMarkdown(document)).not.toContain('Merging closes');
    }
  });

  test("row 63: a pipeline of a fork does not know the other project's default branch", () => {
    const mergeRequest = mergeRequestIn(context, {
      project: 99,
      projectPath: 'upstream/till',
      targetBranch: '1.x',
      description: 'Closes #1',
    });
    expect(closesOf(mergeRequest, context, []).closes).toMatchObject({ defaultBranch: null });
  });

  test('row 63: a pattern that cannot be used ends the run with a sentence', () => {
    const trail = { trackers: [{ pattern: '(a', url: 'https://a.example.com/{key}' }] };
    expect(() => usableTrackers({ trail })).toThrow(/^trail\.trackers\[0\]\.pattern: /);
  });
});
