import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Occurrence } from '../../../src/bot/occurrence.ts';
import { conditionSpecs } from '../../../src/bot/rules/conditions/registry.ts';
import { parseRules } from '../../../src/bot/rules/parse-rules.ts';
import type { Judgement } from '../../../src/bot/rules/rule.ts';
import type { Facts } from '../../../src/model/facts.ts';
import { aPipeline } from '../../builders.ts';
import {
  aChangedFile,
  aMember,
  anOccurrence,
  anOwnRecord,
  aPerson,
  changesOf,
  deploymentFacts,
  failedPipeline,
  issueFacts,
  mergeRequestFacts,
  theFacts,
} from '../builders.ts';

function judge(when: string, facts: Partial<Facts> = {}, occurrence: Partial<Occurrence> = {}): Judgement {
  const [rule] = parseRules(
    [{ name: 'a', on: 'note', when: parse(`{${when}}`) as unknown, do: 'close' }],
    'rules',
  );
  const [condition] = rule?.when ?? [];
  if (condition === undefined) throw new Error('no condition');
  return condition.judge(anOccurrence(occurrence), theFacts(facts));
}

const mr = mergeRequestFacts;

function reviewsOf(...states: readonly string[]): Facts['reviews'] {
  return states.map((state) => ({ reviewer: aPerson(), state }));
}
const holds = 'holds';

type Row = readonly [
  why: string,
  when: string,
  facts: Partial<Facts>,
  expected: string,
  occurrence?: Partial<Occurrence>,
];

/** `holds`, or the words why not; `?` before words of what is not known. */
const table: readonly Row[] = [
  [
    'a review that asks for changes',
    'review: changes-requested',
    { reviews: reviewsOf('requested_changes') },
    holds,
  ],
  [
    'a review that only comments',
    'review: [changes-requested, approved]',
    { reviews: reviewsOf('reviewed') },
    'the review of nobody is changes-requested or approved',
  ],
  ['reviews that nobody knows', 'review: reviewed', {}, '?the reviews are not known'],
  [
    'the bot alone is no reviewer',
    'reviewers: false',
    { subject: mr({ reviewers: [theFacts().self] }) },
    holds,
  ],
  ['a merge request is one', 'is: merge_request', {}, holds],
  ['an issue is none', 'is: merge_request', { subject: issueFacts() }, 'it is about an issue'],
  ['a push is neither', 'is: issue', { subject: null }, 'it is about no merge request and no issue'],

  ['the state', 'state: opened', {}, holds],
  ['one of several states', 'state: [merged, closed]', {}, 'it is opened, not merged or closed'],
  ['an issue has a state too', 'state: closed', { subject: issueFacts({ state: 'closed' }) }, holds],
  ['a push has none', 'state: opened', { subject: null }, 'it is about no merge request and no issue'],

  ['no draft wanted, none there', 'draft: false', {}, holds],
  ['no draft wanted, one there', 'draft: false', { subject: mr({ draft: true }) }, 'it is a draft'],
  ['a draft wanted, none there', 'draft: true', {}, 'it is not a draft'],
  ['issues are no drafts', 'draft: false', { subject: issueFacts() }, 'it is about no merge request'],

  ['the target branch by name', 'target-branch: main', {}, holds],
  [
    'a star stands for slashes too',
    'target-branch: release/*',
    { subject: mr({ targetBranch: 'release/1/2' }) },
    holds,
  ],
  ['none of these', 'target-branch: {none: main}', {}, 'the target branch is main'],
  [
    'another target branch',
    "target-branch: ['release/*', develop]",
    {},
    'the target branch is main, not release/* or develop',
  ],
  ['the source branch', "source-branch: 'vouch*'", {}, holds],
  [
    'another source branch',
    "source-branch: 'renovate/*'",
    {},
    'the source branch is vouchers, not renovate/*',
  ],
  ['the branch of a push', 'branch: main', { subject: null }, holds, { ref: 'main' }],
  ['the branch of a pipeline', 'branch: main', { subject: null, pipeline: failedPipeline() }, holds],
  [
    'a merge request has none of its own',
    'branch: main',
    { pipeline: failedPipeline() },
    '?no branch or tag is known',
  ],

  ['a fork', 'fork: true', { subject: mr({ sourceProjectId: 43 }) }, holds],
  ['a fork that is gone', 'fork: true', { subject: mr({ sourceProjectId: null }) }, holds],
  ['no fork', 'fork: true', {}, 'it comes from no fork'],

  ['the author, whatever case', 'author: ADA', {}, holds],
  [
    'bots left out',
    "author: {none: '*_bot'}",
    { subject: mr({ author: aPerson({ username: 'project_1_bot' }) }) },
    'the author is project_1_bot',
  ],
  ['the role, at least', 'role: developer', { author: aMember({ accessLevel: 40 }) }, holds],
  [
    'the role, too low',
    'role: developer',
    { author: aMember({ accessLevel: 20 }) },
    'the author has less than the role developer',
  ],
  ['a stranger is below all roles', 'role: {below: guest}', { author: aMember({ accessLevel: 0 }) }, holds],
  [
    'the bound below is not in it',
    'role: {below: developer}',
    { author: aMember() },
    'the author has the role developer or more',
  ],
  ['a role nobody told', 'role: developer', {}, '?the role of the author is not known'],
  ['a first contribution', 'first-contribution: true', { subject: mr({ firstContribution: true }) }, holds],
  ['not the first', 'first-contribution: true', {}, 'it is not the first contribution of ada'],
  [
    'GitLab does not say',
    'first-contribution: true',
    { subject: mr({ firstContribution: null }) },
    '?whether it is a first contribution is not known',
  ],
  ['who did it', 'actor: ada', { actor: aMember() }, holds],
  ['who did it is not proven', 'actor: ada', {}, '?who did it is not proven'],

  ['a title', "title: '^Take '", {}, holds],
  [
    "a draft's mark is no part of the title",
    "title: '^Take '",
    { subject: mr({ title: 'Draft: Take it' }) },
    holds,
  ],
  ['a title without what is asked for', "title: {none: '^(?:feat|fix): '}", {}, holds],
  [
    'a title that has it',
    "title: {none: '^(?:feat|fix): '}",
    { subject: mr({ title: 'fix: x' }) },
    'the title matches ^(?:feat|fix): ',
  ],
  ['case counts', "title: '^take'", {}, 'the title does not match ^take'],
  ['unless it shall not', "title: '/^take/i'", {}, holds],
  ['a line of the description', "description: '^Closes #\\d+$'", {}, holds],
  [
    'a description without it',
    'description: [Fixes, Solves]',
    {},
    'the description does not match Fixes or Solves',
  ],
  [
    'a long description',
    'description-length: {below: 20}',
    {},
    'the description has 48 characters, not below 20',
  ],
  [
    'a template left as it is says nothing',
    'description-length: {below: 1}',
    { subject: mr({ description: '## What\n<!-- say\nwhat -->\n\n## Done\n- [ ] tests\n' }) },
    holds,
  ],
  [
    'a comment that nothing closes hides the rest',
    'description-length: {below: 1}',
    { subject: mr({ description: '<!-- a' }) },
    holds,
  ],
  [
    'a comment',
    'note: lgtm',
    {},
    holds,
    { note: { id: 1, threadId: 'a', text: 'well\nlgtm', commit: null } },
  ],
  [
    'a quotation is nobody saying it',
    'note: lgtm',
    {},
    'the comment does not match lgtm',
    { note: { id: 1, threadId: 'a', text: '> lgtm\n\nno', commit: null } },
  ],
  ['no comment at all', 'note: lgtm', {}, 'it is about no comment'],

  ['one of the labels', 'labels: [bug, docs]', { subject: mr({ labels: ['docs'] }) }, holds],
  ['labels by glob', "labels: 'size::*'", { subject: mr({ labels: ['size::L'] }) }, holds],
  [
    'all of the labels',
    'labels: {all: [a, b]}',
    { subject: mr({ labels: ['a', 'c'] }) },
    'the labels (a, c) do not hold b',
  ],
  [
    'none of the labels',
    'labels: {none: [wip]}',
    { subject: mr({ labels: ['WIP'] }) },
    'the labels hold WIP',
  ],
  ['no labels at all', 'labels: bug', {}, 'the labels (none) do not hold bug'],
  [
    'a label was added',
    'labels-added: go',
    { subject: mr({ labels: ['go'] }) },
    holds,
    { labelChange: { added: ['go'], removed: [] } },
  ],
  [
    'it is gone again by now',
    'labels-added: go',
    {},
    'no label was added',
    { labelChange: { added: ['go'], removed: [] } },
  ],
  [
    'another label was added',
    'labels-added: go',
    { subject: mr({ labels: ['x'] }) },
    'the added labels (x) do not hold go',
    { labelChange: { added: ['x'], removed: [] } },
  ],
  ['a label was taken off', 'labels-removed: go', {}, holds, { labelChange: { added: [], removed: ['go'] } }],
  [
    'it is back by now',
    'labels-removed: go',
    { subject: mr({ labels: ['go'] }) },
    'no label was removed',
    { labelChange: { added: [], removed: ['go'] } },
  ],
  ['no milestone wanted, none there', 'milestone: false', {}, holds],
  ['no milestone', 'milestone: true', {}, 'it has no milestone'],
  [
    'a milestone by title',
    "milestone: '18.*'",
    { subject: mr({ milestone: { id: 1, title: '18.7' } }) },
    holds,
  ],
  ['no assignee', 'assignees: true', {}, 'it has no assignees'],
  ['an assignee by name', 'assignees: ada', { subject: issueFacts({ assignees: [aPerson()] }) }, holds],
  ['no reviewer', 'reviewers: false', {}, holds],
  [
    'a reviewer',
    'reviewers: false',
    { subject: mr({ reviewers: [aPerson({ id: 8 })] }) },
    'it has reviewers',
  ],
  ['a confidential issue', 'confidential: true', { subject: issueFacts({ confidential: true }) }, holds],
  ['a merge request is not confidential', 'confidential: false', {}, holds],
  ['the type of an issue', 'type: incident', { subject: issueFacts({ type: 'incident' }) }, holds],
  ['a merge request has no type', 'type: incident', {}, 'it is about no issue'],

  ['old enough', 'age: 3 days', {}, holds],
  ['too young', 'age: 1 week', {}, 'it was opened less than 1 week ago'],
  ['quiet long enough', 'inactive: 2 hours', {}, holds],
  ['not quiet long enough', 'inactive: 3 hours', {}, 'it changed less than 3 hours ago'],
  [
    'a time that GitLab did not tell',
    'age: 1 hour',
    { subject: mr({ createdAt: '' }) },
    '?when it was opened is not known',
  ],

  ['a changed file', "changed-paths: 'src/**'", { changes: changesOf(['src/a/b.ts', 'x']) }, holds],
  [
    'a star ends at a slash',
    "changed-paths: 'src/*.ts'",
    { changes: changesOf(['src/a/b.ts']) },
    'it changes nothing in src/*.ts',
  ],
  ['hidden files are files', "changed-paths: '**/*.yml'", { changes: changesOf(['.gitlab-ci.yml']) }, holds],
  [
    'both names of a renamed file',
    "changed-paths: 'old/**'",
    { changes: changesOf([], { files: [aChangedFile('new/a', { oldPath: 'old/a', change: 'renamed' })] }) },
    holds,
  ],
  [
    'only such files',
    "changed-paths: {all: 'docs/**'}",
    { changes: changesOf(['docs/a.md', 'src/a']) },
    'it changes src/a too',
  ],
  [
    'no such file',
    "changed-paths: {none: 'docs/**'}",
    { changes: changesOf(['docs/a.md']) },
    'it changes docs/a.md',
  ],
  [
    'a list that is cut proves presence',
    "changed-paths: 'src/**'",
    { changes: changesOf(['src/a'], { complete: false }) },
    holds,
  ],
  [
    'and no absence',
    "changed-paths: 'docs/**'",
    { changes: changesOf(['src/a'], { complete: false }) },
    '?GitLab lists only some of the changed files',
  ],
  [
    'nor that there is nothing else',
    "changed-paths: {none: 'docs/**'}",
    { changes: changesOf(['src/a'], { complete: false }) },
    '?GitLab lists only some of the changed files',
  ],
  ['nobody told', "changed-paths: 'src/**'", {}, '?the changed files are not known'],
  ['many lines', 'size: {at-least: 20}', { changes: changesOf(['a', 'b']) }, holds],
  [
    'few lines',
    'size: {at-least: 21}',
    { changes: changesOf(['a', 'b']) },
    'it changes 20 lines, fewer than 21',
  ],
  [
    'the bound below is not in it',
    'size: {below: 20}',
    { changes: changesOf(['a', 'b']) },
    'it changes 20 lines, not below 20',
  ],
  [
    'lines that GitLab omits, below a limit',
    'size: {below: 20}',
    { changes: changesOf(['a'], { linesComplete: false }) },
    '?it changes at least 10 lines, and GitLab omits the lines of some files',
  ],
  [
    'lines that GitLab omits, beyond that limit',
    'size: {below: 10}',
    { changes: changesOf(['a'], { linesComplete: false }) },
    'it changes at least 10 lines, not below 10',
  ],
  [
    'lines that GitLab omits, enough without them',
    'size: {at-least: 10}',
    { changes: changesOf(['a'], { linesComplete: false }) },
    holds,
  ],
  [
    'lines that GitLab omits, not enough without them',
    'size: {at-least: 11}',
    { changes: changesOf(['a'], { linesComplete: false }) },
    '?it changes at least 10 lines, and GitLab omits the lines of some files',
  ],
  [
    'lines that GitLab omits, between two limits',
    'size: {at-least: 5, below: 20}',
    { changes: changesOf(['a'], { linesComplete: false }) },
    '?it changes at least 10 lines, and GitLab omits the lines of some files',
  ],
  ['changes that are not known', 'size: {at-least: 5}', {}, '?how many lines change is not known'],
  ['many files', 'files: {at-least: 2}', { changes: changesOf(['a', 'b'], { complete: false }) }, holds],
  [
    'few of a list that is cut',
    'files: {below: 3}',
    { changes: changesOf(['a', 'b'], { complete: false }) },
    '?GitLab lists only some of the changed files',
  ],
  [
    'a commit',
    "commits: '^fixup!'",
    { commits: [{ sha: 'a', title: 'fixup! b', message: '', authorName: '' }] },
    holds,
  ],
  [
    'no such commit',
    "commits: {none: '^fixup!'}",
    { commits: [{ sha: 'a', title: 'b', message: '', authorName: '' }] },
    holds,
  ],
  ['commits nobody told', "commits: '^fixup!'", {}, '?the commits are not known'],

  ['an issue is named', 'linked-issue: true', {}, holds],
  [
    'its address names it too',
    'linked-issue: true',
    { subject: mr({ description: 'https://x.example/g/p/-/issues/3' }) },
    holds,
  ],
  [
    'an HTML entity names none',
    'linked-issue: true',
    { subject: mr({ description: 'a&#39;b' }), closes: [] },
    'it names no issue',
  ],
  [
    'an issue that a commit closes',
    'linked-issue: true',
    {
      subject: mr({ description: '' }),
      closes: [{ project: 42, iid: 1, title: '', url: '', state: 'opened' }],
    },
    holds,
  ],
  ['no issue', 'linked-issue: false', { subject: mr({ description: '' }), closes: [] }, holds],
  [
    'issues nobody told',
    'linked-issue: false',
    { subject: mr({ description: '' }) },
    '?its issues are not known',
  ],
  ['approvals', 'approvals: {at-least: 1}', { approvedBy: [aPerson({ id: 8 })] }, holds],
  ['too few', 'approvals: {at-least: 2}', { approvedBy: [] }, '0 people approved it, fewer than 2'],
  ['approvals nobody told', 'approvals: {below: 1}', {}, '?the approvals are not known'],

  ['the head pipeline', 'status: [failed, canceled]', {}, holds],
  [
    'no pipeline',
    'status: failed',
    { subject: mr({ headPipeline: null }) },
    '?neither a pipeline nor a deployment was found',
  ],
  [
    'another status',
    'status: failed',
    { subject: mr({ headPipeline: aPipeline({ status: 'success' }) }) },
    'the status is success, not failed',
  ],
  ['the status of a deployment', 'status: success', { subject: null, deployment: deploymentFacts() }, holds],
  [
    'the status of the default branch',
    'status: failed',
    { subject: null, pipeline: failedPipeline() },
    holds,
  ],
  ['a failed job', "failed-jobs: 'un*'", { pipeline: failedPipeline() }, holds],
  [
    'a job that passed',
    'failed-jobs: lint',
    { pipeline: failedPipeline() },
    'the failed jobs (unit) do not hold lint',
  ],
  ['no pipeline, no jobs', 'failed-jobs: lint', {}, '?there is no pipeline'],
  ['the environment', "environment: 'prod*'", { subject: null, deployment: deploymentFacts() }, holds],
  [
    'a star stands for slashes too',
    "environment: {none: 'review/*'}",
    { subject: null, deployment: deploymentFacts({ environment: 'review/a/b' }) },
    'the environment is review/a/b',
  ],
  ['no deployment', 'environment: a', {}, '?it is about no deployment'],
  ['the tier', 'tier: [production, staging]', { deployment: deploymentFacts() }, holds],
  ['another tier', 'tier: staging', { deployment: deploymentFacts() }, 'the tier is production, not staging'],
  [
    'an environment without a tier',
    'tier: staging',
    { deployment: deploymentFacts({ tier: null }) },
    '?the tier is not known',
  ],

  ['the bot wrote it', 'own-comment: {key: stale}', { record: [anOwnRecord()] }, holds],
  [
    'it did not',
    'own-comment: {key: stale}',
    { record: [anOwnRecord({ key: 'rule/other' })] },
    'the bot wrote no comment stale here',
  ],
  [
    'an answer of that key is no comment',
    'own-comment: {key: stale}',
    { record: [anOwnRecord({ kind: 'reply' })] },
    'the bot wrote no comment stale here',
  ],
  ['long enough ago', 'own-comment: {key: stale, older-than: 3 days}', { record: [anOwnRecord()] }, holds],
  [
    'not long enough ago',
    'own-comment: {key: stale, older-than: 4 days}',
    { record: [anOwnRecord()] },
    'it was written less than 4 days ago',
  ],
  [
    'something happened since',
    'own-comment: {key: stale, changed-since: false}',
    { record: [anOwnRecord()] },
    'something happened since',
  ],
  [
    'only the comment itself happened',
    'own-comment: {key: stale, changed-since: false}',
    { record: [anOwnRecord({ at: '2026-03-04T09:59:30Z' })] },
    holds,
  ],
  [
    'nothing happened since',
    'own-comment: {key: stale, changed-since: true}',
    { record: [anOwnRecord({ at: '2026-03-04T10:00:00Z' })] },
    'nothing happened since',
  ],
  ['nobody told', 'own-comment: {key: stale}', {}, '?what the bot wrote here is not known'],

  ['not: one of its conditions fails', 'not: {draft: true, state: opened}', {}, holds],
  [
    'not: all of its conditions hold',
    'not: {draft: false, state: opened}',
    {},
    'state and draft of it holds',
  ],
  [
    'not: what is not known is no failure',
    'not: {role: developer}',
    {},
    '?role: the role of the author is not known',
  ],
  ['any-of: the second set holds', 'any-of: [{draft: true}, {state: opened, not: {fork: true}}]', {}, holds],
  [
    'any-of: none holds',
    'any-of: [{draft: true}, {fork: true}]',
    {},
    'draft: it is not a draft; fork: it comes from no fork',
  ],
  [
    'any-of: one is not known',
    'any-of: [{draft: true}, {role: guest}]',
    {},
    '?draft: it is not a draft; role: the role of the author is not known',
  ],
];

test.each(table)('%s', (...row) => {
  const [, when, facts, expected, occurrence] = row as unknown as Row;
  const judged = judge(when, facts, occurrence);
  expect(judged).toEqual(
    expected === holds
      ? { outcome: 'holds' }
      : expected.startsWith('?')
        ? { outcome: 'unknown', words: expected.slice(1) }
        : { outcome: 'fails', words: expected },
  );
});

describe('the registry', () => {
  test('every condition has a row in the table above', () => {
    const tried = new Set(table.map(([, when]) => when.split(':', 1)[0]));
    expect(conditionSpecs.map(({ key }) => key).filter((key) => !tried.has(key))).toEqual([]);
  });

  test.each(conditionSpecs.map((spec) => [spec.key, spec] as const))(
    'the example of %s is one',
    (key, spec) => {
      const rules = parseRules(
        [{ name: 'a', on: 'note', when: parse(`${key}: ${spec.example}`) as unknown, do: 'close' }],
        'rules',
      );
      expect(rules[0]?.when.map(({ name }) => name)).toEqual([key]);
    },
  );
});

test('words of strangers are cut and on one line', () => {
  const judged = judge('labels: a', { subject: mr({ labels: [`x\n\u001B[31m\u202E${'y'.repeat(200)}`] }) });
  expect(judged.outcome === 'fails' ? judged.words : '').toMatch(
    /^the labels \(x \[31m y{60,75}…\) do not hold a$/,
  );
});
