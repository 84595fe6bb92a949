import { type Check, hasProblem } from '../../doctor/check.ts';
import { doctorDocument } from '../../doctor/doctor-document.ts';
import { GitLabRefusedError } from '../../errors.ts';
import type { Conversations } from '../../gitlab/ports/conversations.ts';
import type { Users } from '../../gitlab/ports/port.ts';
import type { BotAction } from '../../model/bot-write.ts';
import { code, type Document, paragraph, text } from '../../model/document.ts';
import type { Noteable } from '../../model/noteable.ts';
import { textBelowMark } from '../../publish/bot-marker.ts';
import { fetchOwnBotNotes, markOwner } from '../../publish/own-bot-notes.ts';
import { performBotWrites } from '../../publish/perform-bot-writes.ts';
import { renderMarkdown } from '../../render/markdown/render-markdown.ts';
import type { SetupWorld } from '../setup/wishes.ts';
import { type DoctorIssue, doctorIssue, findDoctorIssues } from './find-doctor-issues.ts';

const { key } = doctorIssue;
const cause = { by: 'doctor', event: 'doctor', config: null, permission: null };

/** Address of what was written; null when GitLab refused it. */
async function perform(action: BotAction, world: SetupWorld): Promise<string | null> {
  const [done] = await performBotWrites({ ...world, renderMarkdown }, [{ action, cause }], { dryRun: false });
  if (done?.outcome === 'refused')
    world.log.warn(`the issue was not written: ${done.detail ?? 'GitLab refused it'}`);
  return done === undefined || done.outcome === 'refused' ? null : done.url;
}

function iidOf(url: string | null): number | null {
  const iid = /\/(?:issues|work_items)\/(\d{1,9})$/.exec(url ?? '')?.[1];
  return iid === undefined ? null : Number(iid);
}

function noteable(project: number, { iid }: { readonly iid: number }): Noteable {
  return { kind: 'issue', project, iid };
}

/**
 * What the token sees. Each token has its own comment: it cannot edit another's, and each sees something different.
 */
async function viewOf(state: Document, gitlab: Users): Promise<Document> {
  const { username } = await gitlab.fetchCurrentUser();
  return [paragraph(text('Seen with the token of '), code(username), text(':')), ...state];
}

/** The state that the own comment on an issue shows: problems, all well, or no comment. */
async function ownWordOn(
  on: Noteable,
  well: Document,
  gitlab: Users & Pick<Conversations, 'fetchThreadPages'>,
): Promise<'bad' | 'well' | null> {
  const owner = await markOwner(gitlab, on);
  const [note] = await fetchOwnBotNotes(gitlab, owner, { kind: 'note', key });
  if (note === undefined) return null;
  return textBelowMark(note.note.body) === renderMarkdown(well).trim() ? 'well' : 'bad';
}

/**
 * This token sees no problem: it closes the issue in which it reported one, or which it opened in vain. Each token
 * withdraws only its own reports.
 */
async function closeSettled(
  project: number,
  issues: readonly DoctorIssue[],
  world: SetupWorld,
): Promise<string | null> {
  const well = await viewOf(doctorDocument([]), world.gitlab);
  let closed: string | null = null;
  for (const issue of issues) {
    const on = noteable(project, issue);
    const word = await ownWordOn(on, well, world.gitlab);
    if (word === 'well' || (word === null && !issue.isOwn)) continue;
    // Closed first: a second run finds no open issue, so it does not repeat the comment.
    await perform({ do: 'setState', on, state: 'closed' }, world);
    await perform({ do: 'comment', on, key, document: well }, world);
    closed ??= issue.url;
  }
  return closed;
}

/** Two simultaneous runs with different tokens open two issues; the older one stays. */
async function closeDuplicates(
  project: number,
  [first, ...others]: readonly DoctorIssue[],
  world: SetupWorld,
): Promise<void> {
  for (const issue of others) {
    const on = noteable(project, issue);
    const document = [paragraph(text(`Duplicate of issue ${first?.iid ?? 0}.`))];
    await perform({ do: 'setState', on, state: 'closed' }, world);
    await perform({ do: 'comment', on, key: 'doctor/duplicate', document }, world);
  }
}

async function open(project: number, world: SetupWorld): Promise<string | null> {
  const words =
    'Herald checks its own installation here: the comments below say what is wrong now. It closes this issue when all is well.';
  const { title } = doctorIssue;
  const document = [paragraph(text(words))];
  // It names projects and webhooks.
  const confidential = true;
  const people = { labels: [], assigneeIds: [], confidential, repeat: null };
  return perform({ do: 'openIssue', project, key, title, document, ...people }, world);
}

async function keep(project: number, checks: readonly Check[], world: SetupWorld): Promise<string | null> {
  const issues = await findDoctorIssues(project, world.gitlab);
  if (!hasProblem(checks)) return closeSettled(project, issues, world);
  const url = issues[0]?.url ?? (await open(project, world));
  const iid = issues[0]?.iid ?? iidOf(url);
  if (iid === null) return url;
  const document = await viewOf(doctorDocument(checks), world.gitlab);
  await perform({ do: 'comment', on: noteable(project, { iid }), key, document }, world);
  await closeDuplicates(project, issues, world);
  return url;
}

/**
 * Keeps one issue in the bot's project up to date, no matter which token opened it. Opens it when something keeps
 * Herald from working, edits the one comment of each token when things change, and closes it when all is well. Returns
 * its address; null when there is none. Logs what GitLab refuses.
 */
export async function notifyDoctor(
  project: number,
  checks: readonly Check[],
  world: SetupWorld,
): Promise<string | null> {
  // The issue may be about something that could not be checked.
  if (!hasProblem(checks) && checks.some(({ state }) => state === 'unknown')) return null;
  try {
    return await keep(project, checks, world);
  } catch (error) {
    if (!(error instanceof GitLabRefusedError)) throw error;
    world.log.warn(`the issue was not written: ${error.message}`);
    return null;
  }
}
