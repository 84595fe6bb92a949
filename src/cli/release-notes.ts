import { loadOptions } from '../config/load.ts';
import {
  type ReleaseNotesOptions,
  releaseNotesFileOptions,
  releaseNotesOptions,
} from '../config/release-notes-options.ts';
import { ownServerAddressFrom } from '../context/server-address.ts';
import { type ExitCode, exitCodes, UsageError } from '../errors.ts';
import type { GitLab } from '../gitlab/ports/port.ts';
import type { Log } from '../io/port.ts';
import type { Document } from '../model/document.ts';
import { idOrPath } from '../model/id-or-path.ts';
import { counted } from '../model/plural.ts';
import type { Release } from '../model/release.ts';
import type { Command } from './command.ts';
import { connectAsBot } from './connect-as-bot.ts';
import type { Host } from './host.ts';
import { textLine } from './json-line.ts';
import { countingVariables, warnOfIgnored } from './only-by-command-line.ts';
import { outputFolder } from './output-folder.ts';
import { openLog } from './session.ts';
import { summaries } from './summaries.ts';

const fileName = 'herald-release-notes.md';

export const releaseNotesCommand: Command = {
  name: 'release-notes',
  usage: '[tag]',
  description: summaries['release-notes'],
  options: releaseNotesOptions,
  positional: 'tag',
  examples: [
    ['herald release-notes --project group/project', 'what is not released yet'],
    ['herald release-notes v1.4.0 --to release --mark-shipped', 'in the job of a tag'],
    ['herald release-notes v1.4.0 --create', 'the tag has no release yet: make it'],
    ['herald release-notes v1.4.0 --after v1.2.0 --to file', 'over several releases, as a file'],
  ],
  run: runReleaseNotes,
};

/** The file says only how notes are divided, and which trackers there are. */
async function optionsFrom(
  flags: Readonly<Record<string, unknown>>,
  { variables, filesUnder, workingDirectory }: Host,
): Promise<{ readonly options: ReleaseNotesOptions; readonly ignored: readonly string[] }> {
  const { counting, ignored } = countingVariables(releaseNotesOptions, variables);
  const { options } = await loadOptions(releaseNotesOptions, { flags, variables: counting, files: null });
  const { config } = flags;
  const file = await loadOptions(releaseNotesFileOptions, {
    flags: config === undefined ? {} : { config },
    variables: counting,
    files: filesUnder(workingDirectory),
  });
  return { options: { ...options, trail: file.options.trail }, ignored };
}

function tagFrom({ tag, after }: ReleaseNotesOptions, { variables }: Host): string | null {
  const [first, ...others] = tag;
  if (others.length > 0) throw new UsageError('herald release-notes takes one tag');
  const ofJob = variables['CI_COMMIT_TAG'] ?? '';
  if (first !== undefined && first !== '') return first;
  return ofJob === '' || after !== null ? null : ofJob;
}

function projectFrom({ project }: ReleaseNotesOptions, { variables }: Host): number | string {
  const named = project ?? variables['CI_PROJECT_ID'] ?? '';
  if (named === '')
    throw new UsageError('no project is named', { hint: 'give --project with its id or full path' });
  return idOrPath(named);
}

function connect(options: ReleaseNotesOptions, host: Host, log: Log): ReturnType<Host['connectGitLab']> {
  const missing = {
    message: 'no token found',
    hint: 'put one with the scope read_api into the variable HERALD_TOKEN, or with api to write',
  };
  const apiUrl = ownServerAddressFrom(options.server, host.variables);
  return connectAsBot({ apiUrl, maxWait: options.maxWait, missing }, host, log);
}

interface Found {
  readonly release: Release;
  readonly notes: Document;
  readonly project: { readonly id: number; readonly url: string };
}

async function find(
  options: ReleaseNotesOptions,
  { gitlab, log, host }: { readonly gitlab: GitLab; readonly log: Log; readonly host: Host },
): Promise<Found> {
  const { fetchReleaseNotes } = await import('../usecases/releases/fetch-release-notes.ts');
  const { trackers, releases: settings } = options.trail;
  const project = await gitlab.fetchProject(projectFrom(options, host));
  const wish = { project, tag: tagFrom(options, host), from: options.after, trackers, settings };
  const found = await fetchReleaseNotes(wish, { gitlab });
  if (found.kind === 'wrong') throw new UsageError(found.message);
  const { release, notes } = found;
  for (const words of [...release.gaps, ...release.remarks]) log.warn(words);
  const since = release.from === null ? 'the beginning' : release.from.name;
  log.info(
    `since ${since}: ${counted(release.mergeRequests.length, { one: 'merge request', other: 'merge requests' })}, ${counted(release.issues.length, { one: 'issue', other: 'issues' })}`,
  );
  return { release, notes, project };
}

async function runReleaseNotes(flags: Readonly<Record<string, unknown>>, host: Host): Promise<ExitCode> {
  const { options, ignored } = await optionsFrom(flags, host);
  const log = openLog(options, host);
  warnOfIgnored(ignored, 'what release notes do', log);
  const { workingDirectory, clock } = host;
  const output = outputFolder(host.filesUnder(workingDirectory), options.output, workingDirectory);
  const { gitlab, audit } = await connect(options, host, log);
  try {
    const { release, notes, project } = await find(options, { gitlab, log, host });
    const { renderMarkdown } = await import('../render/markdown/render-markdown.ts');
    const { writeReleaseNotes } = await import('../usecases/releases/write-release-notes.ts');
    const markdown = `${host.hideSecrets(renderMarkdown(notes))}\n`;
    const { to, create, markShipped, shippedLabels: labels, shippedMilestone: milestone, dryRun } = options;
    if (to.includes('file')) await output.write(fileName, markdown);
    if (to.length === 0 && !create) host.output.write(markdown);
    const toRelease = create || to.includes('release');
    const wish = { project, toRelease, create, markShipped, labels, milestone, dryRun };
    const written = await writeReleaseNotes({ release, notes }, wish, { gitlab, clock, log });
    if (dryRun) for (const { detail } of written) host.output.write(textLine(`would ${detail ?? ''}`, host));
    log.info(`${counted(gitlab.requestCount(), { one: 'request', other: 'requests' })} to GitLab`);
    return written.some(({ outcome }) => outcome === 'refused') ? exitCodes.refused : exitCodes.done;
  } finally {
    await audit.write(output);
  }
}
