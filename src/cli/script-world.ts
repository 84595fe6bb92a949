import type { ScriptOptions } from '../config/options.ts';
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

/** Runs a command that writes one thing to GitLab for a script: token, target, and what a dry run would write. */
export async function runForScript({ options, of, write }: ScriptRun, host: Host): Promise<ExitCode> {
  const log = openLog(options, host);
  const target = writeTargetFrom(options, host.variables, of);
  const transport = transportWarning(target.apiUrl);
  if (transport !== null) log.warn(transport);
  const credentials = credentialsFrom(host.variables);
  for (const warning of credentials.warnings) log.warn(warning);
  if (credentials.kind !== 'bot')
    throw new UsageError('there is no token that may write', {
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
  const { describeWrites } = await import('../usecases/report/publish/report.ts');
  if (dryRun) for (const line of describeWrites(writes)) host.output.write(`${line}\n`);
  return exitCodes.done;
}
