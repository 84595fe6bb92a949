import type * as z from 'zod';
import { loadOptions } from '../config/load.ts';
import { type explainOptions, type ReportOptions, reportOptions } from '../config/report-options.ts';
import { noticeOfComponent } from '../context/component.ts';
import { type Credentials, credentialsFrom } from '../context/credentials.ts';
import { contextFromCiVariables } from '../context/from-ci-variables.ts';
import { transportWarning } from '../context/token-origin.ts';
import type { Log } from '../io/port.ts';
import type { Context } from '../model/context.ts';
import { failsJob } from '../model/gate.ts';
import { counted } from '../model/plural.ts';
import { renderTerminal } from '../render/terminal/render-terminal.ts';
import type { ReportOutcome } from '../usecases/report/report.ts';
import { endOfLog } from '../usecases/troubles.ts';
import type { World } from '../usecases/world.ts';
import { version } from '../version.ts';
import type { Command } from './command.ts';
import type { AuditTrail, Host } from './host.ts';
import { textLine } from './json-line.ts';
import { outputFolder } from './output-folder.ts';
import { runPreview, wantsPreview } from './preview.ts';
import { openLog, wantsColor } from './session.ts';
import { summaries } from './summaries.ts';

export const reportCommand: Command = {
  name: 'report',
  usage: '[reports..]',
  description: summaries.report,
  options: reportOptions,
  positional: 'reports',
  examples: [
    ['herald report', 'find the reports of the supported tools, in a CI job'],
    ["herald report 'build/**/*.xml' --fail-on new-failures", 'named files, and fail for new failures only'],
    ['herald report --preview', 'see the comment on your own computer, without GitLab'],
    ['herald report --dry-run', 'print what would be written to GitLab'],
  ],
  run: async (flags, host) =>
    wantsPreview(flags, host) ? runPreview(flags, host) : (await runReport(flags, host)).exitCode,
};

const adviceByKind = {
  job: 'no bot token found: Herald posts nothing, the report is in the artifacts. Put a token with the scope api into the masked CI/CD variable HERALD_TOKEN; a protected variable is missing in merge-request pipelines, and a fork has none on purpose.',
  none: 'no token found: Herald does not contact GitLab and posts nothing, the report is in the artifacts. Put a token with the scope api into the masked CI/CD variable HERALD_TOKEN.',
} as const;

interface Connection {
  readonly gitlab: World['gitlab'];
  readonly audit: AuditTrail | null;
}

async function connect(
  credentials: Credentials,
  context: Context,
  { host, log, options }: { host: Host; log: Log; options: Pick<ReportOptions, 'maxWait'> },
): Promise<Connection> {
  for (const warning of credentials.warnings) log.warn(warning);
  if (credentials.kind === 'none') return { gitlab: null, audit: null };
  const { kind, token: value, variable } = credentials;
  return host.connectGitLab({
    apiUrl: context.server.apiUrl,
    token: { kind, value, variable },
    log,
    maxTotalMs: options.maxWait * 1000,
  });
}

function logComponent(host: Host, log: Log): void {
  const notice = noticeOfComponent(host.variables, version);
  if (notice?.included) log.info(notice.included);
  if (notice?.warning) log.warn(notice.warning);
}

/** A report job that is ready to run. */
export interface OpenReport<Options> {
  readonly options: Options;
  readonly context: Context;
  readonly world: World;
  readonly audit: AuditTrail | null;
}

/** A wrong option is what the user can see, so it is named even where the variables of a job are missing, too. */
async function contextOrWrongOption(
  schema: z.ZodObject,
  server: string | null,
  sources: Parameters<typeof loadOptions>[1],
): Promise<Context> {
  try {
    return contextFromCiVariables(sources.variables, server);
  } catch (error) {
    await loadOptions(schema, sources);
    throw error;
  }
}

/** Opens a report job over this host's variables: options, context, and the world that it may touch. */
export async function openReport<Schema extends typeof reportOptions | typeof explainOptions>(
  schema: Schema,
  flags: Readonly<Record<string, unknown>>,
  host: Host,
): Promise<OpenReport<z.output<Schema>>> {
  const given = typeof flags['server'] === 'string' && flags['server'] !== '' ? flags['server'] : null;
  const context = await contextOrWrongOption(schema, given, {
    flags,
    variables: host.variables,
    files: null,
  });
  const files = host.filesUnder(context.project.directory);
  const { options } = await loadOptions(schema, { flags, variables: host.variables, files });
  const log = openLog(options, host);
  const transport = transportWarning(context.server.apiUrl);
  if (transport !== null) log.warn(transport);
  logComponent(host, log);
  const credentials = credentialsFrom(host.variables);
  const output = outputFolder(files, options.output, context.project.directory);
  const { gitlab, audit } = await connect(credentials, context, { host, log, options });
  const git = host.gitIn(context.project.directory);
  const tokenAdvice = credentials.kind === 'bot' ? null : adviceByKind[credentials.kind];
  const { clock, maskText: mask, threads } = host;
  const { recordDecisions } = await import('../usecases/report/decisions/record.ts');
  const decide = recordDecisions({ log, mask });
  const world: World = { gitlab, tokenAdvice, files, git, output, clock, log, mask, threads, decide };
  return { options, context, world, audit };
}

/** The report job over this host's variables; `herald demo` runs the same with variables of its own. */
export async function runReport(
  flags: Readonly<Record<string, unknown>>,
  host: Host,
): Promise<ReportOutcome> {
  const { options, context, world, audit } = await openReport(reportOptions, flags, host);
  const { report } = await import('../usecases/report/report.ts');
  try {
    const outcome = await report(options, context, world);
    await printOutcome(outcome, options, { host, log: world.log });
    return outcome;
  } finally {
    await audit?.write(world.output);
  }
}

/** The report as text in the job log, what a dry run would write, and the requests it took. */
async function printOutcome(
  outcome: ReportOutcome,
  options: ReportOptions,
  { host, log }: { host: Host; log: Log },
): Promise<void> {
  const { rendered, published } = outcome;
  const color = wantsColor(options, host.output) && options.logFormat === 'text';
  host.output.write(
    `\n${renderTerminal(rendered.commentDocument, { columns: Math.min(host.output.columns, 120), color })}\n`,
  );
  if (options.dryRun) {
    const { describeWrites } = await import('../usecases/describe-writes.ts');
    for (const line of describeWrites(published.writes)) host.output.write(textLine(line, host));
  }
  for (const { condition, message } of outcome.summary.gates.filter(failsJob))
    log.error(`gate ${condition} failed: ${message}`);
  if (published.note?.noteUrl !== undefined && published.note.noteUrl !== null)
    log.info(`comment: ${published.note.noteUrl}`);
  for (const line of endOfLog(outcome.troubles)) log.error(line);
  log.info(`${counted(published.requests, { one: 'request', other: 'requests' })} to GitLab`);
}
