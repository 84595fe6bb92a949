import { type DigestOptions, digestOptions } from '../config/digest-options.ts';
import { loadOptions } from '../config/load.ts';
import { ownServerAddressFrom } from '../context/server-address.ts';
import { type ExitCode, exitCodes, UsageError } from '../errors.ts';
import type { GitLab } from '../gitlab/ports/port.ts';
import type { Files, Log } from '../io/port.ts';
import { idIn, idOrPath } from '../model/id-or-path.ts';
import { counted } from '../model/plural.ts';
import type { KeepingJob } from '../usecases/digest/history-store.ts';
import type { DigestWish } from '../usecases/digest/make-digest.ts';
import type { HistoryScope } from '../usecases/digest/projects-of-scope.ts';
import type { PublishedDigest } from '../usecases/digest/publish-digest.ts';
import type { Command } from './command.ts';
import { connectAsBot } from './connect-as-bot.ts';
import type { Host } from './host.ts';
import { textLine } from './json-line.ts';
import { countingVariables, warnOfIgnored } from './only-by-command-line.ts';
import { outputFolder } from './output-folder.ts';
import { openLog } from './session.ts';
import { summaries } from './summaries.ts';

export const digestCommand: Command = {
  name: 'digest',
  usage: '',
  description: summaries.digest,
  options: digestOptions,
  positional: null,
  examples: [
    ['herald digest --project group/project --period last-month', 'files with the figures of last month'],
    [
      'herald digest --group group --period last-week --to issue --into group/delivery',
      'one issue, kept current',
    ],
    ['herald digest --project group/project --period v1.2..v1.3', 'from one release to the next'],
  ],
  run: runDigest,
};

type Variables = Host['variables'];

function jobProjectOf(variables: Variables): number | null {
  return idIn(variables['CI_PROJECT_ID'] ?? '');
}

/** One project, several or a group. Throws `UsageError` where nothing names it, or two options do. */
function scopeOf({ project, projects, group }: DigestOptions, variables: Variables): HistoryScope {
  const given = [project !== null, projects.length > 0, group !== null].filter(Boolean).length;
  if (given > 1) throw new UsageError('give --project, --projects or --group, but one of them');
  if (group !== null) return { kind: 'group', group };
  if (projects.length > 0) return { kind: 'projects', globs: projects };
  const own = project ?? variables['CI_PROJECT_ID'] ?? '';
  if (own === '')
    throw new UsageError('no project is named', { hint: 'give --project, --projects or --group' });
  return { kind: 'project', project: idOrPath(own) };
}

/** The job itself, whose last artifacts have what was read; null outside of a job. */
function keepingJobOf(variables: Variables): KeepingJob | null {
  const projectId = jobProjectOf(variables);
  const ref = variables['CI_DEFAULT_BRANCH'] ?? '';
  const jobName = variables['CI_JOB_NAME'] ?? '';
  return projectId === null || ref === '' || jobName === '' ? null : { projectId, ref, jobName };
}

async function optionsFrom(
  flags: Readonly<Record<string, unknown>>,
  { variables }: Host,
): Promise<{ readonly options: DigestOptions; readonly ignored: readonly string[] }> {
  const { counting, ignored } = countingVariables(digestOptions, variables);
  const { options } = await loadOptions(digestOptions, { flags, variables: counting, files: null });
  return { options, ignored };
}

function connect(options: DigestOptions, host: Host, log: Log): ReturnType<Host['connectGitLab']> {
  const missing = {
    message: 'no token found',
    hint: 'put one with the scope read_api into the variable HERALD_TOKEN, or with api for an issue, a wiki page or a note',
  };
  const apiUrl = ownServerAddressFrom(options.server, host.variables);
  return connectAsBot({ apiUrl, maxWait: options.maxWait, missing }, host, log);
}

const outcomes: Readonly<Record<PublishedDigest['state'], string>> = {
  created: 'was made',
  updated: 'is up to date',
  current: 'says so already',
  'newer-there': 'has a newer period and stays as it is',
  'not-ours': 'was written by somebody else and stays as it is',
  would: 'would be written',
  refused: 'was not written',
};

function lineOf({ to, state, url }: PublishedDigest): string {
  return `${to}: ${outcomes[state]}${url === null ? '' : `: ${url}`}`;
}

async function wishFrom(
  options: DigestOptions,
  { host, output, gitlab, log }: Pick<Session, 'host' | 'output' | 'gitlab' | 'log'>,
): Promise<DigestWish> {
  const { createHistoryStore } = await import('../usecases/digest/history-store.ts');
  const { measureSettingsOf } = await import('../usecases/digest/measure-settings.ts');
  return {
    scope: scopeOf(options, host.variables),
    period: options,
    settings: measureSettingsOf(options),
    reportJob: options.reportJob,
    maxRequests: options.maxRequests,
    store: createHistoryStore({ gitlab, output, log }, keepingJobOf(host.variables)),
    server: ownServerAddressFrom(options.server, host.variables).replace(/\/api\/v4$/, ''),
  };
}

interface Session {
  readonly host: Host;
  readonly log: Log;
  readonly gitlab: GitLab;
  readonly output: Files;
}

/** What was written, in lines for people. */
async function write(options: DigestOptions, wish: DigestWish, session: Session): Promise<readonly string[]> {
  const { host, output, gitlab, log } = session;
  const world = { gitlab, clock: host.clock, log, mask: host.maskText };
  const { makeDigest, planDigest } = await import('../usecases/digest/make-digest.ts');
  if (options.plan) return planDigest(wish, world);
  const digest = await makeDigest(wish, world);
  const { digestWordsOf } = await import('../render/words/digest-words-of.ts');
  const { writeDigestFiles } = await import('../usecases/digest/write-digest-files.ts');
  const { publishDigest } = await import('../usecases/digest/publish-digest.ts');
  const words = await digestWordsOf(options.language);
  const files = await writeDigestFiles(digest, words, output);
  const into = options.into === null ? null : idOrPath(options.into);
  const places = { ...options, into, jobProject: jobProjectOf(host.variables) };
  const published = await publishDigest(digest, places, { ...world, words });
  return [`files: ${files.join(', ')}`, ...published.map(lineOf)];
}

async function runDigest(flags: Readonly<Record<string, unknown>>, host: Host): Promise<ExitCode> {
  const { options, ignored } = await optionsFrom(flags, host);
  const log = openLog(options, host);
  warnOfIgnored(ignored, 'what the digest does', log);
  const { workingDirectory } = host;
  const output = outputFolder(host.filesUnder(workingDirectory), options.output, workingDirectory);
  scopeOf(options, host.variables);
  // Before the token is looked for: a wrong period is wrong with any.
  const { checkPeriod } = await import('../usecases/digest/make-digest.ts');
  checkPeriod(options, host.clock.now().getTime());
  const { gitlab, audit } = await connect(options, host, log);
  const session = { host, log, gitlab, output };
  try {
    for (const line of await write(options, await wishFrom(options, session), session))
      host.output.write(textLine(line, host));
    log.info(`${counted(gitlab.requestCount(), { one: 'request', other: 'requests' })} to GitLab`);
    return exitCodes.done;
  } finally {
    await audit.write(output);
  }
}
