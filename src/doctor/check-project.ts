import type { ProjectSettings } from '../model/setup.ts';
import type { Check } from './check.ts';

/** A project in which nothing can run. */
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
    ...(archived ? [problem('it is archived', 'do not name it, or unarchive it')] : []),
    ...(pendingDeletion ? [problem('it is about to be deleted', 'do not name it')] : []),
    ...(ciEnabled ? [] : [problem('CI/CD is switched off', 'switch it on: Settings > General > Visibility')]),
  ];
}
