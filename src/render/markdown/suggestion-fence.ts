import { visibleLines } from '../words/visible-text.ts';
import { codeFence } from './code-fence.ts';
import { longestRun } from './code-span.ts';

/**
 * `MAX_LINES_CONTEXT` of `app/models/suggestion.rb` of gitlabhq/gitlabhq; a click on more than a screenful nobody
 * makes.
 */
const maxLinesAbove = 100;

/**
 * True when applying the text gives the text: no character that is shown otherwise than it is, no line that some
 * version of GitLab could take for a command (a fence cannot be indented here: it would change nothing in the fence,
 * but older versions look there, see `code-fence.ts`), and not just blank lines, which GitLab takes for "delete".
 */
function isApplicable(text: string, linesAbove: number): boolean {
  const isBlank = text !== '' && text.trim() === '';
  const isCommand = /^\/\p{L}/mu.test(text);
  return (
    linesAbove >= 0 && linesAbove <= maxLinesAbove && !isBlank && !isCommand && visibleLines(text) === text
  );
}

/**
 * A change that GitLab applies with one click to the commented line and `linesAbove` before it; as plain code where
 * that would not be safe. Source: https://docs.gitlab.com/user/project/merge_requests/reviews/suggestions/
 */
export function suggestionFence(text: string, linesAbove: number): readonly string[] {
  if (!isApplicable(text, linesAbove)) return codeFence(text, '');
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return [`${fence}suggestion:-${linesAbove}+0`, ...(text === '' ? [] : text.split('\n')), fence];
}
