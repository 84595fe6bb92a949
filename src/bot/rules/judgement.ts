import type { FactName, Facts, IssueFacts, MergeRequestFacts } from '../../model/facts.ts';
import type { Occurrence } from '../occurrence.ts';
import type { Condition, Judgement } from './rule.ts';

export const holds: Judgement = { outcome: 'holds' };

export function fails(words: string): Judgement {
  return { outcome: 'fails', words };
}

export function unknown(words: string): Judgement {
  return { outcome: 'unknown', words };
}

/** Holds when there is nothing to say against it. */
export function unless(words: string | null): Judgement {
  return words === null ? holds : fails(words);
}

const maxShown = 80;

/** A word from outside in an explanation: on one line, without characters that nobody sees, cut. */
export function shown(value: string): string {
  const line = value
    .slice(0, 2 * maxShown)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}\s]+/gu, ' ')
    .trim();
  return line.length > maxShown ? `${line.slice(0, maxShown - 1)}…` : line;
}

/** Words of strangers, the first of them. */
export function shownList(values: readonly string[]): string {
  const some = values.slice(0, 5).map(shown);
  return values.length > some.length
    ? `${some.join(', ')} and ${values.length - some.length} more`
    : some.join(', ');
}

type Judge = (facts: Facts, occurrence: Occurrence) => Judgement;

/** A condition that always looks at the same facts. */
export function condition(name: string, needs: readonly FactName[], judge: Judge): Condition {
  return { name, needs: () => needs, judge: (occurrence, facts) => judge(facts, occurrence) };
}

/** A condition about a merge request or an issue. */
export function aboutSubject(
  name: string,
  judge: (subject: MergeRequestFacts | IssueFacts, facts: Facts) => Judgement,
): Condition {
  return condition(name, [], (facts) =>
    facts.subject === null ? fails('it is about no merge request and no issue') : judge(facts.subject, facts),
  );
}

/** A condition about a merge request. */
export function aboutMergeRequest(
  name: string,
  needs: readonly FactName[],
  judge: (subject: MergeRequestFacts, facts: Facts) => Judgement,
): Condition {
  return {
    name,
    needs: (_occurrence, { subject }) => (subject?.kind === 'merge_request' ? needs : []),
    judge: (_occurrence, facts) =>
      facts.subject?.kind === 'merge_request'
        ? judge(facts.subject, facts)
        : fails('it is about no merge request'),
  };
}

/** A condition about what a merge request or a push brings. */
export function aboutCommits(
  name: string,
  needs: readonly FactName[],
  judge: (facts: Facts) => Judgement,
): Condition {
  const isAbout = ({ names }: Occurrence, { subject }: Facts): boolean =>
    subject?.kind === 'merge_request' || names.includes('push');
  return {
    name,
    needs: (occurrence, facts) => (isAbout(occurrence, facts) ? needs : []),
    judge: (occurrence, facts) =>
      isAbout(occurrence, facts) ? judge(facts) : fails('it is about no merge request and no push'),
  };
}

/** For conditions that are written as `true` or `false`. */
export function agrees(
  is: boolean | null,
  wanted: boolean,
  words: { readonly yes: string; readonly no: string; readonly unknown: string },
): Judgement {
  if (is === null) return unknown(words.unknown);
  return unless(is === wanted ? null : is ? words.yes : words.no);
}
