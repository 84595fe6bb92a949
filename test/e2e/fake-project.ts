import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { demoBot, demoFiles, demoVariables } from '../../src/demo/scenario.ts';
import {
  type EmbeddedGitLab,
  type EmbeddedOptions,
  startEmbeddedGitLab,
} from '../support/gitlab/embedded-gitlab.ts';
import { stateOfDemo } from '../support/gitlab/state/of-demo.ts';

export interface Project {
  readonly gitlab: EmbeddedGitLab;
  readonly directory: string;
  /** Variables of the merge-request pipeline, bot token included. */
  readonly env: Readonly<Record<string, string>>;
  /** Bodies of the bot's notes on the merge request. */
  botNotes(): readonly string[];
  write(path: string, content: string): Promise<void>;
}

/** A checkout with the demo's reports, its merge request and pipelines on an embedded GitLab; gone when the test is. */
export async function aProject(
  options: Omit<EmbeddedOptions, 'state'> = {},
  files: Readonly<Record<string, string>> = demoFiles('first'),
): Promise<Project> {
  const gitlab = await startEmbeddedGitLab({ ...options, state: stateOfDemo(new Date()) });
  const directory = await mkdtemp(join(tmpdir(), 'herald-e2e-'));
  onTestFinished(async () => {
    await gitlab.stop();
    await rm(directory, { recursive: true, force: true });
  });
  const write = async (path: string, content: string): Promise<void> => {
    const target = join(directory, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
  };
  for (const [path, content] of Object.entries(files)) await write(path, content);
  return {
    gitlab,
    directory,
    env: { ...demoVariables('first', gitlab.url, directory), GITLAB_CI: 'true' },
    botNotes: () =>
      gitlab.state.mergeRequests.flatMap(({ notes }) =>
        notes.filter(({ author }) => author.id === demoBot.id).map(({ body }) => body),
      ),
    write,
  };
}
