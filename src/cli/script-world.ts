import type { ScriptOptions } from '../config/write-options.ts';
import { credentialsFrom } from '../context/credentials.ts';
import { transportWarning } from '../context/token-origin.ts';
import { writeTargetFrom } from '../context/write-target.ts';
import { type ExitCode, exitCodes, UsageError } from '../errors.ts';
import type { Write } from '../model/write.ts';
import type { ScriptWorld } from '../usecases/write-by-script.ts';
import type { Host } from './host.ts';
import { openLog } from './session.ts';

interface ScriptRun {
  readonly options: ScriptOptions;
  readonly of: 'merge-request' | 'pipeline';
  write(world: ScriptWorld): Promise<readonly Write[]>;
}

/**
 * Runs a command that writes one thing to GitLab for a script: finds token and target, and prints the writes of a dry
 * run.
 */
export async function runForScript({ options, of, write }: ScriptRun, host: Host): Promise<ExitCode> {
  const log = openLog(options, host);
  const target = writeTargetFrom(options, host.variables, of);
  const transport = transportWarning(target.apiUrl);
  if (transport !== null) log.warn(transport);
  const credentials = credentialsFrom(host.variables);
  for (const warning of credentials.warnings) log.warn(warning);
  if (credentials.kind !== 'bot')
    throw new UsageError('no token with write access found', {
      hint: 'put a token with the scope api into the variable HERALD_TOKEN',
    });
  const { kind, token: value, variable } = credentials;
  const { gitlab } = await host.connectGitLab({
    apiUrl: target.apiUrl,
    token: { kind, value, variable },
    log,
    maxTotalMs: options.maxWait * 1000,
  });
  const { dryRun } = options;
  const writes = await write({ gitlab, clock: host.clock, log, target, dryRun });
  if (dryRun) {
    const { describeWrites } = await import('../usecases/describe-writes.ts');
    for (const line of describeWrites(writes)) host.output.write(`${line}\n`);
  }
  return exitCodes.done;
}
