import { loadOptions } from '../config/load.ts';
import { type ExplainOptions, explainOptions, type ReportOptions } from '../config/report-options.ts';
import { previewContext } from '../context/preview-context.ts';
import type { ExitCode } from '../errors.ts';
import type { Explanation } from '../explain/explanation.ts';
import type { Files } from '../io/port.ts';
import type { Context } from '../model/context.ts';
import type { Decision } from '../model/decision.ts';
import { isGitLabJob } from '../model/gitlab-job.ts';
import type { World } from '../usecases/world.ts';
import type { Command } from './command.ts';
import type { Host } from './host.ts';
import { jsonLine, textLine } from './json-line.ts';
import { openReport } from './report.ts';
import { openLog } from './session.ts';
import { summaries } from './summaries.ts';

export const explainCommand: Command = {
  name: 'explain',
  description: summaries.explain,
  usage: '[reports..]',
  options: explainOptions,
  positional: 'reports',
  examples: [
    ['herald explain', 'in a CI job: files, merge request, baseline, gates, writes'],
    ["herald explain 'build/**/*.xml' --fail-on 'coverage<80'", 'the same for these files and this gate'],
    ['herald explain --json', 'one JSON object, for scripts'],
  ],
  run: runExplain,
};

interface Asked {
  readonly options: ExplainOptions;
  readonly context: Context;
  readonly world: World;
  /** What is missing for a full answer. */
  readonly missing: readonly Decision[];
  /** True outside of a job of GitLab. */
  readonly isOutside: boolean;
}

/** Reads the folder, and leaves it as it is. */
function readOnly(files: Files): Files {
  return { ...files, write: () => Promise.resolve() };
}

function missingBecause(what: 'bot-token' | 'ci' | 'token', reason: string): Decision {
  return { about: 'missing', what, part: null, reason };
}

const withoutJob =
  'This is not a job of GitLab CI/CD: merge request, baseline and comment are not known. Run it in a job of the pipeline, beside herald report.';

/** Without a job only the files and the gates can be explained. */
async function askedOutside(flags: Readonly<Record<string, unknown>>, host: Host): Promise<Asked> {
  const { workingDirectory: directory, clock, maskText: mask } = host;
  const files = host.filesUnder(directory);
  const { options } = await loadOptions(explainOptions, { flags, variables: host.variables, files });
  const log = openLog(options, host);
  const git = host.gitIn(directory);
  const world: World = { gitlab: null, tokenAdvice: null, files, git, output: files, clock, log, mask };
  const missing = [missingBecause('ci', withoutJob)];
  return { options, context: previewContext(directory), world, missing, isOutside: true };
}

async function askedInJob(flags: Readonly<Record<string, unknown>>, host: Host): Promise<Asked> {
  const { options, context, world } = await openReport(explainOptions, flags, host);
  const { gitlab, tokenAdvice } = world;
  const what = gitlab === null ? 'token' : 'bot-token';
  const missing = tokenAdvice === null ? [] : [missingBecause(what, tokenAdvice)];
  return { options, context, world, missing, isOutside: false };
}

/** The log would say the same as the explanation, so that only what is wrong goes to it. */
function quiet(host: Host): Host {
  return {
    ...host,
    createLog: (log) => host.createLog({ ...log, level: log.level === 'info' ? 'warn' : log.level }),
  };
}

interface Explained {
  readonly explanation: Explanation;
  readonly exitCode: ExitCode;
}

async function explain(asked: Asked): Promise<Explained> {
  const { options, context, world, missing, isOutside } = asked;
  const { recordDecisions } = await import('../usecases/report/decisions/record.ts');
  const decisions: Decision[] = [...missing];
  const record = recordDecisions(world, decisions);
  const { json: _json, ...rest } = options;
  const reportOptions: ReportOptions = { ...rest, dryRun: true, preview: false };
  const { report } = await import('../usecases/report/report.ts');
  const { exitCode, published } = await report(reportOptions, context, {
    ...world,
    // Said once, with the explanation.
    tokenAdvice: null,
    output: readOnly(world.output),
    // What stands for a pipeline outside of a job is not one.
    decide: (decision) => {
      if (decision.about !== 'pipeline' || !isOutside) record(decision);
    },
  });
  const { explanationOf } = await import('../explain/explanation.ts');
  const explanation = explanationOf(decisions, { exitCode, requests: published.requests });
  return { explanation, exitCode };
}

async function runExplain(flags: Readonly<Record<string, unknown>>, host: Host): Promise<ExitCode> {
  const quieter = quiet(host);
  const isJob = isGitLabJob(host.variables);
  const asked = await (isJob ? askedInJob(flags, quieter) : askedOutside(flags, quieter));
  const { explanation, exitCode } = await explain(asked);
  if (asked.options.json) host.output.write(jsonLine(explanation, host));
  else {
    const { explanationLines } = await import('../explain/explanation.ts');
    for (const line of explanationLines(explanation)) host.output.write(textLine(line, host));
  }
  return exitCode;
}
