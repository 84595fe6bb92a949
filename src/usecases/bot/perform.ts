import { TrackerUnreachableError } from '../../errors.ts';
import type { BotWrite } from '../../model/bot-write.ts';
import { describeBotWrite } from '../../publish/describe-bot-write.ts';
import { performBotWrites } from '../../publish/perform-bot-writes.ts';
import { inertTitle } from '../../render/markdown/inert-title.ts';
import { renderMarkdown } from '../../render/markdown/render-markdown.ts';
import type { BotWorld, DoneWrite, ReportResult } from './bot-world.ts';

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

/** Also when it is refused, the exit code says so: nobody else would notice. */
async function performTrackRelease(
  write: BotWrite,
  { trackRelease, dryRun, log }: BotWorld,
): Promise<DoneWrite> {
  const { action } = write;
  if (action.do !== 'trackRelease' || dryRun)
    return { write, outcome: 'would', url: null, detail: null, refusedByGitLab: false };
  const result: ReportResult =
    trackRelease === undefined
      ? {
          outcome: 'refused',
          url: null,
          detail: 'The bot is set up for no error tracker: give it --sentry-server.',
        }
      : await trackRelease(action.project, action.release);
  const isRefused = result.outcome === 'refused';
  const tell = isRefused ? log.warn : log.info;
  tell(`${describeBotWrite(write)}: ${result.outcome} (${result.detail})`, { write: action.do });
  return { write, ...result, refusedByGitLab: isRefused };
}

async function performOne(write: BotWrite, world: BotWorld): Promise<readonly DoneWrite[]> {
  const { gitlab, clock, log, dryRun } = world;
  if (write.action.do === 'report') return [await performReport(write, world)];
  if (write.action.do === 'trackRelease') return [await performTrackRelease(write, world)];
  return performBotWrites({ gitlab, clock, log, renderMarkdown }, [write], { dryRun });
}

/**
 * Performs writes in their order; in a dry run none. A refusal is logged, and the other writes continue. An error
 * tracker that does not answer holds up nothing else: what that throws comes last.
 */
export async function perform(writes: readonly BotWrite[], world: BotWorld): Promise<readonly DoneWrite[]> {
  const done: DoneWrite[] = [];
  const unreached: TrackerUnreachableError[] = [];
  for (const write of writes.map(withInertTitle)) {
    try {
      done.push(...(await performOne(write, world)));
    } catch (error) {
      if (!(error instanceof TrackerUnreachableError)) throw error;
      unreached.push(error);
    }
  }
  const [first] = unreached;
  if (first !== undefined) throw first;
  return done;
}
