import { describe, expect, test } from 'vitest';
import type { EmbeddedState } from '../../support/gitlab/state/state.ts';
import { deploymentEvent, issueEvent, mergeRequestEvent, pushEvent, releaseEvent } from './events.ts';
import { aStage, forkMr, mr, type Payload } from './stage.ts';

interface Row {
  readonly name: string;
  readonly config: string;
  readonly event: Payload;
  readonly given?: (state: EmbeddedState) => void;
  readonly deeds: readonly string[];
  /** Of the first note that the bot wrote on the merge request. */
  readonly note?: RegExp;
  readonly because?: RegExp;
}

const api = '/projects/42';
const comment = [`POST ${api}/merge_requests/7/notes`];
const edit = [`PUT ${api}/merge_requests/7`];

function rule(when: string, does: string, on = 'merge_request.opened'): string {
  return `bot: { rules: [{ name: r, on: ${on}, when: ${when}, do: [${does}] }] }`;
}

function mergeRequest(changes: object): (state: EmbeddedState) => void {
  return ({ mergeRequests: [first] }) => {
    Object.assign(first ?? {}, changes);
  };
}

const diff = {
  raw: null,
  files: [
    {
      old_path: 'src/till.ts',
      new_path: 'src/till.ts',
      new_file: false,
      renamed_file: false,
      deleted_file: false,
      diff: '@@ -1 +1,2 @@\n-a\n+b\n+c\n',
      collapsed: false,
      too_large: false,
    },
  ],
};

const hello = 'comment: Hello';
const opened = mergeRequestEvent('open');

const rows: readonly Row[] = [
  {
    name: 'a rule without conditions comments',
    config: rule('{}', hello),
    event: opened,
    deeds: comment,
    note: /Hello/,
  },
  {
    name: 'a rule about another event does nothing',
    config: rule('{}', hello, 'merge_request.merged'),
    event: opened,
    deeds: [],
    because: /no rule/,
  },
  {
    name: 'the target branch fits',
    config: rule('{target-branch: main}', hello),
    event: opened,
    deeds: comment,
  },
  {
    name: 'the target branch does not fit',
    config: rule('{target-branch: "release/*"}', hello),
    event: opened,
    deeds: [],
  },
  {
    name: 'a changed path fits',
    config: rule('{changed-paths: "src/**"}', hello),
    given: mergeRequest({ diff }),
    event: opened,
    deeds: comment,
  },
  {
    name: 'no changed path fits',
    config: rule('{changed-paths: "docs/**"}', hello),
    given: mergeRequest({ diff }),
    event: opened,
    deeds: [],
  },
  {
    name: 'the size fits',
    config: rule('{size: {at-least: 3}}', 'label: "size::S"'),
    given: mergeRequest({ diff }),
    event: opened,
    deeds: edit,
  },
  {
    name: 'the size does not fit',
    config: rule('{size: {at-least: 500}}', 'label: "size::XL"'),
    given: mergeRequest({ diff }),
    event: opened,
    deeds: [],
  },
  {
    name: 'a label is there',
    config: rule('{labels: backend}', hello),
    given: mergeRequest({ labels: ['backend'] }),
    event: opened,
    deeds: comment,
  },
  { name: 'a label is not there', config: rule('{labels: backend}', hello), event: opened, deeds: [] },
  {
    name: 'the author has the role',
    config: rule('{role: developer}', hello),
    event: opened,
    deeds: comment,
  },
  {
    name: 'the author has not the role',
    config: rule('{role: {below: developer}}', hello),
    event: opened,
    deeds: [],
  },
  {
    name: 'somebody from outside opened it',
    config: rule('{role: {below: developer}}', hello),
    event: mergeRequestEvent('open', { who: 'sam', on: forkMr }),
    deeds: [`POST ${api}/merge_requests/8/notes`],
  },
  {
    name: 'it comes from a fork',
    config: rule('{fork: true}', hello),
    event: mergeRequestEvent('open', { who: 'sam', on: forkMr }),
    deeds: [`POST ${api}/merge_requests/8/notes`],
  },
  { name: 'it does not come from a fork', config: rule('{fork: true}', hello), event: opened, deeds: [] },
  { name: 'the title fits', config: rule('{title: "^Take"}', hello), event: opened, deeds: comment },
  {
    name: 'the title in the payload counts for nothing',
    config: rule('{title: "^Steal"}', hello),
    event: mergeRequestEvent('open', { title: 'Steal vouchers' }),
    deeds: [],
  },
  {
    name: 'it is a draft',
    config: rule('{draft: true}', hello),
    given: mergeRequest({ title: 'Draft: Take vouchers' }),
    event: opened,
    deeds: comment,
  },
  { name: 'it is not a draft', config: rule('{draft: true}', hello), event: opened, deeds: [] },
  {
    name: 'its pipeline failed',
    config: rule('{status: failed}', 'retry-jobs: {reasons: [script_failure]}'),
    event: opened,
    deeds: [`POST ${api}/jobs/601/retry`],
  },
  {
    name: 'its pipeline did not succeed',
    config: rule('{status: success}', hello),
    event: opened,
    deeds: [],
  },
  {
    name: 'it is the first contribution',
    config: rule('{first-contribution: true}', hello),
    given: mergeRequest({ first_contribution: true }),
    event: opened,
    deeds: comment,
  },
  {
    name: 'labels are added and taken off in one request',
    config: rule('{}', 'label: {add: "size::L", remove: "size::*"}'),
    given: mergeRequest({ labels: ['size::S'] }),
    event: opened,
    deeds: edit,
  },
  { name: 'the author is assigned', config: rule('{}', 'assign: author'), event: opened, deeds: edit },
  { name: 'the milestone is set', config: rule('{}', 'milestone: "2.0"'), event: opened, deeds: edit },
  { name: 'it is closed', config: rule('{}', 'close'), event: opened, deeds: edit },
  { name: 'it becomes a draft', config: rule('{}', 'draft'), event: opened, deeds: edit },
  {
    name: 'it is approved at its head',
    config: rule('{}', 'approve'),
    event: opened,
    deeds: [`POST ${api}/merge_requests/7/approve`],
  },
  {
    name: 'a thread blocks it',
    config: rule('{}', 'open-thread: "Not yet."'),
    event: opened,
    deeds: [`POST ${api}/merge_requests/7/discussions`],
  },
  {
    name: 'an issue is opened under its key',
    config: rule('{}', 'open-issue: {key: k, title: T, text: X}'),
    event: opened,
    deeds: [`POST ${api}/issues`],
  },
  {
    name: 'a status is set',
    config: rule('{}', 'set-status: {name: herald/title, state: failed, description: no}'),
    event: opened,
    deeds: [`POST ${api}/statuses/${'a1'.repeat(20)}`],
  },
  {
    name: 'a pipeline is started',
    config: rule('{}', 'run-pipeline: {ref: main}', 'push.created'),
    given: ({ branches }) => void branches.push({ project_id: 42, name: 'next', sha: 'b0'.repeat(20) }),
    event: pushEvent('next'),
    deeds: [`POST ${api}/pipeline`],
  },
  {
    name: 'a push to a branch that fits',
    config: rule('{branch: main}', 'open-issue: {key: k, title: T, text: X}', 'push'),
    event: pushEvent('main'),
    deeds: [`POST ${api}/issues`],
  },
  {
    name: 'a push to another branch',
    config: rule('{branch: main}', 'open-issue: {key: k, title: T, text: X}', 'push'),
    given: ({ branches }) => void branches.push({ project_id: 42, name: 'next', sha: 'b0'.repeat(20) }),
    event: pushEvent('next'),
    deeds: [],
  },
  {
    name: 'a release opens an issue',
    config: rule(
      '{}',
      'open-issue: {key: "r/{branch}", title: "Announce {branch}", text: X}',
      'release.created',
    ),
    given: ({ releases }) =>
      void releases.push({
        project_id: 42,
        tag_name: '1.0',
        name: '1.0',
        released_at: '2026-01-01T00:00:00Z',
      }),
    event: releaseEvent('1.0'),
    deeds: [`POST ${api}/issues`],
  },
  {
    name: 'an issue gets a label',
    config: rule('{}', 'label: triage', 'issue.opened'),
    event: issueEvent('open', 3),
    deeds: [`PUT ${api}/issues/3`],
  },
  {
    name: 'what a muted object is told is not said',
    config: rule('{}', hello),
    given: mergeRequest({ labels: ['herald::muted'] }),
    event: opened,
    deeds: [],
  },
  {
    name: 'a muted object is still labelled',
    config: rule('{}', 'label: x'),
    given: mergeRequest({ labels: ['herald::muted'] }),
    event: opened,
    deeds: edit,
  },
  {
    name: 'nothing about a confidential issue leaves it',
    config: rule('{}', 'open-issue: {key: k, title: T, text: X}', 'issue.opened'),
    event: issueEvent('open', 4, 'mia'),
    deeds: [],
  },
  {
    name: 'a rule that stops ends the list',
    config:
      'bot: { rules: [{ name: a, on: merge_request.opened, stop: true, do: [{label: a}] }, { name: b, on: merge_request.opened, do: [{comment: B}] }] }',
    event: opened,
    deeds: edit,
  },
  {
    name: 'titles after convention',
    config: 'bot: { presets: { conventional-titles: {} } }',
    event: opened,
    deeds: comment,
    note: /title/i,
  },
  {
    name: 'a title after convention is left alone',
    config: 'bot: { presets: { conventional-titles: {} } }',
    given: mergeRequest({ title: 'feat: take vouchers' }),
    event: opened,
    deeds: [],
  },
  {
    name: 'a missing description',
    config: 'bot: { presets: { description: {} } }',
    event: opened,
    deeds: [...comment, ...comment],
    note: /descri/i,
  },
  {
    name: 'a welcome',
    config: 'bot: { presets: { welcome: {} } }',
    given: mergeRequest({ first_contribution: true }),
    event: opened,
    deeds: comment,
    note: /first contribution/,
  },
  {
    name: 'a reviewer by load',
    config: 'bot: { presets: { reviewers: { by: load } } }',
    event: opened,
    deeds: edit,
  },
  {
    name: 'a deployment is told of on the merge requests that it brought',
    config: 'bot: { presets: { deployments: {} } }',
    given: ({ deployments }) =>
      void deployments.push({
        id: 9,
        project_id: 42,
        status: 'success',
        ref: 'main',
        sha: 'a1'.repeat(20),
        environment: { name: 'production', tier: 'production', external_url: null },
        mergeRequests: [7],
      }),
    event: deploymentEvent(9, 'success'),
    deeds: comment,
    note: /production/,
  },
  {
    name: 'a deployment that the API does not know',
    config: 'bot: { presets: { deployments: {} } }',
    event: deploymentEvent(9, 'success'),
    deeds: [],
  },
];

describe('a rule', () => {
  test.each(rows)('$name', async ({ config, event, given, deeds, note, because }) => {
    const stage = await aStage(config);
    given?.(stage.state);
    const handled = await stage.handle(event);
    expect(stage.deeds()).toEqual(deeds);
    expect(handled.outcome).toBe(deeds.length === 0 ? 'ignored' : 'handled');
    if (note !== undefined) expect(stage.notes(mr)[0]).toMatch(note);
    if (because !== undefined) expect(handled.reason).toMatch(because);
    // Told twice, it is done once.
    await stage.handle(event);
    expect(stage.deeds()).toEqual([]);
  });
});
