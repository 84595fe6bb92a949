import type { ProjectSettings } from '../model/setup.ts';
import type { Check } from './check.ts';

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
