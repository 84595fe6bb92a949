import type { Condition } from '../../compare/parse-condition.ts';
import type { ReportOptions } from '../../config/report-options.ts';
import type { MergeRequest } from '../../model/context.ts';
import type { Diff } from '../../model/diff.ts';
import type { KeyedIssue } from '../../model/facts.ts';
import type { Summary } from '../../model/summary.ts';
import type { TouchedKind } from '../../model/touched-files.ts';
import { hasPlace, type Known, knownProblems, touchedFiles } from '../../trail/touched-files.ts';
import { type Troubles, valueOf } from '../troubles.ts';
import type { World } from '../world.ts';
import { askForCodeOwners } from './ask-for-code-owners.ts';
import type { Learned } from './collect-and-ask.ts';
import { fetchDiff } from './fetch-diff.ts';

interface Asking {
  readonly world: World;
  readonly troubles: Troubles;
}

/** Without a bot's token no issue can be proven to be the bot's own. */
async function askForIncidents(
  { project }: MergeRequest,
  { world: { gitlab }, troubles }: Asking,
): Promise<readonly KeyedIssue[]> {
  if (gitlab?.tokenKind !== 'bot') return [];
  const part = await troubles.part('touched-files', async () => {
    const id = typeof project === 'number' ? project : (await gitlab.fetchProject(project)).id;
    return gitlab.fetchOwnIssues(id);
  });
  return valueOf(part) ?? [];
}

/** Without the diff there is no hint, and the run is as good as before. */
async function askForDiff(
  mergeRequest: MergeRequest,
  { world }: Pick<Asking, 'world'>,
): Promise<Diff | null> {
  const { log } = world;
  const lack: Troubles['lack'] = (_part, { message }) => {
    log.info(`what is known of the changed files is not shown: ${message}`);
  };
  return fetchDiff(mergeRequest, { ...world, troubles: { lack } });
}

interface Found {
  readonly learned: Learned;
  /** Of the gates. */
  readonly conditions: readonly Condition[];
  /** Without a trailing slash. */
  readonly serverUrl: string;
}

interface Open {
  readonly known: Known;
  readonly diff: Diff | null;
}

/** What may be in the changed files, and which files they are; the diff is null where nothing may be in it. */
async function learn(
  kinds: readonly TouchedKind[],
  { learned }: Pick<Found, 'learned'>,
  how: Asking,
): Promise<Open> {
  const { mergeRequest, tests, marks, baseline, diff } = learned;
  const isAbout = kinds.includes('tests');
  const none = { tests: null, marks: null, earlier: null, issues: [] };
  if (mergeRequest === null || kinds.length === 0) return { known: none, diff };
  const issues = kinds.includes('incidents') ? await askForIncidents(mergeRequest, how) : [];
  const known: Known = {
    tests: isAbout ? tests : null,
    marks: isAbout ? marks : null,
    earlier: baseline.earlier,
    issues,
  };
  const isNeeded = issues.length > 0 || kinds.includes('owners') || knownProblems(known).some(hasPlace);
  return { known, diff: diff === null && isNeeded ? await askForDiff(mergeRequest, how) : diff };
}

/**
 * What is known of the files that the merge request changes, and whether their owners approved where a gate asks. What
 * the run knows anyway costs no request; the diff is one where a known problem could be in it, and issues and owners
 * are asked for only where the option or a gate wants them.
 */
export async function askForTouchedFiles(
  { hide, touchedFiles: wanted }: Pick<ReportOptions, 'hide' | 'touchedFiles'>,
  { learned, conditions, serverUrl }: Found,
  how: Asking,
): Promise<Pick<Summary, 'codeOwnerApproval' | 'touched'>> {
  const { mergeRequest } = learned;
  const kinds = mergeRequest === null || hide.includes('touched-files') ? [] : wanted;
  const { known, diff } = await learn(kinds, { learned }, how);
  const ownersAlone = kinds.includes('owners');
  const { ownersOf, ...approval } = await askForCodeOwners(
    { conditions, shown: ownersAlone },
    { mergeRequest, diff },
    how,
  );
  if (mergeRequest === null || kinds.length === 0 || diff === null) return approval;
  const projectUrl = `${serverUrl}/${mergeRequest.projectPath}`;
  const touched = touchedFiles({ ...known, diff, projectUrl, ownersOf, ownersAlone });
  return touched === null ? approval : { ...approval, touched };
}
