import type { BotWrite } from '../../model/bot-write.ts';
import { performBotWrites } from '../../publish/perform-bot-writes.ts';
import { inertTitle } from '../../render/markdown/inert-title.ts';
import { renderMarkdown } from '../../render/markdown/render-markdown.ts';
import type { BotWorld, DoneWrite } from './bot-world.ts';

async function performReport(write: BotWrite, { report, dryRun }: BotWorld): Promise<DoneWrite> {
  if (write.action.do !== 'report' || dryRun)
    return { write, outcome: 'would', url: null, detail: null, refusedByGitLab: false };
  return { write, ...(await report(write.action.on)), refusedByGitLab: false };
}

/** The limit of GitLab's title columns. */
const maxTitle = 255;

/**
 * New issues and merge requests of the bot may have a title with words of strangers; existing titles stay.
 */
function withInertTitle(write: BotWrite): BotWrite {
  const { action } = write;
  const isNew =
    action.do === 'openIssue' ||
    action.do === 'keepIssue' ||
    action.do === 'backport' ||
    action.do === 'quarantineTest';
  return isNew ? { ...write, action: { ...action, title: inertTitle(action.title, maxTitle) } } : write;
}

/** Performs writes in their order; in a dry run none. A refusal is logged, and the other writes continue. */
export async function perform(writes: readonly BotWrite[], world: BotWorld): Promise<readonly DoneWrite[]> {
  const { gitlab, clock, log, dryRun } = world;
  const done: DoneWrite[] = [];
  for (const write of writes.map(withInertTitle)) {
    if (write.action.do === 'report') done.push(await performReport(write, world));
    else done.push(...(await performBotWrites({ gitlab, clock, log, renderMarkdown }, [write], { dryRun })));
  }
  return done;
}
