import { describe, expect, test } from 'vitest';
import { english } from '../../src/render/languages/english.ts';
import { renderMarkdown } from '../../src/render/markdown.ts';
import { commentDocument } from '../../src/render/render-comment.ts';
import { parsedByGitLab, referencesIn } from './gitlab-view.ts';
import { situations } from './situations.ts';

describe.each(Object.entries(situations))('the comment for %s', (name, summary) => {
  const maxCharacters = name === 'three-hundred-failures' ? 5_000 : 60_000;
  const options = { title: null, maxCharacters, version: '1.0.0' };
  const markdown = renderMarkdown(commentDocument(summary, english, options));

  test('reads as in its golden file', async () => {
    await expect(`${markdown}\n`).toMatchFileSnapshot(`./golden/${name}.golden.md`);
  });

  test('refers to nothing and nobody', () => {
    expect(referencesIn(parsedByGitLab(markdown))).toEqual([]);
  });
});
