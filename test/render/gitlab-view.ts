import { markdownToHTML } from 'comrak';
import sanitize from 'sanitize-html';

/**
 * A comment as GitLab's parser sees it: comrak with the options of `lib/banzai/filter/markdown_engines/glfm_markdown.rb` of
 * gitlabhq/gitlabhq that the package knows, and the sections of the result that GitLab's later filters look at.
 */
export function parsedByGitLab(markdown: string): string {
  return markdownToHTML(markdown, {
    extension: {
      alerts: true,
      autolink: true,
      cjkFriendlyEmphasis: true,
      descriptionLists: true,
      footnotes: true,
      mathCode: true,
      mathDollars: true,
      multilineBlockQuotes: true,
      shortcodes: true,
      strikethrough: true,
      table: true,
      tasklist: true,
      wikilinksTitleBeforePipe: true,
    },
    parse: { relaxedAutolinks: true, tasklistInTable: true, relaxedTasklistMatching: true },
    render: { unsafe: true, githubPreLang: true },
  });
}

/** What a reader reads: the text of all elements, entities decoded. */
export function textOf(html: string): string {
  return decoded(sanitize(html, { allowedTags: [], allowedAttributes: {}, nonTextTags: [] }));
}

/** The text nodes that GitLab's reference, emoji, autolink and inline-difference filters work on: none inside pre, code or a. */
function filteredTexts(html: string): readonly string[] {
  const outside = html
    .replace(/<pre[^>]*>.*?<\/pre>/gs, '<pre>')
    .replace(/<code[^>]*>.*?<\/code>/gs, '<code>')
    .replace(/<a [^>]*>.*?<\/a>/gs, '<a>');
  return outside.split(/<[^>]*>/).map(decoded);
}

export function tagsOf(html: string): readonly string[] {
  return [...html.matchAll(/<\/?([a-z][a-z0-9]*)[^>]*>/gi)].map(([, name = '']) => name.toLowerCase());
}

/**
 * Patterns of GitLab's references and filters, as broad as any version's, written from
 * https://docs.gitlab.com/user/markdown/#gitlab-specific-references and the models' `reference_pattern`.
 */
const references: Readonly<Record<string, RegExp>> = {
  mention: /(?<!\w)@[\w.-]/,
  issueOrMergeRequest: /[#!]\d/,
  epic: /&\d/,
  snippet: /\$\d/,
  label: /~(?:[A-Za-z0-9_\-?.&:]|".+?")/,
  milestone: /%(?:[\w-]|".+?")/,
  iteration: /\*iteration:/,
  bracketed: /\[(?:issue|vulnerability|work_item|epic|feature_flag|contact|cadence|wiki_page):/,
  externalIssue: /\b[A-Z][A-Z0-9_]+-\d/,
  commit: /[0-9a-f]{7}/,
  alert: /\^alert#/,
  project: /[\w.-]+\/[\w./-]+>/,
  address: /[a-z][a-z0-9+.-]*:\/\/\S|www\.\w|mailto:/i,
  inlineDifference: /\{\+.*?\+\}|\{-.*?-\}|\[\+.*?\+\]|\[-.*?-\]/,
  wikiLink: /\[\[.+?\]\]/,
  contents: /\[\[?_?TOC_?\]/i,
  placeholder: /%\{/,
  emoji: /(?:^|[^\p{L}\p{N}:]):[a-z0-9_+-]*[a-z][a-z0-9_+-]*:(?:[^\p{L}\p{N}:]|$)/u,
  mathematics: /\$\S.*\$/,
};

/** What GitLab would link, notify, draw or replace in the finished HTML, as `kind: text`. */
export function referencesIn(html: string): readonly string[] {
  return filteredTexts(html).flatMap((text) =>
    Object.entries(references).flatMap(([kind, pattern]) => (pattern.test(text) ? [`${kind}: ${text}`] : [])),
  );
}

function decoded(html: string): string {
  return html
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
