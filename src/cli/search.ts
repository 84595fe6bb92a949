import { loadOptions } from '../config/load.ts';
import { type SearchOptions, searchables, searchOptions } from '../config/search-options.ts';
import { credentialsFrom } from '../context/credentials.ts';
import { serverAddressFrom } from '../context/server-address.ts';
import { type ExitCode, exitCodes, UsageError } from '../errors.ts';
import type { Found } from '../gitlab/ports/search.ts';
import { idOrPath } from '../model/id-or-path.ts';
import { nearest } from '../model/nearest.ts';
import { terminalTable } from '../render/terminal/table.ts';
import { visibleLine } from '../render/words/visible-text.ts';
import type { Command } from './command.ts';
import type { Host } from './host.ts';
import { jsonLine } from './json-line.ts';
import { openLog } from './session.ts';
import { summaries } from './summaries.ts';

export const searchCommand: Command = {
  name: 'search',
  usage: '<issues|projects> [words..]',
  description: summaries.search,
  options: searchOptions,
  positional: 'words',
  examples: [
    ['herald search issues 23 --project group/project', 'by its number'],
    ['herald search issues slow till --project group/project', 'by words'],
    ['herald search projects till --group group --json', 'as JSON lines'],
  ],
  run: runSearch,
};

interface Wanted {
  readonly of: (typeof searchables)[number];
  readonly query: string;
}

function wantedFrom({ words }: SearchOptions): Wanted {
  const [first = '', ...rest] = words;
  const of = searchables.find((name) => name === first);
  if (of === undefined) {
    const meant = nearest(first, searchables);
    const hint =
      meant === null
        ? 'herald search issues WORDS, or herald search projects WORDS'
        : `did you mean "${meant}"?`;
    throw new UsageError(
      first === '' ? 'say what to search: issues or projects' : `"${first}" cannot be searched`,
      {
        hint,
      },
    );
  }
  const query = rest.join(' ').trim();
  if (of === 'issues' && query === '')
    throw new UsageError('words to search for are missing', {
      hint: 'for example: herald search issues slow till',
    });
  return { of, query };
}

function projectFrom({ project }: SearchOptions, { variables }: Host): number | string {
  const named = project ?? variables['CI_PROJECT_ID'] ?? '';
  if (named === '')
    throw new UsageError('no project given', { hint: 'give --project with its id or full path' });
  return idOrPath(named);
}

/**
 * The fields that a script or an editor needs to offer a choice: `label` is for display, all others are as GitLab has
 * them.
 */
function entryOf(found: Found): Readonly<Record<string, unknown>> {
  const { iid, project, title, url, state } = found;
  const label = visibleLine(iid === null ? title : `(#${iid}) ${title}`);
  return { label, value: iid === null ? project : `${project}#${iid}`, iid, project, title, url, state };
}

/** Masked before it is cut; the line between columns cannot be forged. */
function cellOf(text: string, { hideSecrets }: Host): string {
  return visibleLine(hideSecrets(text)).replaceAll('│', '|');
}

function print(found: readonly Found[], { json }: SearchOptions, host: Host): void {
  if (json) {
    for (const one of found) host.output.write(jsonLine(entryOf(one), host));
    return;
  }
  const rows = found.map(({ iid, project, title, state, url }) =>
    [iid === null ? project : `${project}#${iid}`, title, state ?? '', url].map((text) => cellOf(text, host)),
  );
  const table = {
    titles: ['Reference', 'Title', 'State', 'Address'],
    aligns: ['left', 'left', 'left', 'left'],
    rows,
  } as const;
  const lines = rows.length === 0 ? ['nothing found'] : terminalTable(table, host.output.columns);
  for (const line of lines)
    host.output.write(`${line}
`);
}

async function runSearch(flags: Readonly<Record<string, unknown>>, host: Host): Promise<ExitCode> {
  const { options } = await loadOptions(searchOptions, { flags, variables: host.variables, files: null });
  const { of, query } = wantedFrom(options);
  const project = of === 'issues' ? projectFrom(options, host) : null;
  const log = openLog(options, host);
  const credentials = credentialsFrom(host.variables);
  for (const warning of credentials.warnings) log.warn(warning);
  if (credentials.kind === 'none')
    throw new UsageError('no token found', {
      hint: 'put one with the scope read_api or api into the variable HERALD_TOKEN',
    });
  const { kind, token: value, variable } = credentials;
  const { gitlab } = await host.connectGitLab({
    apiUrl: serverAddressFrom(options.server, host.variables),
    token: { kind, value, variable },
    log,
    maxTotalMs: options.maxWait * 1000,
  });
  const { limit, group, subgroups } = options;
  if (project === null) {
    const { found, leftOut } = await gitlab.searchProjects({ query, group, subgroups, limit });
    print(found, options, host);
    if (leftOut > 0) log.info(`${leftOut} archived or about to be deleted are omitted`);
  } else {
    const number = /^#?(\d{1,9})$/.exec(query)?.[1];
    print(
      await gitlab.searchIssues(project, { query: number === undefined ? query : Number(number), limit }),
      options,
      host,
    );
  }
  return exitCodes.done;
}
