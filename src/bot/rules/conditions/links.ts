import * as z from 'zod';
import type { Facts } from '../../../model/facts.ts';
import { counted } from '../../../model/plural.ts';
import { bounds, outsideOf } from '../bounds.ts';
import { aboutMergeRequest, agrees, unknown, unless } from '../judgement.ts';
import type { Condition, Judgement } from '../rule.ts';
import type { ConditionSpec } from './condition-spec.ts';

/** `#12`, `group/project#12`, or the address of an issue: https://docs.gitlab.com/user/markdown/#gitlab-specific-references */
const reference = /(?<![\w&])#\d+\b|\/-\/(?:issues|work_items)\/\d+/;

function linkedIssueCondition(wanted: boolean): Condition {
  const words = { yes: 'it names an issue', no: 'it names no issue', unknown: 'its issues are not known' };
  const base = aboutMergeRequest('linked-issue', ['closes'], (mr, { closes }) =>
    reference.test(mr.description.slice(0, 100_000))
      ? agrees(true, wanted, words)
      : agrees(closes === null ? null : closes.length > 0, wanted, words),
  );
  return {
    ...base,
    needs: (occurrence, facts) =>
      reference.test(facts.subject?.description.slice(0, 100_000) ?? '') ? [] : base.needs(occurrence, facts),
  };
}

export const linkedIssue: ConditionSpec = {
  key: 'linked-issue',
  meaning: 'it closes an issue or names one in its description (`false`: it does neither)',
  example: 'false',
  schema: z.lazy(() => z.boolean().transform(linkedIssueCondition)),
};

const reviewNames = ['unreviewed', 'started', 'reviewed', 'changes-requested', 'approved'] as const;
/** In GitLab's words. */
const reviewStates = {
  unreviewed: ['unreviewed', 'unapproved'],
  started: ['review_started'],
  reviewed: ['reviewed'],
  'changes-requested': ['requested_changes'],
  approved: ['approved'],
} as const satisfies Readonly<Record<(typeof reviewNames)[number], readonly string[]>>;
const reviewState = z.lazy(() => z.enum(reviewNames));

function judgeReviews(wanted: readonly (typeof reviewNames)[number][], { reviews }: Facts): Judgement {
  if (reviews === null) return unknown('the reviews are not known');
  const fitting: readonly string[] = wanted.flatMap((state) => reviewStates[state]);
  const found = reviews.some(({ state }) => fitting.includes(state));
  return unless(found ? null : `the review of nobody is ${wanted.join(' or ')}`);
}

export const review: ConditionSpec = {
  key: 'review',
  meaning: `a reviewer's state is this, or one of these: ${reviewNames.join(', ')}; the bot is not counted`,
  example: 'changes-requested',
  schema: z.lazy(() =>
    z
      .union([reviewState, z.array(reviewState).min(1)], {
        error: `one of ${reviewNames.join(', ')}, or several of them`,
      })
      .transform((value) =>
        aboutMergeRequest('review', ['reviews'], (_mr, facts) =>
          judgeReviews(typeof value === 'string' ? [value] : value, facts),
        ),
      ),
  ),
};

export const approvals: ConditionSpec = {
  key: 'approvals',
  meaning: 'this number of people approved it',
  example: '{at-least: 2}',
  schema: z.lazy(() =>
    bounds.transform((limits) =>
      aboutMergeRequest('approvals', ['approvedBy'], (_mr, { approvedBy }) =>
        approvedBy === null
          ? unknown('the approvals are not known')
          : unless(
              outsideOf(
                `${counted(approvedBy.length, { one: 'person', other: 'people' })} approved it`,
                approvedBy.length,
                limits,
              ),
            ),
      ),
    ),
  ),
};
