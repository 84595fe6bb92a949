import { resolve } from 'node:path';
import { loadOptions } from '../config/load.ts';
import { type ReportOptions, reportOptions } from '../config/report-options.ts';
import { previewContext } from '../context/preview-context.ts';
import type { ExitCode } from '../errors.ts';
import { failsJob } from '../model/gate.ts';
import { isEmpty } from '../render/comment/verdict.ts';
import { renderPreviewPage } from '../render/html/preview-page.ts';
import { renderTerminal } from '../render/terminal/render-terminal.ts';
import type { World } from '../usecases/world.ts';
import type { Host } from './host.ts';
import { outputFolder } from './output-folder.ts';
import { openLog, wantsColor } from './session.ts';

const previewFile = 'herald-preview.html';
/** A preview leaves nothing among the files of a project, unless the user names a folder. */
const previewFolder = 'herald-preview';

/** True when the flag or the variable asks for a preview: it is decided before anything of a CI job is looked at. */
export function wantsPreview(flags: Readonly<Record<string, unknown>>, { variables }: Host): boolean {
  const asked = flags['preview'] ?? variables['HERALD_PREVIEW'];
  return asked === true || asked === 'true';
}

/**
 * The report of local files, with nothing of GitLab and nothing of CI: printed, and written as a page beside the report
 * files. The exit code is that of the report, so that gates can be tried.
 */
export async function runPreview(flags: Readonly<Record<string, unknown>>, host: Host): Promise<ExitCode> {
  const files = host.filesUnder(host.workingDirectory);
  const loaded = await loadOptions(reportOptions, { flags, variables: host.variables, files });
  const isNamed = loaded.provenance['output']?.kind !== 'default';
  const { hide, baseline, output: named } = loaded.options;
  const options: ReportOptions = {
    ...loaded.options,
    output: isNamed ? named : previewFolder,
    // The last line would name a commit and a pipeline that do not exist; only a baseline is real.
    hide: baseline === null ? [...hide, 'footer'] : hide,
  };
  const log = openLog(options, host);
  const output = outputFolder(files, options.output, host.workingDirectory);
  const { clock, maskText: mask, threads } = host;
  const git = host.gitIn(host.workingDirectory);
  const { recordDecisions } = await import('../usecases/report/decisions/record.ts');
  const decide = recordDecisions({ log, mask });
  const world: World = {
    gitlab: null,
    tokenAdvice: null,
    files,
    git,
    output,
    clock,
    log,
    mask,
    threads,
    decide,
  };

  const { report } = await import('../usecases/report/report.ts');
  const { rendered, summary, exitCode } = await report(options, previewContext(host.workingDirectory), world);
  const { writeFullReport } = await import('../usecases/report/write-report-files.ts');
  await writeFullReport(rendered.localReport(), output);
  await output.write(previewFile, renderPreviewPage(rendered.localComment, options.language));
  const color = wantsColor(options, host.output);
  const columns = Math.min(host.output.columns, 120);
  host.output.write(`\n${renderTerminal(rendered.localComment, { columns, color })}\n\n`);
  for (const { condition, message } of summary.gates.filter(failsJob))
    log.error(`gate ${condition} failed: ${message}`);
  if (isEmpty(summary)) host.output.write(`${whatToName(options, host)}\n`);
  host.output.write(`${whereItIs(options, host)}\n`);
  return exitCode;
}

/** What the comment says about no reports is about jobs: on the user's computer, files have to be named. */
function whatToName({ reports }: ReportOptions, { workingDirectory }: Host): string {
  const found = reports.length === 0 ? 'No file with a well-known name is' : 'None of the named files is';
  return `${found} in ${workingDirectory}. Name yours: herald report --preview 'build/**/*.xml'. What Herald reads in a file: herald inspect FILE`;
}

function whereItIs({ output }: ReportOptions, { workingDirectory }: Host): string {
  return `The comment as GitLab shows it: ${resolve(workingDirectory, output, previewFile)}; the full report beside it: herald-report.html`;
}
