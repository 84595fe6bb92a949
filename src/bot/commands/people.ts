import type { BotAction } from '../../model/bot-write.ts';
import type { Document } from '../../model/document.ts';
import type { Person } from '../../model/person.ts';
import { decide } from '../permissions.ts';
import { reviewersOf } from '../reviewers-of.ts';
import type { BotCommand, CommandInput, CommandOutcome, Decision } from './command.ts';
import { act, cannot, sentence, usageOf } from './outcome.ts';

/** GitLab's names of users have no spaces, and so no quotation marks. */
const quoted = /["'\s]/;

/** Usernames in a command, without the at sign; `me` is its author. */
export function usernamesIn(args: readonly string[], me: string | null): readonly string[] {
  const given = args
    .flatMap((arg) => arg.split(','))
    .map((arg) => arg.replace(/^@/, '').trim().toLowerCase())
    .filter((name) => name !== '' && !quoted.test(name));
  return [...new Set(given.map((name) => (name === 'me' && me !== null ? me.toLowerCase() : name)))];
}

type Resolved = { readonly people: readonly Person[] } | { readonly whyNot: Document };

function resolve({ call, facts }: CommandInput): Resolved {
  const people: Person[] = [];
  const [wrong] = call.args.filter((arg) => quoted.test(arg));
  if (wrong !== undefined)
    return { whyNot: sentence`${wrong} is not a username: write it without quotation marks, as ${'@user'}.` };
  for (const name of usernamesIn(call.args, facts.actor?.username ?? null)) {
    const person =
      facts.actor?.username.toLowerCase() === name ? facts.actor : (facts.namedUsers?.get(name) ?? null);
    if (person?.active !== true) return { whyNot: sentence`No active user ${name} found.` };
    people.push(person);
  }
  return { people };
}

function decideOnPeople({ facts, on }: CommandInput): Decision {
  return decide(on.kind === 'issue' ? 'edit-issue' : 'edit-merge-request', facts);
}

type Place = 'assignees' | 'reviewers';

interface Change {
  readonly place: Place;
  readonly adds: boolean;
}

function peopleAt({ facts }: CommandInput, place: Place): readonly Person[] {
  const { subject } = facts;
  if (subject === null) return [];
  if (place === 'assignees') return subject.assignees;
  return reviewersOf(facts);
}

function write(input: CommandInput, place: Place, userIds: readonly number[]): BotAction {
  const { on } = input;
  return place === 'assignees' ? { do: 'setAssignees', on, userIds } : { do: 'setReviewers', on, userIds };
}

function namesOf(people: readonly Person[]): string {
  return people.map(({ username }) => username).join(', ');
}

function planPeople(input: CommandInput, command: BotCommand, { place, adds }: Change): CommandOutcome {
  const found = resolve(input);
  if ('whyNot' in found) return cannot(found.whyNot);
  if (found.people.length === 0) return usageOf(command);
  const now = peopleAt(input, place);
  const isThere = ({ id }: Person): boolean => now.some((person) => person.id === id);
  const changed = found.people.filter((person) => isThere(person) !== adds);
  const word = place === 'assignees' ? 'assigned' : 'asked for a review';
  if (changed.length === 0)
    return act(
      adds
        ? sentence`Already ${word}: ${namesOf(found.people)}.`
        : sentence`Not ${word} anyway: ${namesOf(found.people)}.`,
    );
  const gone = new Set(changed.map(({ id }) => id));
  const ids = now.map(({ id }) => id);
  const userIds = adds ? [...ids, ...gone] : ids.filter((id) => !gone.has(id));
  return act(
    adds ? sentence`Now ${word}: ${namesOf(changed)}.` : sentence`No longer ${word}: ${namesOf(changed)}.`,
    write(input, place, userIds),
  );
}

export const assign: BotCommand = {
  name: 'assign',
  usage: 'assign @user… | me',
  summary: 'Adds assignees.',
  on: ['merge_request', 'issue'],
  starts: false,
  needs: ['namedUsers'],
  decide: decideOnPeople,
  plan: (input) => planPeople(input, assign, { place: 'assignees', adds: true }),
};

export const unassign: BotCommand = {
  name: 'unassign',
  usage: 'unassign @user… | me',
  summary: 'Removes assignees.',
  on: ['merge_request', 'issue'],
  starts: false,
  needs: ['namedUsers'],
  decide: decideOnPeople,
  plan: (input) => planPeople(input, unassign, { place: 'assignees', adds: false }),
};

export const review: BotCommand = {
  name: 'review',
  usage: 'review @user… | me',
  summary: 'Asks for a review.',
  on: ['merge_request'],
  starts: false,
  needs: ['namedUsers'],
  decide: decideOnPeople,
  plan: (input) => planPeople(input, review, { place: 'reviewers', adds: true }),
};

/** Mentions people: GitLab notifies them. The author of the command could do the same. */
export const cc: BotCommand = {
  name: 'cc',
  usage: 'cc @user…',
  summary: 'Mentions people, so that GitLab notifies them.',
  on: ['merge_request', 'issue'],
  starts: false,
  needs: ['namedUsers'],
  decide: ({ facts }) => decide('comment', facts),
  plan: (input) => {
    const found = resolve(input);
    if ('whyNot' in found) return cannot(found.whyNot);
    if (found.people.length === 0) return usageOf(cc);
    return act([
      {
        kind: 'paragraph',
        children: [
          { kind: 'text', text: 'cc ' },
          ...found.people.flatMap((person, index) => [
            { kind: 'text' as const, text: index === 0 ? '' : ', ' },
            { kind: 'mention' as const, username: person.username },
          ]),
        ],
      },
    ]);
  },
};
