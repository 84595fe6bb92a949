import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Occurrence } from '../../../src/bot/occurrence.ts';
import { evaluateRules, factsNeededBy, usernamesIn } from '../../../src/bot/rules/evaluate.ts';
import { explainVerdicts } from '../../../src/bot/rules/explain.ts';
import { neededEvents } from '../../../src/bot/rules/needed-events.ts';
import { parseRules } from '../../../src/bot/rules/parse-rules.ts';
import type { Rule } from '../../../src/bot/rules/rule.ts';
import type { FactName, Facts } from '../../../src/model/facts.ts';
import {
  aMember,
  anOccurrence,
  anOwnRecord,
  aPerson,
  changesOf,
  mergeRequestFacts,
  theFacts,
} from '../builders.ts';

const rulesOf = (yaml: string): readonly Rule[] => parseRules(parse(yaml) as unknown, 'rules');

function needed(
  yaml: string,
  facts: Partial<Facts> = {},
  { asked = [], ...occurrence }: Partial<Occurrence> & { asked?: readonly FactName[] } = {},
): readonly FactName[] {
  return factsNeededBy(rulesOf(yaml), anOccurrence(occurrence), theFacts(facts), new Set(asked));
}

const docs = `
- name: docs
  on: merge_request
  when: {draft: false, changed-paths: 'docs/**', role: developer}
  do: [{label: docs}, {request-review: {}}]
`;

describe('facts are asked for as late as can be', () => {
  test('nothing for a rule about another event', () => {
    expect(needed(docs, {}, { names: ['push'] })).toEqual([]);
  });

  test('nothing once a condition that costs nothing fails', () => {
    expect(needed(docs, { subject: mergeRequestFacts({ draft: true }) })).toEqual([]);
  });

  test('the cheapest of the open conditions first', () => {
    expect(needed(docs)).toEqual(['author']);
  });

  test('then the next one, where it still matters', () => {
    expect(needed(docs, { author: aMember() }, { asked: ['author'] })).toEqual(['changes']);
    expect(needed(docs, { author: aMember({ accessLevel: 10 }) }, { asked: ['author'] })).toEqual([]);
  });

  test('what the actions need only when all conditions hold', () => {
    const facts = { author: aMember(), changes: changesOf(['docs/a']) };
    expect(needed(docs, facts, { asked: ['author', 'changes'] })).toEqual([
      'codeOwners',
      'members',
      'ownerGroups',
      'reviewLoad',
    ]);
  });

  test('what GitLab did not tell is not asked for again', () => {
    expect(needed(docs, { author: aMember() }, { asked: ['author', 'changes'] })).toEqual([]);
  });

  test('what is known already is not asked for', () => {
    expect(needed(docs, { author: aMember() })).toEqual(['changes']);
  });

  test('to undo something it has to fail first', () => {
    const yaml = `
- name: a
  on: merge_request
  when: {title: '^feat'}
  do: {comment: Well done}
  otherwise: [remove-comment: true]
`;
    expect(needed(yaml)).toEqual(['record']);
    expect(needed(yaml, { subject: mergeRequestFacts({ title: 'feat: x' }) })).toEqual([]);
  });

  test('rules after one that may end it wait for it', () => {
    const stop = docs.replace('on: merge_request', 'on: merge_request\n  stop: true');
    const later = `
- name: later
  on: merge_request
  when: {approvals: {at-least: 1}}
  do: close
`;
    expect(needed(stop + later)).toEqual(['author']);
    expect(needed(stop + later, { author: aMember({ accessLevel: 0 }) })).toEqual(['approvedBy']);
  });

  test('alternatives ask for nothing once one holds, and for nothing of one that failed', () => {
    const anyOf = (sets: string): string => `
- name: a
  on: merge_request
  when: {any-of: [${sets}]}
  do: close
`;
    expect(needed(anyOf("{draft: false}, {changed-paths: 'a'}"))).toEqual([]);
    expect(needed(anyOf('{draft: true, role: developer}, {fork: true, files: {below: 2}}'))).toEqual([]);
    expect(needed(anyOf('{draft: true, role: developer}, {files: {below: 2}}'))).toEqual(['changes']);
  });

  test('a negation asks for nothing once one of its conditions fails', () => {
    const not = (group: string): string => `
- name: a
  on: merge_request
  when: {not: {${group}}}
  do: close
`;
    expect(needed(not('draft: true, role: developer'))).toEqual([]);
    expect(needed(not('draft: false, role: developer'))).toEqual(['author']);
  });

  test('two hundred rules ask for each fact once, and for none of those that are out', () => {
    const rules = Array.from({ length: 200 }, (_, index) => ({
      name: `rule ${index}`,
      on: 'merge_request',
      when: {
        'target-branch': index % 10 === 0 ? 'main' : `release/${index}`,
        ...(index % 20 === 0 ? { 'changed-paths': `part${index}/**` } : {}),
        ...(index % 2 === 0 ? {} : { role: 'maintainer', approvals: { 'at-least': 1 } }),
      },
      do: [{ label: `label-${index}` }],
    }));
    const parsed = parseRules(rules, 'rules');
    const asked = new Set<FactName>();
    const rounds: (readonly FactName[])[] = [];
    let facts = theFacts();
    for (;;) {
      const names = factsNeededBy(parsed, anOccurrence(), facts, asked);
      if (names.length === 0) break;
      rounds.push(names);
      for (const name of names) asked.add(name);
      facts = { ...facts, changes: changesOf(['part20/a', 'part40/b']) };
    }
    expect(rounds).toEqual([['changes']]);
    const matched = evaluateRules(parsed, anOccurrence(), facts).filter(
      ({ outcome }) => outcome === 'matched',
    );
    expect(matched.map(({ rule }) => rule)).toEqual([
      ...['rule 10', 'rule 20', 'rule 30', 'rule 40'],
      ...['rule 50', 'rule 70', 'rule 90', 'rule 110', 'rule 130', 'rule 150', 'rule 170', 'rule 190'],
    ]);
  });
});

describe('what becomes of rules', () => {
  const outcome = (yaml: string, facts: Partial<Facts> = {}, occurrence: Partial<Occurrence> = {}) =>
    evaluateRules(rulesOf(yaml), anOccurrence(occurrence), theFacts(facts));

  test('each event of a list suffices', () => {
    const yaml = '[{name: a, on: [issue, merge_request.opened], do: close}]';
    expect(outcome(yaml)[0]?.outcome).toBe('matched');
    expect(outcome(yaml, {}, { names: ['merge_request', 'merge_request.merged'] })[0]?.outcome).toBe(
      'other event',
    );
  });

  test('all conditions that fail are told, and none that was not looked at', () => {
    const [verdict] = outcome(docs, { subject: mergeRequestFacts({ draft: true }) });
    expect(verdict).toMatchObject({
      outcome: 'not matched',
      whyNot: [{ condition: 'draft', words: 'it is a draft' }],
      actions: [],
    });
  });

  test('where only what is not known stands against it, that is told', () => {
    const [verdict] = outcome(docs);
    expect(verdict?.whyNot.map(({ condition }) => condition)).toEqual(['role', 'changed-paths']);
  });

  const undoing = `
- name: a
  on: merge_request
  when: {role: {below: developer}, title: '^feat'}
  do: {label: x}
  otherwise: [unlabel: x, remove-comment: stale]
`;

  test('what failed is undone', () => {
    const facts = { subject: mergeRequestFacts({ labels: ['x'] }), record: [anOwnRecord()] };
    expect(outcome(undoing, facts)[0]?.actions.map((action) => action.do)).toEqual([
      'label',
      'removeComment',
    ]);
  });

  test('what is not known is not undone', () => {
    const facts = {
      subject: mergeRequestFacts({ labels: ['x'], title: 'feat: x' }),
      record: [anOwnRecord()],
    };
    expect(outcome(undoing, facts)[0]).toMatchObject({ outcome: 'not matched', actions: [] });
  });

  test('a rule that matches can be the last', () => {
    const yaml = `
- {name: a, on: note, stop: true, do: close}
- {name: b, on: merge_request, when: {draft: true}, stop: true, do: close}
- {name: c, on: merge_request, stop: true, do: close}
- {name: d, on: merge_request, do: close}
- {name: e, on: push, do: close}
`;
    expect(outcome(yaml).map((verdict) => verdict.outcome)).toEqual([
      'other event',
      'not matched',
      'matched',
      'stopped',
      'other event',
    ]);
  });

  test('two rules that add people both do', () => {
    const yaml = `
- {name: a, on: merge_request, do: {request-review: bob}}
- {name: b, on: merge_request, do: [{request-review: carol}, {assign: [bob]}, {assign: carol}]}
`;
    const bob = aPerson({ id: 8, username: 'bob' });
    const carol = aPerson({ id: 9, username: 'carol' });
    const namedUsers = new Map([
      ['bob', bob],
      ['carol', carol],
    ]);
    const actions = outcome(yaml, { namedUsers }).flatMap((verdict) => verdict.actions);
    expect(actions.map((action) => ('userIds' in action ? action.userIds : []))).toEqual([
      [8],
      [8, 9],
      [8],
      [8, 9],
    ]);
  });

  test('what a rule will have done counts for later actions, and not for later conditions', () => {
    const yaml = `
- {name: a, on: merge_request, do: [{label: x}, close]}
- {name: b, on: merge_request, when: {labels: {none: x}, state: opened}, do: [{label: x}, close]}
- {name: c, on: merge_request, do: [draft, ready, {milestone: none}]}
`;
    const verdicts = outcome(yaml, { subject: mergeRequestFacts({ milestone: { id: 1, title: 'm' } }) });
    expect(verdicts.map(({ outcome: what, actions }) => [what, actions.map((action) => action.do)])).toEqual([
      ['matched', ['label', 'setState']],
      ['matched', []],
      ['matched', ['setMilestone']],
    ]);
  });

  test('they are told a line each, those that match first', () => {
    const yaml = `
- {name: a, on: push, do: close}
- {name: b, on: merge_request, when: {draft: true, fork: true}, do: close, otherwise: {label: x}}
- {name: c, on: merge_request, do: {label: x}}
- {name: d, on: merge_request, stop: true, do: close}
- {name: e, on: merge_request, do: close}
`;
    expect(explainVerdicts(outcome(yaml, { subject: mergeRequestFacts({ labels: ['y'] }) }))).toEqual([
      'c: matches; there is nothing left to do',
      'd: matches; setState',
      'b: does not match; draft: it is not a draft; fork: it comes from no fork; otherwise: label',
      'e: not tried, because an earlier rule stopped the evaluation',
      'a: is about other events',
    ]);
  });

  test('the people that rules about the event name', () => {
    const yaml = `
- {name: a, on: merge_request, do: {assign: [Bob, author]}, otherwise: {unassign: carol}}
- {name: b, on: issue, do: {assign: dave}}
`;
    expect(usernamesIn(rulesOf(yaml), anOccurrence())).toEqual(['bob', 'carol']);
  });
});

describe('the events that a webhook has to send', () => {
  test.each([
    [['merge_request.opened', 'note'], false, ['merge_requests_events', 'note_events']],
    [['note'], true, ['confidential_note_events', 'note_events']],
    [['schedule', 'default_branch.failed'], false, []],
    [
      ['release.created', 'tag_push', 'push', 'emoji.award'],
      true,
      ['emoji_events', 'push_events', 'releases_events', 'tag_push_events'],
    ],
  ])('%j', (on, confidential, expected) => {
    expect(neededEvents([{ on }], confidential)).toEqual(expected);
  });
});
