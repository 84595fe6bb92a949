import * as z from 'zod';
import { accessLevels, memberRoles, type Person } from '../../../model/person.ts';
import { reviewersOf } from '../../reviewers-of.ts';
import { globGroups, nameMatcher, selection } from '../globs.ts';
import { aboutMergeRequest, aboutSubject, agrees, condition, shown, unknown, unless } from '../judgement.ts';
import type { Condition } from '../rule.ts';
import type { ConditionSpec } from './condition-spec.ts';

export const author: ConditionSpec = {
  key: 'author',
  meaning: 'one of these people opened it; `none` excludes people, such as bots',
  example: "{none: ['*_bot', renovate]}",
  schema: z.lazy(() =>
    globGroups.transform((groups) => {
      const whyNot = selection(groups, nameMatcher);
      return aboutSubject('author', (subject) =>
        unless(whyNot({ what: 'the author', values: subject.author.username })),
      );
    }),
  ),
};

const role = z.lazy(() => z.enum(memberRoles));

interface RoleBounds {
  readonly 'at-least'?: (typeof memberRoles)[number] | undefined;
  readonly below?: (typeof memberRoles)[number] | undefined;
}

function roleCondition({ 'at-least': atLeast, below }: RoleBounds): Condition {
  return {
    name: 'role',
    needs: (_occurrence, { subject }) => (subject === null ? [] : ['author']),
    judge: (_occurrence, { author: member }) => {
      if (member === null) return unknown('the role of the author is not known');
      const { accessLevel } = member;
      if (atLeast !== undefined && accessLevel < accessLevels[atLeast])
        return unless(`the author has less than the role ${atLeast}`);
      const isTooMuch = below !== undefined && accessLevel >= accessLevels[below];
      return unless(isTooMuch ? `the author has the role ${below} or more` : null);
    },
  };
}

export const authorRole: ConditionSpec = {
  key: 'role',
  meaning:
    'the author has at least this role in the project; `below` matches authors with a lower role, or none',
  example: '{below: developer}',
  schema: z.lazy(() =>
    z
      .union(
        [
          role,
          z
            .strictObject({ 'at-least': role.optional(), below: role.optional() })
            .refine((value) => Object.keys(value).length > 0, 'at-least or below a role'),
        ],
        { error: `a role (${memberRoles.join(', ')}), or at-least and below with one` },
      )
      .transform((value) => roleCondition(typeof value === 'string' ? { 'at-least': value } : value)),
  ),
};

export const firstContribution: ConditionSpec = {
  key: 'first-contribution',
  meaning: "it is (or with `false` is not) the author's first contribution to the project",
  example: 'true',
  schema: z.lazy(() =>
    z.boolean().transform((wanted) =>
      aboutMergeRequest('first-contribution', [], (mr) =>
        agrees(mr.firstContribution, wanted, {
          yes: `it is the first contribution of ${shown(mr.author.username)}`,
          no: `it is not the first contribution of ${shown(mr.author.username)}`,
          unknown: 'whether it is a first contribution is not known',
        }),
      ),
    ),
  ),
};

/** `true`, `false`, or who. */
const presence = z.lazy(() => z.union([z.boolean(), globGroups], { error: 'true, false, or usernames' }));

function peopleCondition(name: string, value: z.output<typeof presence>) {
  const whyNot = typeof value === 'boolean' ? null : selection(value, nameMatcher);
  return (people: readonly Person[]) => {
    const values = people.map(({ username }) => username);
    if (whyNot !== null) return unless(whyNot({ what: `the ${name}`, values }));
    const words = { yes: `it has ${name}`, no: `it has no ${name}`, unknown: '' };
    return agrees(people.length > 0, value === true, words);
  };
}

export const assignees: ConditionSpec = {
  key: 'assignees',
  meaning: 'it has assignees (`false`: it has none), or these people are among them',
  example: 'false',
  schema: z.lazy(() =>
    presence.transform((value) => {
      const judge = peopleCondition('assignees', value);
      return aboutSubject('assignees', (subject) => judge(subject.assignees));
    }),
  ),
};

export const reviewers: ConditionSpec = {
  key: 'reviewers',
  meaning: 'it has reviewers (`false`: it has none), or these people are among them',
  example: 'false',
  schema: z.lazy(() =>
    presence.transform((value) => {
      const judge = peopleCondition('reviewers', value);
      return aboutMergeRequest('reviewers', [], (_mr, facts) => judge(reviewersOf(facts)));
    }),
  ),
};

export const actor: ConditionSpec = {
  key: 'actor',
  meaning:
    'one of these people did it, where GitLab proves who it was: the person who opened it, or wrote the comment',
  example: "{none: '*_bot'}",
  schema: z.lazy(() =>
    globGroups.transform((groups) => {
      const whyNot = selection(groups, nameMatcher);
      return condition('actor', ['actor'], ({ actor: member }) =>
        member === null
          ? unknown('who did it is not proven')
          : unless(whyNot({ what: 'who did it', values: member.username })),
      );
    }),
  ),
};
