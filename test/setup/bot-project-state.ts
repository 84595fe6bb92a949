import { type EmbeddedState, emptyState } from '../support/gitlab/state/state.ts';

/** Values that no output may hold. */
export const canaries = {
  maintainer: 'glpat-CANARY-maintainer-0123456789',
  bot: 'glpat-CANARY-bot-token-abcdef0123',
};

export const maintainer = { id: 70, username: 'maria' };
export const otherMaintainer = { id: 71, username: 'otto' };
export const bot = { id: 9, path: 'shop/herald-bot' };

/**
 * What GitLab knows before a bot is set up: its empty project and the projects to watch, with ids from 100 on;
 * everybody is a maintainer.
 */
export function botProjectState(watched: readonly string[]): EmbeddedState {
  const state = emptyState();
  state.users.push({ ...maintainer }, { ...otherMaintainer });
  state.tokens.push({ value: canaries.maintainer, kind: 'personal', userId: maintainer.id });
  state.projects.push(
    {
      id: bot.id,
      path_with_namespace: bot.path,
      default_branch: 'main',
      ci_pipeline_variables_minimum_override_role: 'no_one_allowed',
    },
    ...watched.map((path, index) => ({
      id: 100 + index,
      path_with_namespace: path,
      default_branch: 'main',
    })),
  );
  return state;
}
