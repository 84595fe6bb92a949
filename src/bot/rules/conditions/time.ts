import * as z from 'zod';
import { type Period, period } from '../bounds.ts';
import { aboutSubject, condition, fails, holds, unknown, unless } from '../judgement.ts';
import { keyName, noteKey } from '../keys.ts';
import type { Judgement } from '../rule.ts';
import type { ConditionSpec } from './condition-spec.ts';

function sinceAtLeast(
  what: string,
  instant: string,
  { now, span }: { readonly now: Date; readonly span: Period },
): Judgement {
  const elapsed = now.getTime() - Date.parse(instant);
  if (Number.isNaN(elapsed)) return unknown(`when ${what} is not known`);
  return unless(elapsed >= span.milliseconds ? null : `${what} less than ${span.text} ago`);
}

export const age: ConditionSpec = {
  key: 'age',
  meaning: 'it was opened at least this long ago',
  example: '7 days',
  schema: z.lazy(() =>
    period.transform((span) =>
      aboutSubject('age', (subject, { now }) =>
        sinceAtLeast('it was opened', subject.createdAt, { now, span }),
      ),
    ),
  ),
};

export const inactive: ConditionSpec = {
  key: 'inactive',
  meaning: 'for at least this time it did not change and nobody commented on it',
  example: '30 days',
  schema: z.lazy(() =>
    period.transform((span) =>
      aboutSubject('inactive', (subject, { now }) =>
        sinceAtLeast('it changed', subject.updatedAt, { now, span }),
      ),
    ),
  ),
};

/** GitLab marks the object as changed a moment after the comment was written. */
const tolerance = 60_000;

export const ownComment: ConditionSpec = {
  key: 'own-comment',
  meaning:
    'the bot wrote a comment with this `key`: at least as long ago as `older-than`, and with `changed-since: false` nothing happened after it, with `true` something did',
  example: '{key: stale, older-than: 14 days, changed-since: false}',
  schema: z.lazy(() =>
    z
      .strictObject({
        key: keyName,
        'older-than': period.optional(),
        'changed-since': z.boolean().optional(),
      })
      .transform(({ key, 'older-than': span, 'changed-since': changed }) =>
        condition('own-comment', ['record'], ({ record, subject, now }) => {
          if (record === null || subject === null) return unknown('what the bot wrote here is not known');
          const own = record.find((entry) => entry.kind === 'note' && entry.key === noteKey(key));
          if (own === undefined) return fails(`the bot wrote no comment ${key} here`);
          const old = span === undefined ? holds : sinceAtLeast('it was written', own.at, { now, span });
          if (old.outcome !== 'holds' || changed === undefined) return old;
          const isChanged = Date.parse(subject.updatedAt) > Date.parse(own.at) + tolerance;
          return unless(
            isChanged === changed ? null : isChanged ? 'something happened since' : 'nothing happened since',
          );
        }),
      ),
  ),
};
