import { expect, test } from 'vitest';
import { planLabels, type WantedLabel } from '../../src/publish/plan-labels.ts';

const mergeRequest = { project: 42, iid: 17 };
const there = (label: string): WantedLabel => ({ label, present: true });
const gone = (label: string): WantedLabel => ({ label, present: false });
const open = (label: string): WantedLabel => ({ label, present: null });

test.each([
  {
    name: 'nothing changes: no write',
    wanted: [there('a'), gone('b')],
    current: ['a'],
    add: null,
    remove: null,
  },
  {
    name: 'a result changes sides',
    wanted: [gone('a'), there('b')],
    current: ['a'],
    add: ['b'],
    remove: ['a'],
  },
  { name: 'labels of others stay', wanted: [gone('a')], current: ['a', 'bug'], add: [], remove: ['a'] },
  { name: 'what is not known stays', wanted: [open('a')], current: ['a'], add: null, remove: null },
  {
    name: 'an open question keeps it',
    wanted: [open('a'), gone('a')],
    current: ['a'],
    add: null,
    remove: null,
  },
  {
    name: 'one of two rules is enough',
    wanted: [gone('a'), there('a')],
    current: [],
    add: ['a'],
    remove: [],
  },
])('$name', ({ wanted, current, add, remove }) => {
  expect(planLabels(wanted, current, mergeRequest)).toEqual(
    add === null ? null : { do: 'changeLabels', mergeRequest, add, remove },
  );
});
