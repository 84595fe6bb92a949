import { onTestFinished } from 'vitest';
import { setupWishesFrom } from '../../../src/cli/setup-wishes-from.ts';
import { setupOptions } from '../../../src/config/setup-options.ts';
import type { GitLab } from '../../../src/gitlab/ports/port.ts';
import { connectGitLab } from '../../../src/gitlab/rest.ts';
import { setup } from '../../../src/usecases/setup/setup.ts';
import type { SetupOutcome } from '../../../src/usecases/setup/wishes.ts';
import { aClock, aLog, type TestClock, type TestLog } from '../../gitlab/connect-for-test.ts';
import { bot, botProjectState, canaries } from '../../setup/bot-project-state.ts';
import {
  type EmbeddedGitLab,
  type EmbeddedOptions,
  startEmbeddedGitLab,
} from '../../support/gitlab/embedded-gitlab.ts';
import type { EmbeddedState } from '../../support/gitlab/state/state.ts';

export interface SetupStage {
  readonly gitlab: EmbeddedGitLab;
  readonly state: EmbeddedState;
  readonly clock: TestClock;
  readonly log: TestLog;
  /** GitLab as the user of a token sees it. */
  connect(token: string): GitLab;
  /**
   * Runs `herald setup`, as the maintainer unless another token is given, with these options over those for all watched
   * projects.
   */
  run(
    options?: Readonly<Record<string, unknown>>,
    variables?: Readonly<Record<string, string>>,
    token?: string,
  ): Promise<readonly SetupOutcome[]>;
}

/** A GitLab with a bot's project and projects to watch, over HTTP in this process. */
export async function aSetupStage(
  watched: readonly string[] = ['shop/checkout'],
  options: Omit<EmbeddedOptions, 'state'> = {},
): Promise<SetupStage> {
  const state = botProjectState(watched);
  const gitlab = await startEmbeddedGitLab({ ...options, state });
  onTestFinished(() => gitlab.stop());
  const clock = aClock(new Date().toISOString());
  const log = aLog();
  const connect = (token: string): GitLab =>
    connectGitLab({
      apiUrl: gitlab.apiUrl,
      token: { kind: 'bot', value: token, variable: 'HERALD_TOKEN' },
      log,
      clock,
      audit: () => undefined,
      caFile: null,
      variables: {},
    });
  return {
    gitlab,
    state,
    clock,
    log,
    connect,
    async run(chosen = {}, variables = { HERALD_BOT_TOKEN: canaries.bot }, token = canaries.maintainer) {
      const parsed = setupOptions.parse({
        server: gitlab.url,
        allowInsecure: true,
        botProject: bot.path,
        ...('group' in chosen ? {} : { watch: watched }),
        ...chosen,
      });
      const outcomes: SetupOutcome[] = [];
      const wishes = setupWishesFrom(parsed, { variables });
      const world = { gitlab: connect(token), clock, log };
      for await (const outcome of setup(wishes, world)) outcomes.push(outcome);
      return outcomes;
    },
  };
}
