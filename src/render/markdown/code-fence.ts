import { visibleLines, withoutLastLineEnds } from '../words/visible-text.ts';
import { longestRun } from './code-span.ts';

/** Info strings that only colour the text. Any other could make GitLab draw, embed or suggest something. */
const languages: ReadonlySet<string> = new Set([
  'text',
  'diff',
  'json',
  'yaml',
  'xml',
  'shell',
  'python',
  'javascript',
  'typescript',
  'java',
  'kotlin',
  'go',
  'ruby',
  'php',
  'csharp',
  'rust',
]);

/**
 * A fenced code block as lines, with a fence longer than any run of backticks inside.
 *
 * GitLab up to about 17 found code blocks with a regular expression that knows only fences of exactly three backticks,
 * and took commands out of the others (`^\/close` with Ruby's `^`, `lib/gitlab/quick_actions/extractor.rb` of
 * gitlabhq/gitlabhq); later versions read the Markdown first and use the same expression on top-level paragraphs. All
 * versions need the slash in the first column. A fence that is indented by one space takes one space off every line
 * inside it (https://spec.commonmark.org/0.31.2/#fenced-code-blocks), so a block with such a line is indented as a whole:
 * no line of the comment starts with a slash, and the reader sees and copies the text as it is.
 */
export function codeFence(value: string, language: string): readonly string[] {
  const shown = withoutLastLineEnds(visibleLines(value));
  const lines = shown.split('\n');
  const fence = '`'.repeat(Math.max(3, longestRun(shown) + 1));
  const indent = lines.some((line) => line.startsWith('/')) ? ' ' : '';
  const info = languages.has(language) ? language : '';
  return [fence + info, ...lines, fence].map((line) => (line === '' ? line : indent + line));
}
