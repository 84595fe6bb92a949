import type { ProjectSettings, Webhook } from '../model/setup.ts';
import type { SetupPlan } from '../setup/change.ts';
import { describeChanges } from '../setup/describe-change.ts';
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

/** What herald setup would make or change here is missing or wrong. */
export function checkPlan(project: string, about: string, { changes, advice }: SetupPlan): readonly Check[] {
  const wrong = describeChanges(changes).map(
    ({ sign, text }): Check => ({
      project,
      about,
      state: 'problem',
      words: sign === '+' ? `missing: ${text}` : text,
      remedy: 'run herald setup, which puts it right',
    }),
  );
  const told = advice.map((words): Check => ({ project, about, state: 'warning', words, remedy: null }));
  return wrong.length + told.length === 0 ? [fine(project, about, 'as it should be')] : [...wrong, ...told];
}

/** Webhooks that GitLab has switched off. Source: https://docs.gitlab.com/user/project/integrations/webhooks/#auto-disabled-webhooks */
export function checkWebhooks(project: string, hooks: readonly Webhook[], url: string): readonly Check[] {
  return hooks
    .filter((hook) => hook.url === url && hook.state !== 'working')
    .map(
      ({ id, state }): Check => ({
        project,
        about: 'webhook',
        state: 'problem',
        words:
          state === 'paused'
            ? `GitLab paused webhook ${id} after failures, and tries again by itself`
            : `GitLab switched webhook ${id} off after failures`,
        remedy: `look at its recent events (Settings > Webhooks), mend the cause, and run herald setup --test`,
      }),
    );
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
