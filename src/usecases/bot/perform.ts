import type { BotWrite } from '../../model/bot-write.ts';
import { performBotWrites } from '../../publish/perform-bot-writes.ts';
import { renderMarkdown } from '../../render/markdown.ts';
import type { BotWorld, DoneWrite } from './bot-world.ts';

async function performReport(write: BotWrite, { report, dryRun }: BotWorld): Promise<DoneWrite> {
  if (write.action.do !== 'report' || dryRun)
    return { write, outcome: 'would', url: null, detail: null, refusedByGitLab: false };
  return { write, ...(await report(write.action.on)), refusedByGitLab: false };
}

/** Performs writes in their order; in a dry run none. What GitLab refuses is told and stops nothing else. */
export async function perform(writes: readonly BotWrite[], world: BotWorld): Promise<readonly DoneWrite[]> {
  const { gitlab, clock, log, dryRun } = world;
  const done: DoneWrite[] = [];
  for (const write of writes) {
    if (write.action.do === 'report') done.push(await performReport(write, world));
    else done.push(...(await performBotWrites({ gitlab, clock, log, renderMarkdown }, [write], { dryRun })));
  }
  return done;
}
