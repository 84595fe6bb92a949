import { loadOptions } from '../config/load.ts';
import { labelOptions } from '../config/write-options.ts';
import type { ExitCode } from '../errors.ts';
import type { Command } from './command.ts';
import type { Host } from './host.ts';
import { runForScript } from './script-world.ts';
import { summaries } from './summaries.ts';

export const labelCommand: Command = {
  name: 'label',
  usage: '[--add <labels>] [--remove <labels>]',
  description: summaries.label,
  options: labelOptions,
  positional: null,
  examples: [
    [
      'herald label --add deployed --remove ready-to-deploy',
      'writes nothing if the labels are already up to date',
    ],
  ],
  run: runLabel,
};

async function runLabel(flags: Readonly<Record<string, unknown>>, host: Host): Promise<ExitCode> {
  const files = host.filesUnder(host.workingDirectory);
  const { options } = await loadOptions(labelOptions, { flags, variables: host.variables, files });
  const { writeLabels } = await import('../usecases/write-by-script.ts');
  return runForScript({ options, of: 'merge-request', write: (world) => writeLabels(world, options) }, host);
}
