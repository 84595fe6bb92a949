import { basename, dirname, resolve } from 'node:path';
import { convertOptions } from '../config/inspect-options.ts';
import { loadOptions } from '../config/load.ts';
import { type ExitCode, exitCodes, UsageError } from '../errors.ts';
import type { Command } from './command.ts';
import type { Host } from './host.ts';
import { openLog } from './session.ts';
import { summaries } from './summaries.ts';

export const convertCommand: Command = {
  name: 'convert',
  usage: '<files..> --to <format>',
  description: summaries.convert,
  options: convertOptions,
  positional: 'files',
  examples: [
    [
      'herald convert --to codequality --out gl-code-quality-report.json eslint.json',
      'for artifacts:reports:codequality',
    ],
    ['herald convert --to cobertura --out coverage.xml lcov.info', 'lines in the diff'],
  ],
  run: runConvert,
};

async function runConvert(flags: Readonly<Record<string, unknown>>, host: Host): Promise<ExitCode> {
  const files = host.filesUnder(host.workingDirectory);
  const { options } = await loadOptions(convertOptions, { flags, variables: host.variables, files });
  if (options.to === null)
    throw new UsageError('herald convert needs --to', {
      hint: 'one of junit, cobertura, codequality, sarif',
    });
  if (options.files.length === 0) throw new UsageError('herald convert needs at least one file');
  const { convert } = await import('../usecases/convert.ts');
  const log = openLog(options, host);
  const inputs = options.files.map((path) => ({ path, open: () => host.fileAt(path) }));
  const directory = host.variables['CI_PROJECT_DIR'] ?? host.workingDirectory;
  const { text, unreadable, lostSigns } = await convert(
    inputs,
    { to: options.to, patterns: options.patterns, directory, mask: host.maskText },
    log,
  );
  if (options.out === null) host.output.write(text);
  else {
    const target = resolve(host.workingDirectory, options.out);
    await host.filesUnder(dirname(target)).write(basename(target), text);
  }
  return unreadable + lostSigns > 0 && options.strict ? exitCodes.unreadableInput : exitCodes.done;
}
