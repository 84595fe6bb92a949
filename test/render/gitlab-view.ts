import { markdownToHTML } from 'comrak';
import sanitize from 'sanitize-html';

/**
 * A comment as GitLab's parser sees it: comrak with the options of
 * `lib/banzai/filter/markdown_engines/glfm_markdown.rb` of gitlabhq/gitlabhq that the package knows and that change
 * what is parsed. Left out is `escaped_char_spans`: it cuts texts at escaped characters, where older versions of GitLab
 * see one text. HTML in it is kept, or is text.
 */
export function parsedByGitLab(markdown: string, { isHtmlText = false } = {}): string {
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
      strikethrough: true,
      table: true,
      tagfilter: false,
      tasklist: true,
      wikilinksTitleBeforePipe: true,
    },
    parse: { relaxedAutolinks: true, relaxedTasklistMatching: true, smart: false, tasklistInTable: true },
    render: {
      fullInfoString: true,
      githubPreLang: true,
      hardbreaks: false,
      tasklistClasses: true,
      unsafe: true,
      escape: isHtmlText,
    },
  });
}

/** An element with its attributes, the end of one, or a text between, in the order of a page. */
export type HtmlPart =
  | { readonly kind: 'open'; readonly name: string; readonly attributes: Readonly<Record<string, string>> }
  | { readonly kind: 'close'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string };

/** What an HTML reader makes of a page; comments are nothing. */
export function htmlParts(html: string): readonly HtmlPart[] {
  const parts: HtmlPart[] = [];
  sanitize(html, {
    allowedTags: false,
    allowedAttributes: false,
    allowVulnerableTags: true,
    allowedSchemes: false,
    nonTextTags: [],
    enforceHtmlBoundary: false,
    parseStyleAttributes: false,
    onOpenTag: (name, attributes) => {
      parts.push({ kind: 'open', name, attributes: { ...attributes } });
    },
    onCloseTag: (name) => {
      parts.push({ kind: 'close', name });
    },
    textFilter: (escaped) => {
      parts.push({ kind: 'text', text: decoded(escaped) });
      return '';
    },
  });
  return parts;
}

/** What a reader reads: the text of all elements, entities decoded. */
export function textOf(html: string): string {
  return htmlParts(html)
    .map((part) => (part.kind === 'text' ? part.text : ''))
    .join('');
}

export function tagsOf(html: string): readonly string[] {
  return [...html.matchAll(/<\/?([a-z][a-z0-9]*)[^>]*>/gi)].map(([, name = '']) => name.toLowerCase());
}

/** `ignore_ancestor_query` in `lib/banzai/filter/references/reference_filter.rb`. */
const ignored: ReadonlySet<string> = new Set(['pre', 'code', 'a', 'style']);

/** The text nodes that GitLab's reference, emoji, autolink and inline-difference filters work on. */
function filteredTexts(parts: readonly HtmlPart[]): readonly string[] {
  const texts: string[] = [];
  let depth = 0;
  for (const part of parts) {
    if (part.kind === 'text') {
      if (depth === 0) texts.push(part.text);
    } else if (ignored.has(part.name)) depth += part.kind === 'open' ? 1 : -1;
  }
  return texts;
}

interface Anchor {
  readonly href: string;
  readonly text: string;
  /** Nothing but text in it: so are the links that the parser makes of an address. */
  readonly isBare: boolean;
}

function anchorsOf(parts: readonly HtmlPart[]): readonly Anchor[] {
  return parts.flatMap((part, index) => {
    if (part.kind !== 'open' || part.name !== 'a') return [];
    const end = parts.findIndex((other, at) => at > index && other.kind === 'close' && other.name === 'a');
    const inside = parts.slice(index + 1, end === -1 ? undefined : end);
    const text = inside.map((one) => (one.kind === 'text' ? one.text : '')).join('');
    return [
      { href: part.attributes['href'] ?? '', text, isBare: inside.every(({ kind }) => kind === 'text') },
    ];
  });
}

function percentDecoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/**
 * `link_reference_pattern` in `app/models/concerns/referable.rb`, for every kind of object that has one, on any host.
 */
const linkReference =
  /^https?:\/\/\S+?\/(?:issues|merge_requests|milestones|snippets|commit|compare|epics|work_items|iterations|cadences|vulnerabilities|alert_management|designs|labels|feature_flags|wikis)\/[^\s/?#]+(?:\/[a-z0-9_=-]+)*\/*(?:\?[a-z0-9_=-]+(?:&[a-z0-9_=-]+)*)?(?:#[a-z0-9_-]+)?/i;

/** Links that a parser made of an address, that leave the web, or that GitLab makes a reference of. */
function problemsOfAnchors(parts: readonly HtmlPart[]): readonly string[] {
  return anchorsOf(parts).flatMap(({ href, text, isBare }) => {
    const address = percentDecoded(href);
    const reference = linkReference.exec(address)?.[0];
    return [
      ...(/^https?:\/\//.test(href) ? [] : [`link out of the web: ${href}`]),
      ...(isBare && /:\/\/|www\.|@[\w-]+\./i.test(text) ? [`address made a link: ${text}`] : []),
      ...(reference !== undefined && (address === text || reference === address)
        ? [`reference: ${href}`]
        : []),
    ];
  });
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
  address: /:\/\/|(?<![A-Za-z0-9])www\.\w|mailto:|xmpp:/i,
  inlineDifference: /\{\+.*?\+\}|\{-.*?-\}|\[\+.*?\+\]|\[-.*?-\]/,
  wikiLink: /\[\[.+?\]\]/,
  contents: /\[\[?_?TOC_?\]/i,
  placeholder: /%\{/,
  emoji: /(?:^|[^\p{L}\p{N}:]):[a-z0-9_+-]*[a-z][a-z0-9_+-]*:(?:[^\p{L}\p{N}:]|$)/u,
  mathematics: /\$\S.*\$/,
};

/** What GitLab would link, notify, draw or replace in the finished HTML, as `kind: text`. */
export function referencesIn(html: string): readonly string[] {
  const parts = htmlParts(html);
  const inTexts = filteredTexts(parts).flatMap((text) =>
    Object.entries(references).flatMap(([kind, pattern]) => (pattern.test(text) ? [`${kind}: ${text}`] : [])),
  );
  return [...problemsOfAnchors(parts), ...inTexts];
}

function decoded(html: string): string {
  return html
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
