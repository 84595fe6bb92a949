import { expect, test } from 'vitest';
import { commentDocument } from '../../src/render/comment/render-comment.ts';
import { renderMarkdown } from '../../src/render/markdown/render-markdown.ts';
import { parsedByGitLab, tagsOf } from './gitlab-view.ts';
import { allSituations } from './situations-of-layout.ts';

/**
 * The mail that GitLab sends about a note: its text part is the Markdown itself, its HTML part the note as GitLab
 * renders it. Source: `app/views/notify/_note_email.text.erb` and `_note_email.html.haml` of gitlabhq/gitlabhq.
 */
const mailed = ['one-new-failure', 'failed-jobs-and-why'] as const;

function markdownOf(name: (typeof mailed)[number]): string {
  const situation = allSituations[name];
  if (situation === undefined) throw new Error(`there is no situation ${name}`);
  const { summary, words, layout, maxCharacters } = situation;
  return renderMarkdown(
    commentDocument(summary, words, { title: null, maxCharacters, version: '1.0.0', layout }),
  );
}

/** What somebody reads who sees no addresses: mail programs show `[words](address)` as it is. */
function withoutAddresses(markdown: string): string {
  return markdown.replace(/\]\(https?:[^)]*\)/g, ']');
}

test.each(mailed)('%s as the text part of a mail', async (name) => {
  const text = markdownOf(name);
  await expect(`${withoutAddresses(text)}\n`).toMatchFileSnapshot(`./golden/${name}.mail.golden.txt`);
  expect(text.split('\n')[0]).toMatch(/^### .+(?:fails?|failed)/);
  const tags = new Set(tagsOf(text.replace(/^(`{3,})[^]*?^\1$/gm, '').replace(/`[^`\n]*`/g, '')));
  expect([...tags].filter((tag) => !['details', 'summary', 'code', 'a'].includes(tag))).toEqual([]);
});

test.each(mailed)('%s says what failed in the HTML part too, where mail programs open no fold', (name) => {
  const html = parsedByGitLab(markdownOf(name));
  expect(new Set(tagsOf(html))).not.toContain('img');
  for (const summary of html.matchAll(/<summary>(.*?)<\/summary>/gs)) {
    expect(summary[1]?.replace(/<[^>]*>/g, '').trim()).toMatch(/\p{L}/u);
  }
  expect(html.replace(/<details>.*?<\/details>/gs, '')).toMatch(/failed|fails/);
});
