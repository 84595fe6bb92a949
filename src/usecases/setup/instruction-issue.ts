import { GitLabRefusedError } from '../../errors.ts';
import type { BotAction } from '../../model/bot-write.ts';
import { paragraph, text } from '../../model/document.ts';
import type { KeyedIssue } from '../../model/facts.ts';
import { claimedIssue } from '../../model/issue-marker.ts';
import { shortMarkerText } from '../../model/marker-text.ts';
import {
  fetchKeptIssues,
  type IssuePlace,
  keptDescription,
  renewKeptIssue,
} from '../../publish/kept-issue.ts';
import { performBotWrites } from '../../publish/perform-bot-writes.ts';
import { renderMarkdown } from '../../render/markdown/render-markdown.ts';
import type { WrittenInstructions } from '../../setup/instructions.ts';
import type { SetupWorld } from './wishes.ts';

/** Where the issue is, and for which bot. */
export interface InstructionPlace {
  readonly project: number;
  readonly bot: number;
}

export interface InstructionIssue {
  /** `left-closed`: somebody closed it, and nothing visible shows that steps are missing. */
  readonly state: 'opened' | 'updated' | 'current' | 'closed' | 'none' | 'left-closed';
  readonly url: string | null;
}

const title = 'Set up Herald’s bot for this project';
const cause = { by: 'setup', event: 'setup', config: null, permission: null };

function keyOf({ bot }: InstructionPlace): string {
  return `setup/${bot}`;
}

async function perform(action: BotAction, world: SetupWorld): Promise<string | null> {
  const [done] = await performBotWrites({ ...world, renderMarkdown }, [{ action, cause }], { dryRun: false });
  if (done?.outcome === 'refused')
    throw new GitLabRefusedError(done.detail ?? 'GitLab refused the issue', {
      status: null,
      request: 'issue with instructions',
      hint: 'herald setup --instructions --plan prints them, so that you can hand them over in another way',
    });
  return done?.url ?? null;
}

function placeOf({ project, bot }: InstructionPlace): IssuePlace {
  return { project, key: keyOf({ project, bot }) };
}

/** The number of issues with that title to check. */
const maxCandidates = 20;

/**
 * Marks again an issue that the same user wrote with another token. The proof of that token cannot be checked, so
 * GitLab's answers count: this user wrote the issue, and it is confidential.
 */
async function adopt(place: InstructionPlace, world: SetupWorld): Promise<void> {
  const { gitlab } = world;
  const { project } = place;
  const { id } = await gitlab.fetchCurrentUser();
  const named = await gitlab.searchIssues(project, { query: title, limit: maxCandidates });
  for (const { iid } of named) {
    const facts = iid === null ? null : await gitlab.fetchIssueFacts(project, iid);
    if (facts?.author.id !== id || !facts.confidential) continue;
    const claim = claimedIssue(facts.description);
    if (claim?.key !== shortMarkerText(keyOf(place)) || claim.authorId !== id) continue;
    const body = facts.description.replace(/^[^\n]*\n\s*/, '');
    await gitlab.editWorkItem(facts.at, {
      description: await keptDescription(body, placeOf(place), world.gitlab),
    });
  }
}

async function fetchIssues(place: InstructionPlace, world: SetupWorld): Promise<readonly KeyedIssue[]> {
  const own = await fetchKeptIssues(placeOf(place), world.gitlab);
  if (own.length > 0) return own;
  await adopt(place, world);
  return fetchKeptIssues(placeOf(place), world.gitlab);
}

/** Opens the one issue with the instructions, or updates it. Throws GitLab's refusals. */
export async function keepInstructions(
  place: InstructionPlace,
  { document, isCertain }: WrittenInstructions,
  world: SetupWorld,
): Promise<InstructionIssue> {
  const issues = await fetchIssues(place, world);
  const issue = issues.find(({ state }) => state === 'opened') ?? issues[0];
  if (issue !== undefined) {
    if (issue.state === 'closed' && !isCertain) return { state: 'left-closed', url: issue.url };
    const wanted = { place: placeOf(place), body: renderMarkdown(document) };
    const isWritten = await renewKeptIssue(issue, wanted, world.gitlab);
    return {
      state: !isWritten ? 'current' : issue.state === 'closed' ? 'opened' : 'updated',
      url: issue.url,
    };
  }
  const url = await perform(
    {
      do: 'openIssue',
      project: place.project,
      key: keyOf(place),
      title,
      document,
      labels: [],
      assigneeIds: [],
      // It names projects, webhooks and their addresses.
      confidential: true,
      repeat: null,
    },
    world,
  );
  return { state: 'opened', url };
}

/** Closes the issue if one is open. Throws GitLab's refusals. */
export async function closeInstructions(
  place: InstructionPlace,
  world: SetupWorld,
): Promise<InstructionIssue> {
  const document = [paragraph(text('Everything is set up.'))];
  const { project } = place;
  const issues = await fetchIssues(place, world);
  if (issues.every(({ state }) => state === 'closed')) return { state: 'none', url: null };
  const url = await perform({ do: 'closeIssue', project, key: keyOf(place), document }, world);
  return { state: url === null ? 'none' : 'closed', url };
}
