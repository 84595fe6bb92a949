import type { ScriptOptions } from '../config/write-options.ts';
import { writeTargetFrom } from '../context/write-target.ts';
import { type ExitCode, exitCodes } from '../errors.ts';
import type { Write } from '../model/write.ts';
import type { ScriptWorld } from '../usecases/write-by-script.ts';
import { connectAsBot } from './connect-as-bot.ts';
import type { Host } from './host.ts';
import { textLine } from './json-line.ts';
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
  const missing = {
    message: 'no token with write access found',
    hint: 'put a token with the scope api into the variable HERALD_TOKEN',
  };
  const { apiUrl } = target;
  const { gitlab } = await connectAsBot({ apiUrl, maxWait: options.maxWait, missing }, host, log);
  const { dryRun } = options;
  const writes = await write({ gitlab, clock: host.clock, log, target, dryRun, mask: host.maskText });
  if (dryRun) {
    const { describeWrites } = await import('../usecases/describe-writes.ts');
    for (const line of describeWrites(writes)) host.output.write(textLine(line, host));
  }
  return exitCodes.done;
}
