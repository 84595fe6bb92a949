import { completionOptions, type Shell, shells } from '../config/completion-options.ts';
import { type ExitCode, exitCodes, UsageError } from '../errors.ts';
import { nearest } from '../model/nearest.ts';
import type { Command } from './command.ts';
import { bashCompletion } from './completion/bash.ts';
import { fishCompletion } from './completion/fish.ts';
import { type CompletableCommand, completable } from './completion/table.ts';
import { zshCompletion } from './completion/zsh.ts';
import type { Host } from './host.ts';
import { summaries } from './summaries.ts';

export const completionCommand: Command = {
  name: 'completion',
  description: summaries.completion,
  usage: '<bash|zsh|fish>',
  options: completionOptions,
  positional: 'shell',
  examples: [
    ['source <(herald completion bash)', 'in ~/.bashrc'],
    ['source <(herald completion zsh)', 'in ~/.zshrc, behind compinit'],
    ['herald completion fish | source', 'in ~/.config/fish/config.fish'],
  ],
  run: runCompletion,
};

const scripts: Readonly<Record<Shell, (commands: readonly CompletableCommand[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

function shellFrom(words: readonly string[]): Shell {
  const [first = '', extra] = words;
  if (extra !== undefined)
    throw new UsageError(`unexpected argument ${JSON.stringify(extra.slice(0, 80))}`, {
      hint: 'herald completion takes one shell',
    });
  const shell = shells.find((name) => name === first);
  if (shell !== undefined) return shell;
  const meant = nearest(first, shells);
  throw new UsageError(
    first === ''
      ? 'herald completion needs the name of a shell'
      : `no completion for ${JSON.stringify(first.slice(0, 80))}`,
    { hint: meant === null ? `one of ${shells.join(', ')}` : `did you mean "${meant}"?` },
  );
}

async function runCompletion(
  flags: Readonly<Record<string, unknown>>,
  host: Host,
  all: () => Promise<readonly Command[]>,
): Promise<ExitCode> {
  const words = Array.isArray(flags['shell']) ? flags['shell'].map(String) : [];
  const shell = shellFrom(words);
  host.output.write(scripts[shell](completable(await all())));
  return exitCodes.done;
}
