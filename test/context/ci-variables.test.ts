import { expect, test } from 'vitest';
import { ciVariables } from '../../src/context/ci-variables.ts';

test('every variable that is read says what it is for', () => {
  expect(ciVariables().filter(({ meaning }) => !/^[A-Z`].*\.$/s.test(meaning))).toEqual([]);
});

test('every variable that is read is one of GitLab, listed once', () => {
  const names = ciVariables().map(({ name }) => name);
  expect(names.filter((name) => !/^CI_[A-Z0-9_]+$/.test(name))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
});

test.each([
  { name: 'CI_PROJECT_ID', needed: 'always' },
  { name: 'CI_MERGE_REQUEST_IID', needed: 'in merge request pipelines' },
  { name: 'CI_MERGE_REQUEST_LABELS', needed: 'no' },
  { name: 'CI_API_V4_URL', needed: 'no' },
])('$name is needed: $needed', ({ name, needed }) => {
  expect(ciVariables().find((variable) => variable.name === name)?.needed).toBe(needed);
});
