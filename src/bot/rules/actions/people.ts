import * as z from 'zod';
import type { BotAction } from '../../../model/bot-write.ts';
import type { FactName, Facts, MergeRequestFacts } from '../../../model/facts.ts';
import type { Person } from '../../../model/person.ts';
import { reviewersOf } from '../../reviewers-of.ts';
import { suggestReviewers } from '../../suggest-reviewers.ts';
import type { RuleAction } from '../rule.ts';
import type { ActionSpec } from './action-spec.ts';

const username = z.lazy(() =>
  z
    .string()
    .regex(/^@?\w[\w.-]{0,254}$/, 'a username')
    .transform((value) => value.replace(/^@/, '').toLowerCase()),
);
const names = z
  .union([username, z.array(username).min(1).max(20)], { error: 'a username or a list of usernames' })
  .transform((value): readonly string[] => (typeof value === 'string' ? [value] : value));

/** Means the person who opened it. */
const author = 'author';

function named(wanted: readonly string[], { subject, namedUsers }: Facts): readonly Person[] {
  return wanted.flatMap((name) => {
    if (name === author) return subject === null ? [] : [subject.author];
    const person = namedUsers?.get(name) ?? null;
    return person?.active === true ? [person] : [];
  });
}

function withAll(now: readonly Person[], more: readonly Person[]): readonly number[] {
  return [...new Set([...now, ...more].map(({ id }) => id))];
}

function isSame(now: readonly Person[], ids: readonly number[]): boolean {
  return now.length === ids.length;
}

interface Naming {
  readonly name: string;
  readonly wanted: readonly string[];
}

function namingAction(
  { name, wanted }: Naming,
  plan: (people: readonly Person[], facts: Facts) => readonly BotAction[],
): RuleAction {
  const usernames = wanted.filter((one) => one !== author);
  const needs: readonly FactName[] = usernames.length === 0 ? [] : ['namedUsers'];
  return {
    name,
    usernames,
    needs: (_occurrence, { subject }) => (subject === null ? [] : needs),
    plan: (_occurrence, facts) => plan(named(wanted, facts), facts),
  };
}

export const assignSpec: ActionSpec = {
  key: 'assign',
  meaning: 'adds these assignees; `author` is the person who opened it',
  example: 'author',
  schema: z.lazy(() =>
    names.transform((wanted) =>
      namingAction({ name: 'assign', wanted }, (people, { subject }) => {
        if (subject === null) return [];
        const userIds = withAll(subject.assignees, people);
        return isSame(subject.assignees, userIds) ? [] : [{ do: 'setAssignees', on: subject.at, userIds }];
      }),
    ),
  ),
};

export const unassignSpec: ActionSpec = {
  key: 'unassign',
  meaning: 'removes these assignees',
  example: 'author',
  schema: z.lazy(() =>
    names.transform((wanted) =>
      namingAction({ name: 'unassign', wanted }, (people, { subject }) => {
        if (subject === null) return [];
        const gone = new Set(people.map(({ id }) => id));
        const userIds = subject.assignees.map(({ id }) => id).filter((id) => !gone.has(id));
        return isSame(subject.assignees, userIds) ? [] : [{ do: 'setAssignees', on: subject.at, userIds }];
      }),
    ),
  ),
};

const ways = ['code-owners', 'load', 'code-owners-or-load'] as const;

const chosen = z.lazy(() =>
  z.strictObject({
    by: z.enum(ways).default('code-owners-or-load'),
    count: z.int().min(1).max(10).default(1),
  }),
);

type Way = z.output<typeof chosen>;

function needsOfWay({ by }: Way): readonly FactName[] {
  return by === 'load'
    ? ['members', 'reviewLoad']
    : ['codeOwners', 'changes', 'members', 'ownerGroups', 'reviewLoad'];
}

/** Until there are as many reviewers as wanted, those who are reviewers already included. */
function planChosen(way: Way, mr: MergeRequestFacts, facts: Facts): readonly BotAction[] {
  const now = reviewersOf(facts);
  const lacking = way.count - now.length;
  if (lacking <= 0) return [];
  const pool = way.by === 'load' ? { ...facts, codeOwners: null } : facts;
  const { people, owns } = suggestReviewers(pool, way.count + now.length);
  if (way.by === 'code-owners' && !owns) return [];
  const ids = now.map(({ id }) => id);
  const more = people.filter(({ id }) => !ids.includes(id)).slice(0, lacking);
  return more.length === 0
    ? []
    : [{ do: 'setReviewers', on: mr.at, userIds: [...ids, ...more.map(({ id }) => id)] }];
}

function whyNobody(way: Way, facts: Facts): string | null {
  if (facts.subject?.kind !== 'merge_request' || reviewersOf(facts).length >= way.count) return null;
  const pool = way.by === 'load' ? { ...facts, codeOwners: null } : facts;
  const { people, owns, reason } = suggestReviewers(pool, 1);
  if (people.length === 0 || (way.by === 'code-owners' && !owns)) return reason;
  return null;
}

function chosenAction(way: Way): RuleAction {
  return {
    name: 'request-review',
    usernames: [],
    needs: (_occurrence, facts) =>
      facts.subject?.kind === 'merge_request' && reviewersOf(facts).length < way.count ? needsOfWay(way) : [],
    plan: (_occurrence, facts) =>
      facts.subject?.kind === 'merge_request' ? planChosen(way, facts.subject, facts) : [],
    whyUnable: (facts) => whyNobody(way, facts),
  };
}

export const requestReviewSpec: ActionSpec = {
  key: 'request-review',
  meaning:
    'asks these people for a review; or, with `by`, code owners of most of the changed files, or those with the fewest reviews waiting, until there are `count` reviewers',
  example: '{by: code-owners, count: 2}',
  schema: z.lazy(() =>
    z
      .union([username, z.array(username).min(1).max(20), chosen], {
        error: `a username, a list of usernames, or by (${ways.join(', ')}) and count`,
      })
      .transform((value) => {
        if (typeof value === 'object' && !Array.isArray(value)) return chosenAction(value);
        const wanted = typeof value === 'string' ? [value] : value;
        return namingAction({ name: 'request-review', wanted }, (people, facts) => {
          const { subject } = facts;
          if (subject?.kind !== 'merge_request') return [];
          const now = reviewersOf(facts);
          const others = people.filter(({ id }) => id !== subject.author.id);
          const userIds = withAll(now, others);
          return isSame(now, userIds) ? [] : [{ do: 'setReviewers', on: subject.at, userIds }];
        });
      }),
  ),
};
