import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { bot, botProjectState, canaries, maintainer } from '../setup/bot-project-state.ts';
import {
  type EmbeddedGitLab,
  type EmbeddedOptions,
  startEmbeddedGitLab,
} from '../support/gitlab/embedded-gitlab.ts';
import type { EmbeddedState } from '../support/gitlab/state/state.ts';
import { type Run, runHerald } from './run-herald.ts';

export { bot, canaries, maintainer };

export interface BotProject {
  readonly gitlab: EmbeddedGitLab;
  readonly state: EmbeddedState;
  readonly directory: string;
  /** Runs `herald setup` as the maintainer, with these arguments. */
  setup(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Run>;
  /** Methods and paths of the requests that changed something, since the last time it was asked. */
  writes(): readonly string[];
}

/** A GitLab with a bot's project and as many projects to watch; gone when the test is. */
export async function aBotProject(
  watched: readonly string[],
  options: Omit<EmbeddedOptions, 'state'> = {},
): Promise<BotProject> {
  const state = botProjectState(watched);
  const gitlab = await startEmbeddedGitLab({ ...options, state });
  const directory = await mkdtemp(join(tmpdir(), 'herald-setup-'));
  onTestFinished(async () => {
    await gitlab.stop();
    await rm(directory, { recursive: true, force: true });
  });
  let seen = 0;
  return {
    gitlab,
    state,
    directory,
    setup: (args, env = {}) =>
      runHerald(['setup', '--server', `${gitlab.url}/`, '--allow-insecure', ...args], {
        cwd: directory,
        env: { HERALD_TOKEN: canaries.maintainer, ...env },
      }),
    writes() {
      const fresh = gitlab.requests.slice(seen);
      seen = gitlab.requests.length;
      return fresh.flatMap(({ method, path }) => (method === 'GET' ? [] : [`${method} ${path}`]));
    },
  };
}
