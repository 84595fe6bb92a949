import { describe, expect, test } from 'vitest';
import { commentDocument } from '../../src/render/comment/render-comment.ts';
import { findQuickActions } from '../../src/render/markdown/find-quick-actions.ts';
import { renderMarkdown } from '../../src/render/markdown/render-markdown.ts';
import { parsedByGitLab, referencesIn } from './gitlab-view.ts';
import { allSituations } from './situations-of-layout.ts';

describe.each(Object.entries(allSituations))(
  'the comment for %s',
  (name, { summary, words, layout, maxCharacters }) => {
    const options = { title: null, maxCharacters, version: '1.0.0', layout };
    const markdown = renderMarkdown(commentDocument(summary, words, options));

    test('reads as in its golden file', async () => {
      await expect(`${markdown}\n`).toMatchFileSnapshot(`./golden/${name}.golden.md`);
    });

    test('refers to nothing and nobody', () => {
      expect(referencesIn(parsedByGitLab(markdown))).toEqual([]);
      expect(findQuickActions(markdown)).toEqual([]);
    });

    test('fits', () => {
      expect(markdown.length).toBeLessThanOrEqual(maxCharacters);
    });
  },
);
