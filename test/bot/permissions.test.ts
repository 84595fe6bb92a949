import { describe, expect, test } from 'vitest';
import type { BotCommand, CommandInput, Decision } from '../../src/bot/commands/command.ts';
import { commands } from '../../src/bot/commands/registry.ts';
import { judgeCommand } from '../../src/bot/commands/run-command.ts';
import { decide, type RightId, rights, tighten } from '../../src/bot/permissions.ts';
import { defaultSettings } from '../../src/bot/settings.ts';
import type { BranchRights, Facts, IssueFacts, MergeRequestFacts } from '../../src/model/facts.ts';
import { accessLevels, type Role } from '../../src/model/person.ts';
import { aJob, aPipeline } from '../builders.ts';
import { aMember, aPerson, issueFacts, mergeRequestFacts, theFacts } from './builders.ts';

const roles = Object.keys(accessLevels) as Role[];
const asker = { id: 70, username: 'asker' };
const stranger = aPerson({ id: 71, username: 'stranger' });

type Subject = MergeRequestFacts | IssueFacts;

/** No environment is protected from anybody, here and in the fork. */
const deployLimits = new Map(
  [42, 43].map((project) => [project, { environments: [], jobs: new Set<number>() }]),
);

const openBranch: BranchRights = { branch: 'vouchers', protected: false, mayPush: true, mayMerge: true };

function factsOf(role: Role, subject: Subject, more: Partial<Facts> = {}): Facts {
  const actor = aMember({ ...asker, accessLevel: accessLevels[role] });
  return theFacts({ actor, pipelineActor: actor, subject, deployLimits, sourceBranch: openBranch, ...more });
}

const foreign = {
  merge_request: mergeRequestFacts({ author: stranger }),
  issue: issueFacts({ author: stranger }),
} as const;
const own = {
  merge_request: mergeRequestFacts({ author: aPerson(asker) }),
  issue: issueFacts({ author: aPerson(asker) }),
} as const;

const branch = (changes: Partial<BranchRights>): BranchRights => ({
  branch: 'main',
  protected: true,
  mayPush: false,
  mayMerge: false,
  ...changes,
});
const mayPush = { targetBranch: branch({ mayPush: true }) };

/** Who has a right without being the author, from GitLab's tables: https://docs.gitlab.com/user/permissions/ */
const least: Readonly<Record<RightId, Role>> = {
  comment: 'none',
  'see-activity': 'reporter',
  'update-report': 'none',
  'run-pipeline': 'developer',
  'retry-jobs': 'developer',
  'cancel-jobs': 'developer',
  'edit-merge-request': 'developer',
  'close-merge-request': 'developer',
  'edit-issue': 'planner',
  'close-issue': 'planner',
  'create-issue': 'guest',
  'resolve-threads': 'developer',
  'mark-flaky': 'developer',
  push: 'developer',
};

/** What the author may besides, of his own merge request or issue. */
const ofAuthors: Partial<Record<RightId, Subject['kind']>> = {
  'close-merge-request': 'merge_request',
  'resolve-threads': 'merge_request',
  'close-issue': 'issue',
};

const table = (Object.keys(rights) as RightId[]).flatMap((right) =>
  roles.flatMap((role) =>
    (['merge_request', 'issue'] as const).map((kind) => ({
      right,
      role,
      kind,
      hasRole: accessLevels[role] >= accessLevels[least[right]],
    })),
  ),
);

describe('role × right', () => {
  test.each(table)(
    '$role, $right, somebody else wrote the $kind: $hasRole',
    ({ right, role, kind, hasRole }) => {
      expect(decide(right, factsOf(role, foreign[kind], mayPush)).allowed).toBe(hasRole);
    },
  );

  test.each(table)('$role, $right, own $kind', ({ right, role, kind, hasRole }) => {
    const mayAsAuthor = ofAuthors[right] === kind;
    expect(decide(right, factsOf(role, own[kind], mayPush)).allowed).toBe(hasRole || mayAsAuthor);
  });

  test('an assignee of an issue may close it as its author may; one of a merge request may not', () => {
    const assigned = issueFacts({ author: stranger, assignees: [aPerson(asker)] });
    expect(decide('close-issue', factsOf('guest', assigned)).allowed).toBe(true);
    const assignedMr = mergeRequestFacts({ author: stranger, assignees: [aPerson(asker)] });
    expect(decide('close-merge-request', factsOf('reporter', assignedMr)).allowed).toBe(false);
  });

  test('a level that GitLab has not today keeps its place in the order', () => {
    const between = aMember({ ...asker, accessLevel: 35 });
    expect(decide('retry-jobs', theFacts({ actor: between }))).toMatchObject({
      allowed: true,
      permission: 'Developer of shop/checkout',
    });
  });
});

describe('nobody has a right', () => {
  test.each(['run', 'play', 'ok-to-test'])('%s: where GitLab does not say who may deploy', (name) => {
    const command = commands.find((one) => one.name === name);
    const facts = factsOf('owner', foreign.merge_request, { deployLimits: null });
    expect(command?.decide(inputOf(command, facts))).toMatchObject({ allowed: false });
    const hidden = new Map([[42, { environments: null, jobs: new Set<number>() }]]);
    const unseen = factsOf('owner', foreign.merge_request, { deployLimits: hidden });
    expect(JSON.stringify(command?.decide(inputOf(command, unseen)))).toMatch(
      /"allowed":false.*role Maintainer/,
    );
  });

  const all = Object.keys(rights) as RightId[];

  test.each(all)('%s: of whom GitLab does not say who he is', (right) => {
    expect(decide(right, theFacts({ actor: null, ...mayPush }))).toEqual({
      allowed: false,
      missing: 'GitLab does not say who you are in shop/checkout',
    });
  });

  test.each(all)('%s: whose account is not active, as an owner and author either', (right) => {
    const actor = aMember({ ...asker, accessLevel: 50, active: false });
    const facts = theFacts({ actor, subject: own.merge_request, ...mayPush });
    expect(decide(right, facts)).toEqual({ allowed: false, missing: 'your account is not active' });
  });

  test('of an author, where what he wrote on is not known', () => {
    const actor = aMember({ ...asker, accessLevel: 0 });
    expect(decide('close-merge-request', theFacts({ actor, subject: null })).allowed).toBe(false);
  });
});

describe('pushing', () => {
  test.each([
    { name: 'takes the right to push to a protected branch', at: branch({ mayMerge: true }), allowed: false },
    { name: 'is allowed with it', at: branch({ mayPush: true }), allowed: true },
    { name: 'is not allowed where GitLab does not say', at: null, allowed: false },
  ])('$name', ({ at, allowed }) => {
    const facts = factsOf('owner', foreign.merge_request, { targetBranch: at });
    expect(decide('push', facts).allowed).toBe(allowed);
  });
});

describe('words', () => {
  test.each([
    {
      role: 'reporter',
      right: 'retry-jobs',
      words: /to retry jobs in shop\/checkout, you need the role Developer; yours is Reporter/,
    },
    { role: 'none', right: 'create-issue', words: /you need the role Guest; yours is no role/ },
    { role: 'minimal', right: 'edit-issue', words: /you need the role Planner; yours is Minimal Access/ },
    {
      role: 'security_manager',
      right: 'mark-flaky',
      words: /the role Developer; yours is Security Manager/,
    },
  ] as const)('a refusal names the missing role: $right', ({ role, right, words }) => {
    expect(decide(right, factsOf(role, foreign.merge_request))).toMatchObject({
      missing: expect.stringMatching(words) as string,
    });
  });

  test('what allowed it is named: the role, else that he is the author', () => {
    expect(decide('close-issue', factsOf('owner', own.issue))).toMatchObject({
      permission: 'Owner of shop/checkout',
    });
    expect(decide('close-issue', factsOf('guest', own.issue))).toMatchObject({
      permission: 'author of the issue',
    });
  });
});

describe('a project may ask for more', () => {
  const allowed: Decision = { allowed: true, permission: 'x' };
  const refused: Decision = { allowed: false, missing: 'y' };

  test.each<{ role: Role; least: string | undefined; decision: Decision; may: boolean }>([
    { role: 'developer', least: undefined, decision: allowed, may: true },
    { role: 'developer', least: 'maintainer', decision: allowed, may: false },
    { role: 'maintainer', least: 'maintainer', decision: allowed, may: true },
    { role: 'owner', least: 'maintainer', decision: allowed, may: true },
    { role: 'owner', least: 'guest', decision: refused, may: false },
    // A role that is none lets nobody through.
    { role: 'owner', least: 'boss', decision: allowed, may: false },
    { role: 'owner', least: 'toString', decision: allowed, may: false },
  ])('$role where $least is asked for: $may', ({ role, least: wanted, decision, may }) => {
    expect(tighten(decision, wanted, factsOf(role, foreign.merge_request)).allowed).toBe(may);
  });

  test('nobody is let through whose role is not known', () => {
    expect(tighten(allowed, 'guest', theFacts({ actor: null })).allowed).toBe(false);
  });
});

/** The least role for each command, and whether the author may without it. */
const byCommand: Readonly<
  Record<string, { mr: Role | null; issue: Role | null; author?: readonly Subject['kind'][] }>
> = {
  help: { mr: 'none', issue: 'none' },
  why: { mr: 'none', issue: 'none' },
  status: { mr: 'none', issue: 'none' },
  digest: { mr: 'reporter', issue: 'reporter' },
  'release-notes': { mr: 'reporter', issue: 'reporter' },
  report: { mr: 'none', issue: null },
  retry: { mr: 'developer', issue: null },
  cancel: { mr: 'developer', issue: null },
  run: { mr: 'developer', issue: null },
  play: { mr: 'developer', issue: null },
  'ok-to-test': { mr: 'developer', issue: null },
  label: { mr: 'developer', issue: 'planner' },
  unlabel: { mr: 'developer', issue: 'planner' },
  assign: { mr: 'developer', issue: 'planner' },
  unassign: { mr: 'developer', issue: 'planner' },
  review: { mr: 'developer', issue: null },
  reviewers: { mr: 'developer', issue: null },
  cc: { mr: 'none', issue: 'none' },
  hold: { mr: 'developer', issue: null, author: ['merge_request'] },
  unhold: { mr: 'developer', issue: null, author: ['merge_request'] },
  issue: { mr: 'guest', issue: 'guest' },
  link: { mr: null, issue: 'planner' },
  close: { mr: 'developer', issue: 'planner', author: ['merge_request', 'issue'] },
  reopen: { mr: 'developer', issue: 'planner', author: ['merge_request', 'issue'] },
  milestone: { mr: 'developer', issue: 'planner' },
  backport: { mr: 'developer', issue: null },
  flaky: { mr: 'developer', issue: 'developer' },
  unflaky: { mr: 'developer', issue: 'developer' },
  mute: { mr: 'developer', issue: 'planner', author: ['merge_request', 'issue'] },
  unmute: { mr: 'developer', issue: 'planner', author: ['merge_request', 'issue'] },
};

function inputOf(command: BotCommand, facts: Facts): CommandInput {
  const kind = facts.subject?.kind ?? 'merge_request';
  return {
    call: { name: command.name, args: [], text: command.name },
    on: { kind, project: 42, iid: 5 },
    facts,
    settings: defaultSettings,
    writtenAt: '2026-03-04T12:00:00Z',
    internal: false,
    verdicts: null,
    commands,
  };
}

const someRun = { pipeline: aPipeline({ projectId: 42 }), jobs: [aJob()] };

describe('role × command', () => {
  test('every command is in the table', () => {
    expect(Object.keys(byCommand).sort()).toEqual(commands.map(({ name }) => name).sort());
  });

  test.each(commands.map((command) => [command.name, command] as const))('%s', (name, command) => {
    const wanted = byCommand[name];
    for (const kind of ['merge_request', 'issue'] as const) {
      const from = kind === 'issue' ? wanted?.issue : wanted?.mr;
      expect(command.on.includes(kind)).toBe(from !== null);
      if (from === null || from === undefined) continue;
      for (const role of roles)
        for (const subject of [foreign[kind], own[kind]]) {
          const isOwn = subject === own[kind];
          const facts = factsOf(role, subject, { pipeline: kind === 'issue' ? null : someRun });
          const may =
            accessLevels[role] >= accessLevels[from] || (isOwn && wanted?.author?.includes(kind) === true);
          expect([role, kind, isOwn, judgeCommand(command, inputOf(command, facts)).kind]).toEqual([
            role,
            kind,
            isOwn,
            may ? 'outcome' : 'refused',
          ]);
        }
    }
  });

  test.each(['retry', 'cancel', 'play'])(
    '%s in a fork counts the role there, and on protected branches who may push or merge',
    (name) => {
      const command = commands.find((one) => one.name === name);
      const inFork = { pipeline: aPipeline({ projectId: 43 }), jobs: [aJob()] };
      const judged = (more: Partial<Facts>, role: Role = 'owner') =>
        command === undefined
          ? null
          : judgeCommand(command, inputOf(command, factsOf(role, foreign.merge_request, more))).kind;
      const member = (level: number) => aMember({ ...asker, accessLevel: level });
      expect(judged({ pipeline: inFork, pipelineActor: member(0) })).toBe('refused');
      expect(judged({ pipeline: inFork, pipelineActor: null })).toBe('refused');
      expect(judged({ pipeline: inFork, pipelineActor: member(30) }, 'guest')).toBe('outcome');
      expect(judged({ pipeline: someRun, sourceBranch: null })).toBe('refused');
      expect(judged({ pipeline: someRun, sourceBranch: branch({}) })).toBe('refused');
      expect(judged({ pipeline: someRun, sourceBranch: branch({ mayMerge: true }) })).toBe('outcome');
      expect(judged({ pipeline: someRun, sourceBranch: branch({ protected: false }) })).toBe('outcome');
    },
  );
});
