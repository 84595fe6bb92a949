import { loadOptions } from '../config/load.ts';
import { optionRows } from '../config/option-row.ts';
import { statusOptions } from '../config/write-options.ts';
import { type ExitCode, UsageError } from '../errors.ts';
import type { Command } from './command.ts';
import type { Host } from './host.ts';
import { runForScript } from './script-world.ts';
import { summaries } from './summaries.ts';

export const statusCommand: Command = {
  name: 'status',
  usage: '--state <state>',
  description: summaries.status,
  options: statusOptions,
  positional: null,
  examples: [
    ['herald status --name herald/tests --state running', 'in a first job; herald report finishes it'],
    ['herald status --name deploy --state success --description "on staging"', 'a status of your own'],
  ],
  run: runStatus,
};

function possibleStates(): readonly string[] {
  return optionRows(statusOptions).find(({ name }) => name === 'state')?.choices ?? [];
}

async function runStatus(flags: Readonly<Record<string, unknown>>, host: Host): Promise<ExitCode> {
  const files = host.filesUnder(host.workingDirectory);
  const { options } = await loadOptions(statusOptions, { flags, variables: host.variables, files });
  const { state, name, description, targetUrl } = options;
  if (state === null)
    throw new UsageError('herald status needs --state', { hint: `one of ${possibleStates().join(', ')}` });
  const { writeStatus } = await import('../usecases/write-by-script.ts');
  const url = targetUrl ?? host.variables['CI_JOB_URL'] ?? null;
  return runForScript(
    {
      options,
      of: 'pipeline',
      write: (world) => writeStatus(world, { name, state, description, targetUrl: url }),
    },
    host,
  );
}
