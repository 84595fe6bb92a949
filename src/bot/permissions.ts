/**
 * The rights of users in GitLab. A command can do only what its author could do in GitLab.
 * Source: https://docs.gitlab.com/user/permissions/#project-members-permissions
 */
import type { Facts, IssueFacts, MergeRequestFacts } from '../model/facts.ts';
import { accessLevels, type Member, type Role, roleName } from '../model/person.ts';
import type { Decision } from './commands/command.ts';

interface Right {
  /** Ends the sentence `you need … to`. */
  readonly words: string;
  /** The least role that has it. */
  readonly role: Role;
  /** Whether the author of the merge request or issue has it without that role. */
  readonly author?: 'merge_request' | 'issue' | 'both';
  /** On a protected branch only users who can push to it or merge into it. */
  readonly branch?: 'push or merge' | 'push';
}

/** One row a right, as GitLab's tables have them. */
export const rights = {
  /** Everybody who can comment can ask. */
  comment: { words: 'comment', role: 'none' },
  /** Guests of a private project see neither its code nor its merge requests. */
  'see-activity': { words: 'see what happens', role: 'reporter' },
  'update-report': { words: 'see the pipeline', role: 'none' },
  'run-pipeline': { words: 'run pipelines', role: 'developer' },
  'retry-jobs': { words: 'retry jobs', role: 'developer' },
  'cancel-jobs': { words: 'cancel jobs', role: 'developer' },
  'edit-merge-request': { words: 'change a merge request', role: 'developer' },
  'close-merge-request': {
    words: 'close or reopen a merge request',
    role: 'developer',
    author: 'merge_request',
  },
  /** Planner since GitLab 17.7; the API gives no such role before. */
  'edit-issue': { words: 'change an issue', role: 'planner' },
  'close-issue': { words: 'close or reopen an issue', role: 'planner', author: 'issue' },
  'create-issue': { words: 'open an issue', role: 'guest' },
  'resolve-threads': {
    words: 'open and resolve blocking threads',
    role: 'developer',
    author: 'merge_request',
  },
  /**
   * A test that does not count cannot block a merge, so the right to label is not enough: it needs the right to push.
   */
  'mark-flaky': { words: 'mark tests as flaky', role: 'developer' },
  push: { words: 'push to the branch', role: 'developer', branch: 'push' },
} as const satisfies Readonly<Record<string, Right>>;

export type RightId = keyof typeof rights;

function roleOf(accessLevel: number): string {
  return roleName(accessLevel) ?? 'no role';
}

function isAuthorOf(subject: MergeRequestFacts | IssueFacts | null, member: Member, right: Right): boolean {
  if (subject === null || right.author === undefined) return false;
  const isThatKind = right.author === 'both' || right.author === subject.kind;
  const isTheirs =
    subject.author.id === member.id ||
    (subject.kind === 'issue' && subject.assignees.some(({ id }) => id === member.id));
  return isThatKind && isTheirs;
}

function missingRole(right: Right, member: Member, project: string): string {
  const needed = roleOf(accessLevels[right.role]);
  return `to ${right.words} in ${project}, you need the role ${needed}; yours is ${roleOf(member.accessLevel)}`;
}

function branchDecision(right: Right, facts: Facts): Decision | null {
  const { targetBranch } = facts;
  if (right.branch === undefined) return null;
  if (targetBranch === null)
    return { allowed: false, missing: 'GitLab does not say who can push to the branch' };
  const may = right.branch === 'push' ? targetBranch.mayPush : targetBranch.mayPush || targetBranch.mayMerge;
  if (may) return null;
  return {
    allowed: false,
    missing: `the branch ${targetBranch.branch} is protected, and you cannot push to it`,
  };
}

/**
 * Whether the author of a comment has a right, by the API's facts. A user whose membership is unknown, who is blocked,
 * or who commented on an unknown object can only comment.
 */
export function decide(id: RightId, facts: Facts): Decision {
  const right: Right = rights[id];
  const { actor, subject, project } = facts;
  if (actor === null)
    return { allowed: false, missing: `GitLab does not say who you are in ${project.path}` };
  if (!actor.active) return { allowed: false, missing: 'your account is not active' };
  const hasRole = actor.accessLevel >= accessLevels[right.role];
  if (!hasRole && !isAuthorOf(subject, actor, right))
    return { allowed: false, missing: missingRole(right, actor, project.path) };
  const denied = branchDecision(right, facts);
  if (denied !== null) return denied;
  return {
    allowed: true,
    permission: hasRole
      ? `${roleOf(actor.accessLevel)} of ${project.path}`
      : `author of the ${subject?.kind === 'issue' ? 'issue' : 'merge request'}`,
  };
}

/** A project may ask for more than GitLab does, never for less: `least` is the role from its configuration. */
export function tighten(decision: Decision, least: string | undefined, facts: Facts): Decision {
  if (!decision.allowed || least === undefined) return decision;
  const level = Object.hasOwn(accessLevels, least)
    ? Object.entries(accessLevels).find(([name]) => name === least)?.[1]
    : undefined;
  const has = facts.actor?.accessLevel ?? 0;
  if (level !== undefined && has >= level) return decision;
  return {
    allowed: false,
    missing: `in this project this command needs the role ${level === undefined ? least : roleOf(level)}; yours is ${roleOf(has)}`,
  };
}
