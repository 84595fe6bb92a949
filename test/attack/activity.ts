import { findQuickActions } from '../../src/render/markdown/find-quick-actions.ts';
import { escapeHtml } from '../../src/render/markdown/inline-html.ts';
import { htmlParts, parsedByGitLab, referencesIn } from '../render/gitlab-view.ts';

/** Characters that move a cursor, begin a line, hide or turn what follows; tabs and line feeds aside. */
const sent = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]|\p{Surrogate}/u;

/** What a text that is shown as it is would do to its reader. */
export function sentIn(text: string): readonly string[] {
  const at = sent.exec(text)?.index;
  return at === undefined
    ? []
    : [`control character: ${JSON.stringify(text.slice(Math.max(0, at - 20), at + 5))}`];
}

/** GitLab reads no formulas in titles. */
export function activeInTitle(title: string): readonly string[] {
  const found = referencesIn(`<p>${escapeHtml(title)}</p>`).filter((one) => !one.startsWith('mathematics'));
  return [
    ...found,
    ...sentIn(title),
    ...(title.trim() === '' ? ['an empty title'] : []),
    ...(title.length > 255 ? ['a title that is too long'] : []),
  ];
}

/** Elements that Herald never writes: they fetch, run or hide something. */
const foreignElement =
  /^(?:script|iframe|object|embed|style|link|meta|base|form|input|svg|math|video|audio|b|i)$/;

/** What GitLab would do with a text that it reads as Markdown. */
export function activeInMarkdown(markdown: string): readonly string[] {
  const html = parsedByGitLab(markdown);
  return [
    ...referencesIn(html),
    ...findQuickActions(markdown).map((line) => `quick action: ${line}`),
    ...markdown.split('\n').flatMap((line) => (line.startsWith('/') ? [`line with a slash: ${line}`] : [])),
    ...sentIn(markdown),
    ...htmlParts(html).flatMap((part) => {
      if (part.kind !== 'open') return [];
      return foreignElement.test(part.name) ? [`element: ${part.name}`] : [];
    }),
    // Front matter, diagrams and what else an info string can ask for.
    ...(/^---\s*$/.test(markdown.split('\n')[0] ?? '') ? ['front matter'] : []),
    ...[...html.matchAll(/<pre lang="([^"]*)"/g)].flatMap(([, lang = '']) =>
      /^(?:mermaid|plantuml|kroki|math|suggestion)/i.test(lang) ? [`drawn: ${lang}`] : [],
    ),
  ];
}
