import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Occurrence } from '../../../src/bot/occurrence.ts';
import { parseSettings } from '../../../src/bot/parse-settings.ts';
import { evaluateRules } from '../../../src/bot/rules/evaluate.ts';
import { presets } from '../../../src/bot/rules/presets/registry.ts';
import type { BotAction } from '../../../src/model/bot-write.ts';
import type { Document } from '../../../src/model/document.ts';
import type { Facts } from '../../../src/model/facts.ts';
import { renderMarkdown } from '../../../src/render/markdown/render-markdown.ts';
import { emptyTrail } from '../../../src/trail/deployments/join-trails.ts';
import {
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

interface Situation {
  readonly facts?: Partial<Facts>;
  readonly on?: Partial<Occurrence>;
}

/** What a set does in a situation, an action as its name and what is told apart by it. */
function does(set: string, { facts = {}, on = {} }: Situation = {}): readonly string[] {
  const { rules } = parseSettings({ bot: { presets: parse(`{${set}}`) as unknown } }, null);
  return evaluateRules(rules, anOccurrence(on), theFacts(facts))
    .flatMap(({ actions }) => actions)
    .map(describeAction);
}

function firstLine(document: Document): string {
  return renderMarkdown(document).split('\n')[0] ?? '';
}

function describeAction(action: BotAction): string {
  if (action.do === 'comment' || action.do === 'openThread')
    return `${action.do} ${action.on.iid} ${action.key}: ${firstLine(action.document)}`;
  if (action.do === 'openIssue')
    return `openIssue ${action.key}: ${action.title}: ${firstLine(action.document)}`;
  if (action.do === 'label') return `label +${action.add.join('+')} -${action.remove.join('-')}`;
  if (action.do === 'trackDeployments') return `trackDeployments ${action.on.iid}`;
  if (action.do === 'setReviewers') return `setReviewers ${action.userIds.join(',')}`;
  return 'key' in action ? `${action.do} ${action.key}` : action.do;
}

const mr = mergeRequestFacts;
const schedule = { names: ['schedule'] };

describe('welcome', () => {
  const first = { subject: mr({ firstContribution: true }), record: [] };
  test('the first contribution is greeted, once', () => {
    expect(does('welcome: true', { facts: first })).toEqual([
      'comment 17 rule/welcome: Thank you for your first contribution to `shop/checkout`, @ada! Somebody will have a look at it soon.',
    ]);
    expect(
      does('welcome: true', { facts: { ...first, record: [anOwnRecord({ key: 'rule/welcome' })] } }),
    ).toEqual([]);
  });

  test('others are not, and nobody at later events', () => {
    expect(does('welcome: true')).toEqual([]);
    expect(
      does('welcome: true', { facts: first, on: { names: ['merge_request', 'merge_request.merged'] } }),
    ).toEqual([]);
  });

  test('in words of the project', () => {
    expect(does("welcome: {text: 'Hi {author}'}", { facts: first })).toEqual([
      'comment 17 rule/welcome: Hi `ada`',
    ]);
  });
});

describe('conventional titles', () => {
  const titled = (title: string, more: Partial<Facts> = {}): Situation => ({
    facts: { subject: mr({ title }), ...more },
  });
  const reminded = [
    'comment 17 rule/conventional-titles: The title of this merge request is not a [conventional commit](https://www.conventionalcommits.org/), for example:',
  ];

  test.each([
    ['feat: take vouchers', []],
    ['feat(till)!: take vouchers', []],
    ['Draft: fix(a, b): x', reminded],
    ['Draft: fix(a/b): x', []],
    ['feat:no space', reminded],
    ['Feat: upper case', reminded],
    ['feature: no such type', reminded],
    ['feat(): no scope', reminded],
    ['Take vouchers', reminded],
  ])('%s', (title, expected) => {
    expect(does('conventional-titles: true', titled(title))).toEqual(expected);
  });

  test('types and scopes of the project', () => {
    const set = 'conventional-titles: {types: [feature], scopes: [till, back-office]}';
    expect(does(set, titled('feature(back-office): x'))).toEqual([]);
    expect(does(set, titled('feature(other): x'))).toHaveLength(1);
    expect(does(set, titled('feat: x'))).toHaveLength(1);
  });

  test('the reminder goes once the title is right', () => {
    const record = [anOwnRecord({ key: 'rule/conventional-titles' })];
    expect(does('conventional-titles: true', titled('feat: x', { record }))).toEqual([
      'removeComment rule/conventional-titles',
    ]);
  });

  test('as a thread that blocks the merge', () => {
    const record = [anOwnRecord({ key: 'rule/conventional-titles', kind: 'thread' })];
    const set = 'conventional-titles: {how: thread}';
    expect(does(set, titled('x'))[0]).toMatch(/^openThread 17 rule\/conventional-titles: The title/);
    expect(does(set, titled('feat: x', { record }))).toEqual(['resolveThread rule/conventional-titles']);
  });

  test('bots and exempt labels are left alone', () => {
    const bot = mr({ title: 'x', author: aPerson({ username: 'project_42_bot_1a2b' }) });
    expect(does('conventional-titles: true', { facts: { subject: bot } })).toEqual([]);
    const labelled = mr({ title: 'x', labels: ['no-title'] });
    expect(does('conventional-titles: {exempt-labels: [no-*]}', { facts: { subject: labelled } })).toEqual(
      [],
    );
  });
});

describe('description', () => {
  const described = (description: string): Situation => ({
    facts: { subject: mr({ description }), closes: [] },
  });

  test.each([
    ['both are there', 'Vouchers can be taken at every till.\n\nCloses #12', []],
    ['nothing', '', ['comment 17 rule/description: ', 'comment 17 rule/description/issue: ']],
    [
      'only the template',
      '## What\n<!-- say what -->\n- [ ] tests',
      ['comment 17 rule/description: ', 'comment 17 rule/description/issue: '],
    ],
    ['no issue', 'Vouchers can be taken at every till.', ['comment 17 rule/description/issue: ']],
    ['an issue and no words', '#1', ['comment 17 rule/description: ']],
  ])('%s', (_why, description, expected) => {
    expect(
      does('description: true', described(description)).map((line) => line.replace(/: .*/, ': ')),
    ).toEqual(expected);
  });

  test('drafts have time', () => {
    expect(does('description: true', { facts: { subject: mr({ description: '', draft: true }) } })).toEqual(
      [],
    );
  });

  test('each half can be switched off', () => {
    expect(does('description: {characters: 0, issue: false}', described(''))).toEqual([]);
  });

  test('an issue that GitLab does not tell of is no reason to remind', () => {
    const facts = { subject: mr({ description: 'Vouchers can be taken at every till.' }) };
    expect(does('description: true', { facts })).toEqual([]);
  });
});

describe('changelog', () => {
  const changing = (...paths: readonly string[]): Situation => ({ facts: { changes: changesOf(paths) } });

  test('code without a line in it is reminded of', () => {
    expect(does('changelog: true', changing('src/a.ts'))[0]).toMatch(/^comment 17 rule\/changelog: /);
    expect(does('changelog: true', changing('src/a.ts', 'CHANGELOG.md'))).toEqual([]);
    expect(does('changelog: true', changing('src/a.ts', 'packages/a/CHANGELOG.md'))).toEqual([]);
    expect(does('changelog: true', changing('docs/a.md'))).toEqual([]);
  });

  test('a label says that it needs none', () => {
    const facts = { subject: mr({ labels: ['skip-changelog'] }), changes: changesOf(['src/a.ts']) };
    expect(does('changelog: true', { facts })).toEqual([]);
  });
});

describe('labels', () => {
  test('one size, in place of the one before', () => {
    const facts = { subject: mr({ labels: ['size::XS', 'x'] }), changes: changesOf(['a', 'b']) };
    expect(does('size-labels: true', { facts })).toEqual(['label +size::S -size::XS']);
  });

  test('sizes of the project, in any order', () => {
    const set = 'size-labels: {labels: {big: 15, small: 0}}';
    expect(does(set, { facts: { changes: changesOf(['a', 'b']) } })).toEqual(['label +big -']);
    expect(does(set, { facts: { changes: changesOf(['a']) } })).toEqual(['label +small -']);
  });

  test('of lines that GitLab omits, only the largest size is certain', () => {
    const omitting = (additions: number): Situation => ({
      facts: { changes: changesOf(['a'], { additions, linesComplete: false }) },
    });
    expect(does('size-labels: true', omitting(600))).toEqual([]);
    expect(does('size-labels: true', omitting(1_000))).toEqual(['label +size::XL -']);
  });

  const paths = "path-labels: {labels: {docs: 'docs/**', ci: ['.gitlab-ci.yml', 'ci/**']}}";
  test('what is changed', () => {
    expect(does(paths, { facts: { changes: changesOf(['docs/a', 'ci/b']) } })).toEqual([
      'label +docs -',
      'label +ci -',
    ]);
  });

  test('a label of what is changed no longer stays, unless it shall go', () => {
    const facts = { subject: mr({ labels: ['docs'] }), changes: changesOf(['a']) };
    expect(does(paths, { facts })).toEqual([]);
    expect(does(paths.replace('}}', '}, remove: true}'), { facts })).toEqual(['label + -docs']);
  });
});

describe('reviewers', () => {
  const facts = {
    codeOwners: { path: 'CODEOWNERS', text: '*.ts @bob\n' },
    changes: changesOf(['a.ts']),
    members: [aMember({ id: 8, username: 'bob' }), aMember({ id: 9, username: 'carol' })],
    reviewLoad: new Map([[8, 3]]),
  };

  test('the code owner, once it is not a draft', () => {
    expect(does('reviewers: true', { facts })).toEqual(['setReviewers 8']);
    expect(does('reviewers: true', { facts: { ...facts, subject: mr({ draft: true }) } })).toEqual([]);
  });

  test('only for some branches', () => {
    expect(does("reviewers: {target-branches: ['release/*']}", { facts })).toEqual([]);
  });
});

describe('stale', () => {
  const now = new Date('2026-06-01T00:00:00Z');
  const quiet = mr({ updatedAt: '2026-04-01T00:00:00Z' });
  const warned = mr({ labels: ['stale'], updatedAt: '2026-05-01T00:00:10Z' });
  const record = [anOwnRecord({ at: '2026-05-01T00:00:00Z' })];
  const lines = (set: string, facts: Partial<Facts>, on: Partial<Occurrence> = schedule): readonly string[] =>
    does(set, { facts: { now, record: [], ...facts }, on }).map((line) => line.replace(/: .*/, ''));

  test('quiet for a month: a label and a warning, the warning last', () => {
    expect(lines('stale: true', { subject: quiet })).toEqual(['label +stale -', 'comment 17 rule/stale']);
  });

  test('not so long', () => {
    expect(lines('stale: true', { subject: mr({ updatedAt: '2026-05-20T00:00:00Z' }) })).toEqual([]);
  });

  test('only the sweep looks', () => {
    expect(lines('stale: true', { subject: quiet }, {})).toEqual([]);
  });

  test.each([
    ['an exempt label', 'stale: {exempt-labels: [pinned]}', mr({ ...quiet, labels: ['Pinned'] })],
    ['a draft, where drafts are not stale', 'stale: {drafts: false}', mr({ ...quiet, draft: true })],
    ['an issue', 'stale: true', issueFacts({ updatedAt: quiet.updatedAt })],
    ['a merge request, where only issues are', 'stale: {on: issues}', quiet],
    ['what is closed', 'stale: true', mr({ ...quiet, state: 'closed' })],
  ])('%s is never warned', (_why, set, subject) => {
    expect(lines(set, { subject })).toEqual([]);
  });

  test('issues too, where so set, and issues are no drafts', () => {
    const subject = issueFacts({ updatedAt: quiet.updatedAt });
    expect(lines('stale: {on: both, drafts: false}', { subject })).toEqual([
      'label +stale -',
      'comment 5 rule/stale',
    ]);
  });

  test('a draft is warned where drafts become stale', () => {
    expect(lines('stale: true', { subject: mr({ ...quiet, draft: true }) })).toHaveLength(2);
  });

  test('warned, and it stays quiet: closed with a word', () => {
    const soon = new Date('2026-05-14T23:00:00Z');
    expect(lines('stale: true', { subject: warned, record, now: soon })).toEqual([]);
    const due = new Date('2026-05-15T01:00:00Z');
    expect(lines('stale: true', { subject: warned, record, now: due })).toEqual([
      'comment 17 rule/stale-closed',
      'setState',
    ]);
  });

  test('warned, and closing is off', () => {
    const due = new Date('2026-05-20T00:00:00Z');
    expect(lines('stale: {close-after: null}', { subject: warned, record, now: due })).toEqual([]);
  });

  const active = mr({ ...warned, updatedAt: '2026-05-10T00:00:00Z' });
  test.each([
    ['at the event', ['merge_request', 'merge_request.new-commits']],
    ['at a comment', ['note', 'note.created']],
    ['at the latest at the sweep', ['schedule']],
  ])('warned, and somebody did something: the warning goes, %s', (_why, names) => {
    const due = new Date('2026-05-20T00:00:00Z');
    expect(lines('stale: true', { subject: active, record, now: due }, { names })).toEqual([
      'label + -stale',
      'removeComment rule/stale',
    ]);
  });

  test('warned, and then exempt: not closed', () => {
    const subject = mr({ ...warned, labels: ['stale', 'pinned'] });
    expect(
      lines('stale: {exempt-labels: [pinned]}', { subject, record, now: new Date('2026-05-20T00:00:00Z') }),
    ).toEqual([]);
  });

  test('a label of that name alone closes nothing: somebody else may have set it', () => {
    expect(
      lines('stale: true', {
        subject: mr({ ...warned, labels: ['stale'] }),
        now: new Date('2026-05-29T00:00:00Z'),
      }),
    ).toEqual([]);
  });

  test('a month later still as it was: nothing is said again', () => {
    const later = mr({ ...warned, state: 'closed' });
    expect(lines('stale: true', { subject: later, record })).toEqual([]);
  });
});

describe('failing default branch', () => {
  const failed = { names: ['default_branch', 'default_branch.failed'], subject: null, ref: 'main' };
  const passed = {
    names: ['default_branch', 'default_branch.passed', 'default_branch.recovered'],
    subject: null,
    ref: 'main',
  };
  const facts = { subject: null, pipeline: failedPipeline(), ownIssues: [] };
  const issue = {
    iid: 30,
    key: 'rule/default-branch',
    confidential: false,
    state: 'opened',
    url: '',
    description: '',
    updatedAt: '2026-03-04T10:30:00Z',
  } as const;

  test('it fails: one issue, with what failed', () => {
    expect(does('failing-default-branch: true', { facts, on: failed })).toEqual([
      'openIssue rule/default-branch: The pipeline of main fails: Pipeline [`#1200`](https://gitlab.example.com/shop/checkout/-/pipelines/1200) of `main` failed at `4f2b9c1d`: [`unit`](https://gitlab.example.com/shop/checkout/-/jobs/1)',
    ]);
  });

  test('it fails again in another pipeline: told there; the same one is told once', () => {
    const open = { ...facts, ownIssues: [issue] };
    expect(does('failing-default-branch: true', { facts: open, on: failed })).toHaveLength(1);
    expect(does('failing-default-branch: {repeat: false}', { facts: open, on: failed })).toEqual([]);
    const told = { ...facts, ownIssues: [{ ...issue, updatedAt: '2026-03-04T11:30:00Z' }] };
    expect(does('failing-default-branch: true', { facts: told, on: failed })).toEqual([]);
  });

  test('it passes: the issue is closed', () => {
    const open = { ...facts, ownIssues: [issue] };
    expect(does('failing-default-branch: true', { facts: open, on: passed })).toEqual([
      'closeIssue rule/default-branch',
    ]);
    expect(does('failing-default-branch: true', { facts, on: passed })).toEqual([]);
  });
});

describe('incidents', () => {
  const failed = { names: ['default_branch', 'default_branch.failed'], subject: null, ref: 'main' };
  const facts = { subject: null, pipeline: failedPipeline(), ownIssues: [] };
  const deployment = {
    facts: { ...facts, pipeline: null, deployment: deploymentFacts({ status: 'failed' }) },
    on: { names: ['deployment', 'deployment.failed'], subject: null, deploymentId: 71 },
  };

  test('a failing branch and a failed deployment are issues', () => {
    expect(does('incidents: true', { facts, on: failed })).toEqual([
      expect.stringMatching(/^openIssue rule\/incident\/default-branch: The pipeline of main fails: /),
    ]);
    expect(does('incidents: true', deployment)).toEqual([
      expect.stringMatching(/^openIssue rule\/incident\/environment\/production: /),
    ]);
  });

  test('what a project does not want has none', () => {
    expect(does('incidents: {branch: false}', { facts, on: failed })).toEqual([]);
    expect(does('incidents: {deployments: false}', deployment)).toEqual([]);
    expect(does('incidents: {exempt-environments: [prod*]}', deployment)).toEqual([]);
  });

  test('tests have issues only where the project asks for them', () => {
    const failing = { id: '00000000000000aa', label: 'till.Cart: adds up', runs: 4, failedRuns: 1 };
    const testRuns = { failing: [failing], total: 2, passesInARow: () => 0 };
    const situation = { facts: { ...facts, testRuns }, on: failed };
    expect(does('incidents: {branch: false}', situation)).toEqual([]);
    expect(does('incidents: {branch: false, tests: {max: 1}}', situation)).toEqual([
      'openIssue rule/failing-test/00000000000000aa: Test fails: till.Cart: adds up: `till.Cart: adds up` fails on `main`.',
      expect.stringMatching(/^openIssue rule\/failing-tests: More tests fail: 1 more test fails /),
    ]);
  });
});

describe('deployments', () => {
  const on = { names: ['deployment', 'deployment.success'], subject: null, deploymentId: 71 };
  const reached = (environment: string): Situation => ({
    facts: {
      subject: null,
      deployment: deploymentFacts({
        environment,
        mergeRequests: [17, 18].map((iid) => ({ kind: 'merge_request', project: 42, iid })),
      }),
      trail: {
        omitted: 0,
        news: [17, 18].map((iid) => ({
          mergeRequest: {
            on: { kind: 'merge_request', project: 42, iid },
            url: '',
            labels: iid === 18 ? ['herald::muted'] : [],
          },
          trail: emptyTrail,
        })),
      },
    },
    on,
  });

  test('one comment on each merge request that reached it, unless it is muted', () => {
    expect(does('deployments: true', reached('production'))).toEqual(['trackDeployments 17']);
  });

  test('with a text of the project one comment for each environment', () => {
    const text = 'This is on {environment} now, with {commit}.';
    expect(does(`deployments: {text: "${text}"}`, reached('production'))).toEqual(
      [17, 18].map(
        (iid) =>
          `comment ${iid} rule/deployments/production: This is on [\`production\`](https://shop.example.com/) now, with \`4f2b9c1d\`.`,
      ),
    );
  });

  test('review apps are not told of', () => {
    expect(does('deployments: true', reached('review/vouchers'))).toEqual([]);
  });

  test('only some environments', () => {
    expect(does('deployments: {environments: [prod*]}', reached('staging'))).toEqual([]);
    expect(does('deployments: {exempt-environments: []}', reached('review/x'))).toHaveLength(1);
  });
});

describe('the registry', () => {
  test.each(presets.map((preset) => [preset.name, preset] as const))(
    '%s can be switched on and off',
    (name, { settings }) => {
      const needed = name === 'path-labels' ? { labels: { a: 'b' } } : true;
      const names = (value: unknown): readonly string[] =>
        parseSettings({ bot: { presets: { [name]: value } } }, null).rules.map((rule) => rule.name);
      expect(names(needed).length).toBeGreaterThan(0);
      expect(names(needed).every((rule) => rule.split('/')[0] === name)).toBe(true);
      expect(names(false)).toEqual([]);
      expect(Object.keys(settings.unwrap().shape).length).toBeGreaterThan(0);
    },
  );
});
