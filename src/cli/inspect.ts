import { inspectOptions } from '../config/inspect-options.ts';
import { loadOptions } from '../config/load.ts';
import { type ExitCode, exitCodes, UsageError } from '../errors.ts';
import { type CoveredOf, percentOf } from '../model/coverage.ts';
import { counted } from '../model/plural.ts';
import type { TestTotals } from '../model/tests.ts';
import type { Inspection } from '../reports/inspection.ts';
import type { Command } from './command.ts';
import type { Host } from './host.ts';
import { jsonLine, textLine } from './json-line.ts';
import { summaries } from './summaries.ts';

export const inspectCommand: Command = {
  name: 'inspect',
  usage: '<files..>',
  description: summaries.inspect,
  options: inspectOptions,
  positional: 'files',
  examples: [
    ['herald inspect junit.xml', 'what is in one file'],
    ['herald inspect --json reports/*.xml', 'one JSON object per file, for scripts'],
  ],
  run: runInspect,
};

async function runInspect(flags: Readonly<Record<string, unknown>>, host: Host): Promise<ExitCode> {
  const { options } = await loadOptions(inspectOptions, { flags, variables: host.variables, files: null });
  if (options.files.length === 0) {
    throw new UsageError('herald inspect needs at least one file', {
      hint: 'for example: herald inspect reports/junit.xml',
    });
  }
  const { inspect } = await import('../usecases/inspect.ts');
  let [unread, missing] = [0, 0];
  const open = async (path: string): ReturnType<Host['fileAt']> => {
    try {
      return await host.fileAt(path);
    } catch (error) {
      missing += 1;
      throw error;
    }
  };
  const files = options.files.map((path) => ({ path, open: () => open(path) }));
  for await (const inspection of inspect(files, {
    patterns: options.patterns,
    mask: host.maskText,
    threads: host.threads ?? null,
  })) {
    if (!inspection.complete) unread += 1;
    if (options.json) host.output.write(jsonLine(inspection, host));
    else for (const line of linesOf(inspection)) host.output.write(textLine(line, host));
  }
  // A file that was named and is not there, or is a folder, is never what was meant.
  return missing > 0 || (unread > 0 && options.strict) ? exitCodes.unreadableInput : exitCodes.done;
}

function testsLine({ total, failed, errored, skipped, flaky, durationSeconds }: TestTotals): string {
  const parts = [
    counted(total, { one: 'test', other: 'tests' }),
    `${failed} failed`,
    `${errored} errored`,
    `${skipped} skipped`,
    ...(flaky > 0 ? [`${flaky} flaky`] : []),
    `${durationSeconds.toFixed(1)} s`,
  ];
  return parts.join(', ');
}

function shareText(name: string, part: CoveredOf | null): readonly string[] {
  const percent = part === null ? null : percentOf(part);
  return part === null || percent === null
    ? []
    : [`${name} ${percent.toFixed(1)} % (${part.covered} of ${part.total})`];
}

function totalsOf(inspection: Inspection): string {
  switch (inspection.kind) {
    case 'tests':
      return testsLine(inspection.tests);
    case 'coverage': {
      const { unit, lines, branches, functions, files } = inspection.coverage;
      const parts = [
        ...shareText(unit === 'mixed' ? 'lines and statements' : unit, lines),
        ...shareText('branches', branches),
        ...shareText('functions', functions),
      ];
      return [...parts, counted(files, { one: 'file', other: 'files' })].join(', ');
    }
    case 'findings': {
      const counts = Object.entries(inspection.findings.bySeverity).filter(([, count]) => count > 0);
      const detail = counts.map(([severity, count]) => `${count} ${severity}`).join(', ');
      return `${counted(inspection.findings.total, { one: 'finding', other: 'findings' })}${detail === '' ? '' : `: ${detail}`}`;
    }
    case 'metrics':
      return counted(inspection.metrics.total, { one: 'metric', other: 'metrics' });
    case 'unknown':
      return inspection.error;
  }
}

/** What was read in one file, on one line, and a line for each warning. */
function linesOf(inspection: Inspection): readonly string[] {
  return [lineOf(inspection), ...inspection.warnings.map((warning) => `  warning: ${warning}`)];
}

function lineOf(inspection: Inspection): string {
  const totals = totalsOf(inspection);
  if (inspection.kind !== 'unknown') return `${inspection.path}: ${inspection.format}, ${totals}`;
  // A file that cannot be read is named by the reason already.
  return totals.startsWith(`cannot read ${inspection.path}: `) ? totals : `${inspection.path} ${totals}`;
}
