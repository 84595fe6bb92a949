import type { ProjectSettings } from '../model/setup.ts';
import { type Check, fine } from './check.ts';

/** GitLab's role Developer: comments and statuses need it. */
const developer = 30;

/** What the bot's user may do in a project. Source: https://docs.gitlab.com/user/permissions/ */
export function checkRole(project: string, accessLevel: number): Check {
  const about = 'role of the bot';
  if (accessLevel >= developer) return fine(project, about, 'Developer or more');
  return {
    project,
    about,
    state: 'problem',
    words: accessLevel === 0 ? 'it is no member' : 'it has less than the role Developer',
    remedy: 'add its user to the project or to one of its groups, as a Developer',
  };
}

/** A project that nothing can happen in. */
export function checkSettings({
  path,
  archived,
  pendingDeletion,
  ciEnabled,
}: ProjectSettings): readonly Check[] {
  const about = 'project';
  const problem = (words: string, remedy: string): Check => ({
    project: path,
    about,
    state: 'problem',
    words,
    remedy,
  });
  return [
    ...(archived ? [problem('it is archived', 'leave it out, or unarchive it')] : []),
    ...(pendingDeletion ? [problem('it is about to be deleted', 'leave it out')] : []),
    ...(ciEnabled ? [] : [problem('CI/CD is switched off', 'switch it on: Settings > General > Visibility')]),
  ];
}
