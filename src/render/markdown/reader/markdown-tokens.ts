import createReader, { type MarkdownIt, type StateBlock, type Token } from 'markdown-it';
import { addGitLabBlocks, type RuleArguments } from './gitlab-blocks.ts';
import { addGitLabInlines } from './gitlab-inlines.ts';

/** A list takes two levels, a quotation one. Lines in deeper containers would be read once more per level. */
const maxLevel = 12;

/** The lines from one on that belong to the innermost container. */
function endOfContainer(state: StateBlock, startLine: number, endLine: number): number {
  let line = startLine + 1;
  while (line < endLine && (state.isEmpty(line) || (state.sCount[line] ?? 0) >= state.blkIndent)) line += 1;
  return line;
}

/** What is nested too deeply is one plain text: markdown-it alone would drop it. */
function tooDeep(...[state, startLine, endLine, silent]: RuleArguments): boolean {
  if (silent || state.level < maxLevel) return false;
  state.line = endOfContainer(state, startLine, endLine);
  const token = state.push('too_deep', '', 0);
  token.content = state.getLines(startLine, state.line, state.blkIndent, false);
  token.map = [startLine, state.line];
  return true;
}

function reader(): MarkdownIt {
  const markdown = new createReader({ html: true, linkify: false });
  // Renderers decide about addresses, from the text as it was written.
  markdown.validateLink = () => true;
  markdown.normalizeLink = (url) => url;
  markdown.normalizeLinkText = (url) => url;
  addGitLabBlocks(markdown);
  addGitLabInlines(markdown);
  markdown.block.ruler.before('table', 'too_deep', tooDeep);
  return markdown;
}

let shared: MarkdownIt | null = null;

/**
 * The tokens of a text as CommonMark and GitLab Flavored Markdown have them: those of markdown-it, and `too_deep`,
 * `multiline_quote_*`, `footnote_*`, `description_*`, `math` and `wiki_link`. A token of a block has the lines of its
 * source in `map`, a line end within a paragraph its position in the paragraph's text in `meta.at`. See
 * https://spec.commonmark.org/ and https://docs.gitlab.com/user/markdown/.
 */
export function markdownTokens(text: string): readonly Token[] {
  shared ??= reader();
  return shared.parse(text, {});
}
