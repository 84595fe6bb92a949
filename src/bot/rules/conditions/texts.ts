import * as z from 'zod';
import { counted } from '../../../model/plural.ts';
import { ownLines } from '../../../render/markdown/own-lines.ts';
import { bounds, outsideOf } from '../bounds.ts';
import { titleWithoutDraft } from '../draft-title.ts';
import { aboutSubject, condition, fails, unless } from '../judgement.ts';
import { patternGroups, patternMismatch } from '../text-pattern.ts';
import type { ConditionSpec } from './condition-spec.ts';

export const title: ConditionSpec = {
  key: 'title',
  meaning: "the title matches one of these patterns; a draft's mark is not part of it",
  example: "{none: '^(feat|fix)(\\([\\w-]+\\))?: '}",
  schema: z.lazy(() =>
    patternGroups.transform((groups) =>
      aboutSubject('title', (subject) =>
        unless(patternMismatch('the title', titleWithoutDraft(subject.title), groups)),
      ),
    ),
  ),
};

/**
 * The author's own words: without the comments of templates, headings and unticked boxes.
 */
function ownWords(description: string): string {
  return description
    .replace(/<!--[^]*?(?:-->|$)/g, '')
    .split(/\r\n|\r|\n/)
    .filter((line) => !/^\s{0,3}#{1,6}\s/.test(line) && !/^\s*[-*+]\s*\[ \]/.test(line))
    .join('\n')
    .trim();
}

export const description: ConditionSpec = {
  key: 'description',
  meaning: 'a line of the description matches one of these patterns',
  example: "'(?:Closes|Fixes) #\\d+'",
  schema: z.lazy(() =>
    patternGroups.transform((groups) =>
      aboutSubject('description', (subject) =>
        unless(patternMismatch('the description', subject.description, groups)),
      ),
    ),
  ),
};

export const descriptionLength: ConditionSpec = {
  key: 'description-length',
  meaning:
    'the description has this number of characters, not counting headings, comments of a template and boxes that nobody ticked',
  example: '{below: 20}',
  schema: z.lazy(() =>
    bounds.transform((limits) =>
      aboutSubject('description-length', (subject) => {
        const { length } = ownWords(subject.description);
        return unless(
          outsideOf(
            `the description has ${counted(length, { one: 'character', other: 'characters' })}`,
            length,
            limits,
          ),
        );
      }),
    ),
  ),
};

export const note: ConditionSpec = {
  key: 'note',
  meaning: 'a line of the comment matches one of these patterns; code and quotations do not count',
  example: "'/(?:lgtm|looks good)/i'",
  schema: z.lazy(() =>
    patternGroups.transform((groups) =>
      condition('note', [], (_facts, occurrence) =>
        occurrence.note === null
          ? fails('it is about no comment')
          : unless(patternMismatch('the comment', ownLines(occurrence.note.text).join('\n'), groups)),
      ),
    ),
  ),
};
