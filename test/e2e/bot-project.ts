import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  type EmbeddedGitLab,
  type EmbeddedOptions,
  startEmbeddedGitLab,
} from '../../src/demo/embedded-gitlab.ts';
import { type EmbeddedState, emptyState } from '../../src/demo/state.ts';
import { type Run, runHerald } from './run-herald.ts';

/** Values that no output may hold. */
export const canaries = {
  maintainer: 'glpat-CANARY-maintainer-0123456789',
  bot: 'glpat-CANARY-bot-token-abcdef0123',
};

export const maintainer = { id: 70, username: 'maria' };
const otherMaintainer = { id: 71, username: 'otto' };
export const bot = { id: 9, path: 'shop/herald-bot' };

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
  const state = emptyState();
  state.users.push(maintainer, otherMaintainer);
  state.tokens.push({ value: canaries.maintainer, kind: 'personal', userId: maintainer.id });
  state.projects.push(
    { id: bot.id, path_with_namespace: bot.path, default_branch: 'main' },
    ...watched.map((path, index) => ({
      id: 100 + index,
      path_with_namespace: path,
      default_branch: 'main',
    })),
  );
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
