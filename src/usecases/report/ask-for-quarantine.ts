import { GitLabRefusedError, UnreadableInputError, UsageError } from '../../errors.ts';
import type { GitLab } from '../../gitlab/ports/port.ts';
import type { Files } from '../../io/port.ts';
import type { Context, MergeRequest } from '../../model/context.ts';
import { isQuarantined, type QuarantinedTests, quarantinePath } from '../../model/quarantine.ts';
import type { Warning } from '../../model/report.ts';
import { isFailing, type TestCase, type TestsReport } from '../../model/tests.ts';
import { maskedValue } from '../../secrets/masked-value.ts';
import { quarantinedTests } from '../../trail/quarantine/honour-quarantine.ts';
import { maxQuarantineBytes as maxBytes, readQuarantine } from '../read-quarantine.ts';
import { type Troubles, valueOf } from '../troubles.ts';
import { unlessTooLarge } from '../unless-too-large.ts';
import type { World } from '../world.ts';

/** The failing tests with an entry that counts or expired, and what a reader has to know of the file. */
export interface FoundQuarantine {
  readonly quarantined: QuarantinedTests;
  readonly warnings: readonly Warning[];
}

const noQuarantine: FoundQuarantine = { quarantined: new Map(), warnings: [] };

interface Asked {
  readonly tests: TestsReport | null;
  readonly context: Context;
  readonly mergeRequest: MergeRequest | null;
}

/** The text of the file where a change cannot have put it; `unknown` where GitLab does not give it. */
type Trusted = { readonly text: string | null } | 'unknown';

/** The branch whose file counts: a change could tolerate its own failures with the one that it brings. */
function branchOf({ context, mergeRequest }: Asked): string {
  return mergeRequest?.targetBranch ?? context.project.defaultBranch;
}

async function textInCheckout(files: Files): Promise<string | null> {
  try {
    return await files.readText(quarantinePath);
  } catch (error) {
    if (!(error instanceof UnreadableInputError)) throw error;
    // It is there: the one of the branch counts.
    return '';
  }
}

async function fetchText(asked: Asked, gitlab: GitLab): Promise<string | null> {
  const branch = branchOf(asked);
  const project = asked.mergeRequest?.project ?? asked.context.project.id;
  // By its full name: a tag that is called like the branch would come first.
  const place = { project, path: quarantinePath, ref: `refs/heads/${branch}` };
  const where = `${quarantinePath} of the branch ${branch}`;
  const bytes = await unlessTooLarge(gitlab.fetchFile(place, maxBytes), { where, maxBytes });
  return bytes === null ? null : new TextDecoder().decode(bytes);
}

/** Without a token only a run of the branch itself has a checkout that nobody has yet to review. */
function isOfBranch({ context: { commit, project, runsInFork }, mergeRequest }: Asked): boolean {
  const { branch, tag } = commit;
  return mergeRequest === null && !runsInFork && tag === null && branch === project.defaultBranch;
}

async function askForText(
  asked: Asked,
  own: string | null,
  { gitlab, log, troubles }: Pick<World, 'gitlab' | 'log'> & { readonly troubles: Troubles },
): Promise<Trusted> {
  if (branchOf(asked) === '') return 'unknown';
  if (gitlab === null) return isOfBranch(asked) ? { text: own } : 'unknown';
  const part = await troubles.part('quarantine', async (): Promise<Trusted> => {
    try {
      return { text: await fetchText(asked, gitlab) };
    } catch (error) {
      if (!(error instanceof GitLabRefusedError) || error.status === 401) throw error;
      log.debug(`no quarantine of tests: ${error.message}`);
      return 'unknown';
    }
  });
  return valueOf(part) ?? 'unknown';
}

function warningOf(message: string): Warning {
  return { path: quarantinePath, message };
}

const named = 3;

/** Failing tests that only the file of the checkout tolerates. */
function notYet(tests: TestsReport, trusted: QuarantinedTests, own: QuarantinedTests): readonly TestCase[] {
  return tests.cases.filter(({ id }) => isQuarantined(id, own) && !isQuarantined(id, trusted));
}

function notApplied(tests: readonly TestCase[], branch: string, isKnown: boolean): readonly Warning[] {
  if (tests.length === 0) return [];
  const names = tests.slice(0, named).map(({ name }) => name);
  const said = `${names.join(', ')}${tests.length > named ? ` and ${tests.length - named} more` : ''}`;
  const why = isKnown
    ? `only the file of the branch ${branch} does, from the merge on`
    : `only the file of the branch ${branch} does, which Herald cannot read here`;
  return [warningOf(`the file in this checkout does not count for ${said}: ${why}`)];
}

interface Reading {
  readonly tests: TestsReport;
  readonly branch: string;
  readonly now: Date;
  readonly mask: (text: string) => string;
}

/** The failing tests that a text has entries for; a wrong one has none, and a warning. */
async function readText(
  text: string | null,
  { tests, branch, now, mask }: Reading,
): Promise<FoundQuarantine> {
  if (text === null) return noQuarantine;
  const found = await readQuarantine(text);
  if (found.kind === 'entries') {
    const quarantined = quarantinedTests(tests, maskedValue(found.entries, mask), now);
    return { quarantined, warnings: [] };
  }
  const [first = ''] = found.problems;
  const more = found.problems.length > 1 ? `, and ${found.problems.length - 1} more` : '';
  const message = `of the branch ${branch}: counts for no test, because it is wrong: ${first}${more}`;
  return { ...noQuarantine, warnings: [warningOf(message)] };
}

/**
 * The quarantine of the target branch, of the default branch outside of merge requests, for the tests that fail; never
 * that which a change brings along. One request, only where a test fails and the checkout has such a file, too. A file
 * that is wrong or too large counts for no test, with a warning; so does one that GitLab does not give.
 */
export async function askForQuarantine(
  asked: Asked,
  { gitlab, log, files, clock, mask }: World,
  troubles: Troubles,
): Promise<FoundQuarantine> {
  const { tests, context } = asked;
  if (tests === null) return noQuarantine;
  if (!tests.cases.some(({ outcome }) => isFailing(outcome))) return noQuarantine;
  const branch = branchOf(asked);
  const own = await textInCheckout(files);
  // Most projects have none: a checkout without it costs no request. A report from outside has no checkout.
  if (own === null && context.job.id !== 0) return noQuarantine;
  const reading = { tests, branch, now: clock.now(), mask };
  try {
    const trusted = await askForText(asked, own, { gitlab, log, troubles });
    const isKnown = trusted !== 'unknown';
    const found = isKnown ? await readText(trusted.text, reading) : noQuarantine;
    if (isKnown && trusted.text === own) return found;
    const { quarantined: proposed } = await readText(own, reading);
    const untold = notApplied(notYet(tests, found.quarantined, proposed), branch, isKnown);
    return { ...found, warnings: [...found.warnings, ...untold] };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { ...noQuarantine, warnings: [warningOf(`counts for no test: ${error.message}`)] };
  }
}
