/**
 * Which words of a plain text GitLab would make something of after Markdown is parsed: its filters work on the text of
 * the finished HTML, so a backslash is not a defence in every version, and a code span is: all of them skip `<code>`
 * (`lib/banzai/filter/references/reference_filter.rb`, `lib/banzai/filter/inline_diff_filter.rb` of gitlabhq/gitlabhq;
 * https://docs.gitlab.com/user/markdown/#gitlab-specific-references).
 *
 * Each pattern has the signs of which a word that it matches holds at least one: most words hold none of them all, and
 * a pattern with classes of Unicode takes longer to compile than many words take to look through.
 *
 * @internal
 */
export const riskyPatterns: readonly (readonly [signs: string, pattern: RegExp])[] = [
  ['@', /@[\p{L}\p{N}_.-]/u], // mentions, e-mail addresses
  ['#!&^', /[#!&^]\d/], // issues, merge requests, epics
  ['$', /\$/], // snippets, mathematics
  ['~', /~[\p{L}\p{N}_\-?.&:"]/u], // labels
  ['%', /%[\p{L}\p{N}_\-{."]/u], // milestones, placeholders
  ['*', /\*[a-z]+:/i], // iterations
  ['[', /\[[a-z_]+:/i], // [issue:1], [vulnerability:1]
  ['[]', /\[\[|\]\]|\[_?toc/i], // wiki links, tables of contents
  ['-', /[A-Z][A-Z0-9_]+-\d/], // GL-123 and the keys of external trackers
  ['0123456789abcdefABCDEF', /[0-9a-f]{7}/i], // commits
  ['>', /\/.*>/], // projects: group/project>
  [':.', /:\/\/|www\.|mailto:|xmpp:/i], // addresses, see below
  ['[]{}', /[[{][-+]|[-+][\]}]/], // inline differences
  [':', /:(?!\d{1,2}:)[\p{L}\p{N}_+-]+:/u], // emoji; not the minutes of 12:30:45
];

/*
 * Addresses: the parser makes a link of `://` whatever is before it, or nothing, and of `www.`, and goes on to the next white space of
 * ASCII, so that a backtick or a backslash on the way is part of the address and no syntax any more
 * (`url_match` and `www_match` in `src/parser/autolink.rs` of kivikakk/comrak, with the option `relaxed_autolinks` that
 * GitLab sets in `lib/banzai/filter/markdown_engines/glfm_markdown.rb`). So nothing that could begin an address ever
 * is outside of a code span.
 */

/** No word of a language is longer, and the patterns take time in proportion to the square of a word. */
export const longestWord = 400;

/** The signs of all patterns; of the digits and letters of a commit there have to be seven. */
const anySign = /[@#!&^$~%*[\]{}>:.-]|[0-9a-f]{7}/i;

function holdsOneOf(token: string, signs: string): boolean {
  for (const sign of signs) if (token.includes(sign)) return true;
  return false;
}

/** True for a word that must be in a code span to do nothing. */
export function isRiskyToken(token: string): boolean {
  if (token.length > longestWord) return true;
  return (
    anySign.test(token) &&
    riskyPatterns.some(([signs, pattern]) => holdsOneOf(token, signs) && pattern.test(token))
  );
}
