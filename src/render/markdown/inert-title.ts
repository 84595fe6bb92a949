import { visibleLine } from '../words/visible-text.ts';
import { isRiskyToken } from './risky-token.ts';

/** Shows nothing and divides nothing: https://www.unicode.org/charts/PDF/U2000.pdf */
const wordJoiner = '\u2060';

/** GitLab's shortest reference to a commit has seven characters. */
const longestPlain = 6;

/** GitLab refuses a title without characters, and with it the issue. */
const withoutWords = '(no title)';

function inertWord(word: string): string {
  return word
    .replace(/(?<=[^\p{L}\p{N}])(?=[^])|(?<=[^])(?=[^\p{L}\p{N}])/gu, wordJoiner)
    .replace(new RegExp(`[\\p{L}\\p{N}]{${longestPlain}}(?=[\\p{L}\\p{N}])`, 'gu'), `$&${wordJoiner}`);
}

/**
 * A title that reads the same, hides nothing and refers to nothing. GitLab refuses titles with a zero byte or half a
 * character (`lib/gitlab/middleware/handle_malformed_strings.rb` of gitlabhq/gitlabhq), so one of an alert could keep
 * its issue away. It looks for mentions and references in titles as in comments,
 * but knows no code spans there (`lib/banzai/pipeline/single_line_pipeline.rb` and `attr_mentionable :title` in
 * `app/models/concerns/issuable.rb` of gitlabhq/gitlabhq): words that it would make something of are divided by a
 * character that shows nothing.
 */
export function inertTitle(title: string, maxLength: number): string {
  const shown = visibleLine(title).trim();
  const inert = (shown === '' ? withoutWords : shown)
    .split(/(\s+)/u)
    .map((word) => (isRiskyToken(word) ? inertWord(word) : word))
    .join('');
  return inert.slice(0, maxLength).replace(/\p{Surrogate}$/u, '');
}
