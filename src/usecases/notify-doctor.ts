import { type Check, hasProblem } from '../doctor/check.ts';
import { doctorDocument } from '../doctor/doctor-document.ts';
import type { BotAction } from '../model/bot-write.ts';
import { paragraph, text } from '../model/document.ts';
import { performBotWrites } from '../publish/perform-bot-writes.ts';
import { renderMarkdown } from '../render/markdown.ts';
import type { SetupWorld } from './setup-wishes.ts';

const key = 'doctor';
const cause = { by: 'doctor', event: 'doctor', config: null, permission: null };

/** Address of the issue; null when none is open. */
async function perform(action: BotAction, world: SetupWorld): Promise<string | null> {
  const [done] = await performBotWrites({ ...world, renderMarkdown }, [{ action, cause }], { dryRun: false });
  if (done?.outcome === 'refused')
    world.log.warn(`the issue is not written: ${done.detail ?? 'GitLab refused it'}`);
  return done === undefined || done.outcome === 'refused' ? null : done.url;
}

function iidOf(url: string | null): number | null {
  const iid = /\/(?:issues|work_items)\/(\d{1,9})$/.exec(url ?? '')?.[1];
  return iid === undefined ? null : Number(iid);
}

/**
 * Keeps one issue in the bot's project up to date: opened when something keeps Herald from working, its one comment edited as things change,
 * closed when all is well. Gives its address; null when there is none.
 */
export async function notifyDoctor(
  project: number,
  checks: readonly Check[],
  world: SetupWorld,
): Promise<string | null> {
  const words =
    'Herald looks after its own installation here: the comment below says what is wrong now. It closes this issue when all is well.';
  const state = doctorDocument(checks);
  const isUnclear = checks.some((check) => check.state === 'unknown');
  // What could not be looked at may be what the issue is about.
  if (!hasProblem(checks) && isUnclear) return null;
  if (!hasProblem(checks))
    return perform({ do: 'closeIssue', project, key, document: [paragraph(text('All is well.'))] }, world);
  const url = await perform(
    {
      do: 'openIssue',
      project,
      key,
      title: 'Herald needs somebody to look after it',
      document: [paragraph(text(words))],
      labels: [],
      assigneeIds: [],
      // It names projects and webhooks.
      confidential: true,
      repeat: null,
    },
    world,
  );
  const iid = iidOf(url);
  if (iid !== null)
    await perform({ do: 'comment', on: { kind: 'issue', project, iid }, key, document: state }, world);
  return url;
}
